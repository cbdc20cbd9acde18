import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";
import { pinnedVersion } from "../../engine/version";
import { createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { OWN_USER, startFakeGitLab } from "./fakeGitLab";
import type { FakeGitLab } from "./fakeGitLab";

interface Job {
  readonly image: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

const MARKER = "<!-- pulumi-openai-certificates preview of dev -->";

describe("the pipeline for GitLab", () => {
  let fixture: Fixture;
  let gitLab: FakeGitLab;
  let job: Job;
  beforeAll(async () => {
    const text = await readFile(join(REPOSITORY, "examples/gitlab/.gitlab-ci.yml"), "utf8");
    job = (parse(text) as Record<"mtls-preview", Job>)["mtls-preview"];
    fixture = await createFixture();
    gitLab = await startFakeGitLab();
    const bin = join(fixture.folder, "bin");
    await mkdir(bin);
    const npx = `#!/bin/sh\nshift\nexec node '${join(REPOSITORY, "dist/cli/main.js")}' "$@"\n`;
    await writeFile(join(bin, "npx"), npx, { mode: 0o755 });
  });
  afterAll(async () => {
    await fixture.dispose();
    await gitLab.close();
  });

  /** Runs the script of the job in the folder of the program, as GitLab runs bash. */
  const run = (env: Readonly<Record<string, string>> = {}) =>
    runProcess("bash", ["-euo", "pipefail", "-c", job.script.join("\n")], {
      cwd: fixture.stack.folder,
      env: {
        ...fixture.stack.env,
        ...job.variables,
        NODE_COMPILE_CACHE: fixture.stack.env["NODE_COMPILE_CACHE"] ?? "",
        PULUMI_BACKEND_URL: fixture.stack.env["PULUMI_BACKEND_URL"] ?? "",
        PATH: [join(fixture.folder, "bin"), fixture.stack.env["PATH"] ?? ""].join(delimiter),
        PULUMI_STACK: "dev",
        GITLAB_TOKEN: gitLab.token,
        CI_API_V4_URL: gitLab.url,
        CI_PROJECT_ID: "3",
        CI_MERGE_REQUEST_IID: "7",
        CI_JOB_URL: "https://gitlab.invalid/jobs/1",
        CI_COMMIT_SHA: "0123abc",
        ...env,
      },
    });

  test("uses the Pulumi version that the engine tests use", () => {
    expect(job.image).toBe(`pulumi/pulumi-nodejs-24:${pinnedVersion()}`);
  });

  test("posts the report in a note of its own, with a link to the job and a label", async () => {
    const others = [1, 2, 3].map((id) => ({ id, author: { id }, body: `${MARKER}\nAll is well.` }));
    gitLab.notes = [...others];
    gitLab.labels = ["reviewed", "mtls-report/eu/no-change"];
    await fixture.setIds(["cert_01", "cert_02"]);
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(gitLab.notes.slice(0, 3)).toEqual(others);
    const [note, ...more] = gitLab.notes.slice(3);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ author: { id: OWN_USER } });
    expect(note?.body).toMatch(/^<!-- .* -->\n### dev: mTLS will be enforced/);
    expect(note?.body).toContain("[Job](https://gitlab.invalid/jobs/1) for 0123abc");
    expect(gitLab.labels).toEqual(["reviewed", "mtls-report/eu/no-change", "mtls-report/dev/enforcement"]);
  });

  test("updates that note and its label, and fails when the preview fails", async () => {
    await fixture.setIds(["cert_01", "cert_nowhere"]);
    expect((await run()).exitCode).not.toBe(0);
    expect(gitLab.notes).toHaveLength(4);
    expect(gitLab.notes[3]?.body).toContain("### dev: the preview failed");
    expect(gitLab.labels).toEqual(["reviewed", "mtls-report/eu/no-change", "mtls-report/dev/failed"]);
  });

  test("keeps the note of another stack", async () => {
    await run({ PULUMI_STACK: "nowhere" });
    expect(gitLab.notes).toHaveLength(5);
    expect(gitLab.notes[4]?.body).toContain("### No preview");
    expect(gitLab.notes[3]?.body).toContain(MARKER);
  });
});
