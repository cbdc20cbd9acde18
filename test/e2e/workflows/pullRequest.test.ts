import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copyPolicyPack } from "../policyPack";
import { type WorkflowFixture, PROGRAM, createWorkflowFixture } from "./fixture";
import { declare, FAILED, PASSED } from "./ran";

const MARKER = "<!-- pulumi-openai-certificates preview -->";
describe("the workflow for pull requests", () => {
  let place: WorkflowFixture;
  beforeAll(async () => {
    place = await createWorkflowFixture();
  });
  afterAll(() => place.end());

  const bodies = async () => (await place.kept()).comments.map(({ body }) => body);

  test("comments with the report, and changes neither state nor organization", async () => {
    const before = stateFiles(place);
    const ran = await place.run("pull-request");
    expect(ran.failure).toBeUndefined();
    expect(ran.scripts).toEqual(["Preview", "Report", "Comment", "Verdict"]);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body.startsWith(`${MARKER}\n### `)).toBe(true);
    expect(body).toContain("`name of cert_01`");
    expect(body).toContain("will be enforced");
    expect(`${MARKER}\n${ran.summary}`).toBe(body);
    expect(stateFiles(place)).toEqual(before);
    expect(new Set(place.emulator.log.map(({ endpoint }) => endpoint))).toEqual(new Set(["list"]));
  });

  test("keeps the plan as an artifact that is named after the files", async () => {
    const { artifacts } = await place.kept();
    expect(artifacts.map(({ name }) => name)).toEqual([expect.stringMatching(/^mtls-plan-[0-9a-f]{40}$/)]);
  });

  test("updates its comment in place when there is a new commit", async () => {
    await place.commit(declare(["cert_01", "cert_03"]));
    expect(await place.run("pull-request")).toMatchObject(PASSED);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain("`name of cert_03`");
    expect(body).not.toContain("`name of cert_02`");
  });

  test("comments on a preview that fails, keeps no plan, and fails", async () => {
    const { artifacts: before } = await place.kept();
    await place.commit(declare(["cert_01", "cert_nowhere"]));
    expect(await place.run("pull-request")).toMatchObject(FAILED);
    const [body = "", ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain("### The preview failed");
    expect(body).toContain("nowhere");
    expect((await place.kept()).artifacts).toEqual(before);
  });

  test("comments on a preview that could not even begin", async () => {
    const filledIn = { PULUMI_STACK: "nowhere" };
    expect(await place.run("pull-request", { filledIn })).toMatchObject(FAILED);
    expect(await bodies()).toEqual([expect.stringContaining("### The preview could not be made")]);
  });

  test("leaves alone a comment of somebody else that begins like its own", async () => {
    const forged = { id: 1, number: 7, user: { login: "mallory" }, body: `${MARKER}\nAll is well.` };
    await place.keep((kept) => {
      kept.comments = [forged];
    });
    await place.commit(declare(["cert_01", "cert_02"]));
    expect(await place.run("pull-request")).toMatchObject(PASSED);
    const { comments } = await place.kept();
    expect(comments[0]).toEqual(forged);
    expect(comments.map(({ user }) => user.login)).toEqual(["mallory", "github-actions[bot]"]);
  });

  test("is not run for a fork, which is given no secrets", async () => {
    const values = { "github.event.pull_request.head.repo.full_name": "mallory/name" };
    expect(await place.run("pull-request", { values })).toMatchObject({ ...PASSED, scripts: [] });
  });

  test("without a key asks nobody, and says that nothing was verified", async () => {
    place.emulator.clearLog();
    await place.keep((kept) => {
      kept.comments = [];
    });
    await place.commit(declare(["cert_04", "cert_05"]));
    expect(await place.run("pull-request-without-key")).toMatchObject(PASSED);
    expect(await bodies()).toEqual([expect.stringContaining("not verified")]);
    expect(place.emulator.log).toEqual([]);
  });
});

test("policies are named in the comment when they refuse, stop the apply too, and let a label pass", async () => {
  const place = await createWorkflowFixture({ ...PROGRAM, ...declare(["cert_01", "cert_02"]) });
  try {
    const event = { filledIn: { POLICY_PACK: await copyPolicyPack(place.folder) } };
    expect(await place.run("pull-request", event)).toMatchObject(FAILED);
    const [refused = ""] = (await place.kept()).comments.map(({ body }) => body);
    expect(refused).toContain("### The policies do not let this pass");
    expect(refused).toMatch(/^ {4}.*\[mandatory\] +enforcement-needs-label/m);
    expect((await place.kept()).artifacts).toEqual([]);

    const labels = ["mtls-enforcement-change"];
    expect(await place.run("pull-request", { ...event, labels })).toMatchObject(PASSED);
    const { artifacts, comments } = await place.kept();
    expect(comments.map(({ body }) => body)).toEqual([expect.not.stringContaining("do not let this pass")]);
    expect(artifacts).toHaveLength(1);

    await place.commit({});
    const unlabelled = await place.run("main", event);
    expect(unlabelled).toMatchObject({ ...FAILED, scripts: ["Find the plan", "Apply"] });
    expect(unlabelled.output).toContain("enforcement-needs-label");
    expect(place.emulator.activeIds()).toEqual([]);
    await place.commit({});
    expect(await place.run("main", { ...event, labels })).toMatchObject(PASSED);
    expect(place.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
  } finally {
    await place.end();
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
