import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";
import { codeBlocks, headingSlugs, inlineCode, linkTargets, pages, readPage } from "../../support/docs";
import type { Page } from "../../support/docs";
import { shellCommands } from "../../support/shellCommands";
import { typecheck } from "../../support/typecheck";

const PAGES = pages();
const PACKAGE = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

const commandsOf = (page: Page) => codeBlocks(page, "sh").flatMap(({ code }) => shellCommands(code));

/** Programs of the machine and of other languages, and Pulumi's own, whose commands are tested with the engine. */
const ELSEWHERE = new Set([
  "node",
  "cd",
  "cp",
  "curl",
  "export",
  "go",
  "mkdir",
  "openssl",
  "pip",
  "pulumi",
  "python3",
  "source",
  "venv/bin/pip",
]);

test("the README has 800 to 1,100 words, counted by white space as `wc -w` does, with code and tables", () => {
  const words = readPage("README.md").text.split(/\s+/).filter(Boolean).length;
  expect(words).toBeGreaterThanOrEqual(800);
  expect(words).toBeLessThanOrEqual(1100);
});

describe.each(PAGES)("$path", (page) => {
  test("links to files and headings that exist", () => {
    const internal = linkTargets(page).filter((target) => !/^[a-z]+:/.test(target) && !isBadge(target));
    expect(internal.filter((target) => !isLinkable(page, target))).toEqual([]);
  });

  test("names only npm scripts that exist", () => {
    const names = [...page.text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name]) => name ?? "");
    expect(names.filter((name) => !Object.hasOwn(PACKAGE.scripts, name))).toEqual([]);
  });

  test("runs only commands that exist", () => {
    expect(commandsOf(page).filter((words) => !isKnownCommand(words))).toEqual([]);
  });

  test("names only paths of the repository that exist", () => {
    const words = [...inlineCode(page), ...commandsOf(page).flat()].flatMap((text) => text.split(" "));
    const paths = words.filter((word) =>
      /^(cli|docs|examples|provider|scripts|sdk|test)\/[\w./-]*$/.test(word),
    );
    expect(paths.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
  });
});

test("the TypeScript of all pages compiles against the package", () => {
  const programs = PAGES.flatMap((page) =>
    codeBlocks(page, "ts").map(({ code }, index) => [`${page.path.replaceAll("/", "-")}-${index}.ts`, code]),
  );
  expect(programs.length).toBeGreaterThan(5);
  expect(typecheck(Object.fromEntries(programs) as Record<string, string>)).toEqual([]);
}, 60_000);

test("the commands of the package that pages run exist, with their options", async () => {
  const used = PAGES.flatMap(commandsOf)
    .filter(([program, name]) => program === "npx" && name === "pulumi-openai-certificates")
    .map(([, , command = "", ...args]) => ({ command, options: args.filter((arg) => arg.startsWith("--")) }));
  expect(new Set(used.map(({ command }) => command))).toEqual(new Set(["report", "adopt", "check"]));
  const help = Object.fromEntries([
    ["report", await helpOf("report")],
    ["adopt", await helpOf("adopt")],
    ["check", await helpOf("check")],
  ]) as Record<string, string>;
  const unknown = used.flatMap(({ command, options }) =>
    options.filter((option) => !help[command]?.includes(option)),
  );
  expect(unknown).toEqual([]);
}, 60_000);

test("the architecture page describes each folder of the package", () => {
  const { text } = readPage("docs/architecture.md");
  const folders = readdirSync(join(REPOSITORY, "provider"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `provider/${name}`);
  const all = ["sdk", "provider", "cli", "examples", "scripts", "test", "tools", ...folders];
  expect(all.filter((folder) => !text.includes(`\n**\`${folder}/\`** `))).toEqual([]);
});

test("the architecture page gives the purpose of each runtime dependency", () => {
  const { text } = readPage("docs/architecture.md");
  const listed = [...text.matchAll(/^\| `([^`]+)` \| /gm)].map(([, name]) => name);
  expect(listed).toEqual(Object.keys(PACKAGE.dependencies).sort());
});

/** Whether GitHub resolves a link from the front page to the runs of a workflow, in whichever repository it is. */
function isBadge(target: string): boolean {
  const [, file] = /^\.\.\/\.\.\/actions\/(workflows\/[\w-]+\.yml)(\/badge\.svg)?$/.exec(target) ?? [];
  return file !== undefined && existsSync(join(REPOSITORY, ".github", file));
}

function isLinkable(page: Page, target: string): boolean {
  const [path = "", slug] = target.split("#");
  const file = path === "" ? page.path : join(dirname(page.path), path);
  if (!existsSync(join(REPOSITORY, file))) return false;
  return slug === undefined || headingSlugs(readPage(file)).includes(slug);
}

function isKnownCommand([program = "", first = "", second = ""]: readonly string[]): boolean {
  if (program === "npm")
    return ["ci", "install", "test"].includes(first) || (first === "run" && second !== "");
  if (program === "npx") return existsSync(join(REPOSITORY, "node_modules/.bin", first));
  return ELSEWHERE.has(program);
}

async function helpOf(command: string): Promise<string> {
  const tsx = join(REPOSITORY, "node_modules/.bin/tsx");
  const { exitCode, output } = await runProcess(tsx, ["cli/main.ts", command, "--help"], { cwd: REPOSITORY });
  expect(exitCode).toBe(0);
  return output;
}
