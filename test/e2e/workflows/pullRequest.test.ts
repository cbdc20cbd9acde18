import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copyPolicyPack } from "../policyPack";
import { declare, FAILED, PASSED } from "./expectedResults";
import { createWorkflowFixture, PROGRAM } from "./fixture";
import type { WorkflowFixture } from "./fixture";

const MARKER = "<!-- pulumi-openai-certificates preview of dev -->";
describe("the workflow for pull requests", () => {
  let fixture: WorkflowFixture;
  beforeAll(async () => {
    fixture = await createWorkflowFixture();
  });
  afterAll(() => fixture.end());

  const bodies = async () => (await fixture.gitHub()).comments.map(({ body }) => body);

  test("comments with the report, without changing the state or the organization", async () => {
    const before = stateFiles(fixture);
    const ran = await fixture.run("pull-request");
    expect(ran.failure).toBeUndefined();
    expect(ran.scripts).toEqual(["Preview", "Report", "Comment", "Result"]);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body.startsWith(`${MARKER}\n### `)).toBe(true);
    expect(body).toContain("<b>name of cert\\_01</b>");
    expect(body).toContain("will be enforced");
    expect(body).toContain("[Workflow run](https://github.invalid/owner/name/actions/runs/1)");
    expect((await fixture.gitHub()).labels).toEqual(["mtls-report/dev/enforcement"]);
    expect(`${MARKER}\n${ran.summary}`).toBe(body);
    expect(stateFiles(fixture)).toEqual(before);
    expect(new Set(fixture.emulator.log.map(({ endpoint }) => endpoint))).toEqual(new Set(["list"]));
  });

  test("stores the plan as an artifact that is named after the stack and the files", async () => {
    const { artifacts } = await fixture.gitHub();
    expect(artifacts.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^mtls-plan-dev-[0-9a-f]{40}$/),
    ]);
  });

  test("updates its comment in place when there is a new commit", async () => {
    await fixture.commit(declare(["cert_01", "cert_03"]));
    expect(await fixture.run("pull-request")).toMatchObject(PASSED);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain("<b>name of cert\\_03</b>");
    expect(body).not.toContain("<b>name of cert\\_02</b>");
  });

  test("comments on a failed preview, stores no plan, and fails", async () => {
    const { artifacts: before } = await fixture.gitHub();
    await fixture.commit(declare(["cert_01", "cert_nowhere"]));
    expect(await fixture.run("pull-request")).toMatchObject(FAILED);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain("### dev: the preview failed");
    expect(body).toContain("nowhere");
    expect((await fixture.gitHub()).artifacts).toEqual(before);
  });

  test("has one label for the kind of change, and keeps those of others", async () => {
    await fixture.updateGitHub((gitHub) => {
      gitHub.labels = [...gitHub.labels, "reviewed", "mtls-report/eu/deactivation"];
    });
    await fixture.commit(declare(["cert_01"]));
    expect(await fixture.run("pull-request")).toMatchObject(PASSED);
    expect((await fixture.gitHub()).labels).toEqual([
      "reviewed",
      "mtls-report/eu/deactivation",
      "mtls-report/dev/enforcement",
    ]);
  });

  test("does not change the comment of another stack", async () => {
    const other = {
      id: 2,
      number: 7,
      user: { login: "github-actions[bot]" },
      body: `${MARKER.replace("dev", "eu")}\n### eu: no certificate changes`,
    };
    await fixture.updateGitHub((gitHub) => {
      gitHub.comments = [other];
    });
    expect(await fixture.run("pull-request")).toMatchObject(PASSED);
    expect(await bodies()).toEqual([other.body, expect.stringContaining(MARKER)]);
    await fixture.updateGitHub((gitHub) => {
      gitHub.comments = gitHub.comments.slice(1);
    });
  });

  test("comments on a preview that cannot start", async () => {
    const userValues = { PULUMI_STACK: "nowhere" };
    expect(await fixture.run("pull-request", { userValues })).toMatchObject(FAILED);
    expect((await bodies()).at(-1)).toContain("### No preview");
    await fixture.updateGitHub((gitHub) => {
      gitHub.comments = [];
    });
  });

  test("does not change a similar comment of another user", async () => {
    const forged = { id: 1, number: 7, user: { login: "mallory" }, body: `${MARKER}\nAll is well.` };
    await fixture.updateGitHub((gitHub) => {
      gitHub.comments = [forged];
    });
    await fixture.commit(declare(["cert_01", "cert_02"]));
    expect(await fixture.run("pull-request")).toMatchObject(PASSED);
    const { comments } = await fixture.gitHub();
    expect(comments[0]).toEqual(forged);
    expect(comments.map(({ user }) => user.login)).toEqual(["mallory", "github-actions[bot]"]);
  });

  test("does not run for a fork, which has no secrets", async () => {
    const values = { "github.event.pull_request.head.repo.full_name": "mallory/name" };
    expect(await fixture.run("pull-request", { values })).toMatchObject({ ...PASSED, scripts: [] });
  });

  test("makes no API call without a key, and reports that the ids were not verified", async () => {
    fixture.emulator.clearLog();
    await fixture.updateGitHub((gitHub) => {
      gitHub.comments = [];
    });
    await fixture.commit(declare(["cert_04", "cert_05"]));
    expect(await fixture.run("pull-request-without-key")).toMatchObject(PASSED);
    expect(await bodies()).toEqual([expect.stringContaining("not verified")]);
    expect(fixture.emulator.log).toEqual([]);
  });

  // Last, because it leaves a comment and a label of its own.
  test("gives the plan of a stack with a full name a name that an artifact can have", async () => {
    const { artifacts: before } = await fixture.gitHub();
    const userValues = { PULUMI_STACK: "organization/program/dev" };
    expect(await fixture.run("pull-request", { userValues })).toMatchObject(PASSED);
    const { artifacts } = await fixture.gitHub();
    expect(artifacts.slice(before.length).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^mtls-plan-organization-program-dev-[0-9a-f]{40}$/),
    ]);
  });
});

