import { issueCa, issueClient } from "../../emulator/certificates/issue";
import { countCalls } from "../../emulator/index";
import { FAILED, PASSED } from "./expectedResults";
import { createWorkflowFixture } from "./fixture";
import type { WorkflowFixture } from "./fixture";

const MARKER = "<!-- pulumi-openai-certificates check -->";
const OPTIONS = { OPTIONS: "--days 30 --enforced --client clients" };
const DAY = 86_400;

describe("the workflow that checks certificates and clients", () => {
  let fixture: WorkflowFixture;
  beforeAll(async () => {
    fixture = await createWorkflowFixture();
    const ca = await issueCa({ name: "operations" });
    fixture.emulator.seed([{ id: "cert_operations", name: "operations", pem: ca.pem, active: true }]);
    await fixture.commit({ "clients/billing.pem": (await issueClient(ca, { name: "billing" })).pem });
  });
  afterAll(() => fixture.end());

  const issues = async () => (await fixture.gitHub()).issues;
  const run = () => fixture.run("check", { userValues: OPTIONS });

  test("opens no issue without a problem", async () => {
    const ran = await run();
    expect(ran).toMatchObject({ ...PASSED, scripts: ["Check", "Issue"] });
    expect(ran.summary).toContain("No problems.");
    expect(await issues()).toEqual([]);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, get: 1 });
  });

  test("opens one issue, in which names are nothing but text", async () => {
    const expiresAt = Math.floor(Date.now() / 1000) + 5 * DAY;
    const name = "```\n@all <b>x</b>";
    fixture.emulator.seed([{ id: "cert_soon", name, active: true, expiresAt }]);
    expect(await run()).toMatchObject(PASSED);
    const [issue, ...others] = await issues();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ title: "mTLS: certificates or clients need attention", state: "open" });
    expect(issue?.body.startsWith(`${MARKER}\n`)).toBe(true);
    expect(issue?.body).toContain("  warning: cert_soon ");
    expect(issue?.body.split("\n").filter((line) => line.startsWith("```"))).toEqual(["```text", "```"]);
  });

  test("updates its own issue the next day, not a similar one of another user", async () => {
    const forged = { id: 1, number: 99, user: { login: "mallory" }, body: MARKER, state: "open" };
    await fixture.updateGitHub(({ issues: gitHub }) => gitHub.unshift(forged));
    fixture.emulator.setActive("cert_operations", false);
    expect(await run()).toMatchObject(PASSED);
    const [first, own, ...others] = await issues();
    expect(others).toEqual([]);
    expect(first).toEqual(forged);
    expect(own?.body).toContain("  error: billing is rejected: ");
  });

  test("fails and leaves its issue as it is when something cannot be checked", async () => {
    const before = await issues();
    const values = { "secrets.OPENAI_ADMIN_KEY": "wrong" };
    const ran = await fixture.run("check", { userValues: OPTIONS, values });
    expect(ran).toMatchObject({ ...FAILED, scripts: ["Check"] });
    expect(ran.output).toContain("Check OPENAI_ADMIN_KEY");
    expect(ran.summary).toContain("No access: nothing could be checked.");
    expect(await issues()).toEqual(before);
  });

  test("closes its issue when the problems are solved", async () => {
    fixture.emulator.setActive("cert_operations", true);
    fixture.emulator.setActive("cert_soon", false);
    expect(await run()).toMatchObject(PASSED);
    expect((await issues()).map((issue) => issue.state)).toEqual(["open", "closed"]);
  });
});