test("violated policies are named in the comment, also stop the update, and pass with a label", async () => {
  const fixture = await createWorkflowFixture({ ...PROGRAM, ...declare(["cert_01", "cert_02"]) });
  try {
    const event = { userValues: { POLICY_PACK: await copyPolicyPack(fixture.folder) } };
    expect(await fixture.run("pull-request", event)).toMatchObject(FAILED);
    const [failureComment = ""] = (await fixture.gitHub()).comments.map(({ body }) => body);
    expect(failureComment).toContain("### Policy violations");
    expect(failureComment).toMatch(/^ {4}.*\[mandatory\].* enforcement-needs-label/m);
    expect((await fixture.gitHub()).artifacts).toEqual([]);

    const labels = ["mtls-enforcement-change"];
    expect(await fixture.run("pull-request", { ...event, labels })).toMatchObject(PASSED);
    const { artifacts, comments } = await fixture.gitHub();
    expect(comments.map(({ body }) => body)).toEqual([expect.not.stringContaining("Policy violations")]);
    expect(artifacts).toHaveLength(1);

    await fixture.commit({});
    const unlabelled = await fixture.run("main", event);
    expect(unlabelled).toMatchObject({ ...FAILED, scripts: ["Find the plan", "Update"] });
    expect(unlabelled.output).toContain("enforcement-needs-label");
    expect(fixture.emulator.activeIds()).toEqual([]);
    await fixture.commit({});
    expect(await fixture.run("main", { ...event, labels })).toMatchObject(PASSED);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  } finally {
    await fixture.end();
  }
});

/** All files of the backend, with their contents. */
function stateFiles({ folder }: WorkflowFixture): Record<string, string> {
  const root = join(folder, "state");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}
