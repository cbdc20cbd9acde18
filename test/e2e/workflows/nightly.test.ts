import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../../emulator/certificates/issue";
import { countCalls } from "../../emulator/index";
import { declare, FAILED, PASSED } from "./expectedResults";
import { createWorkflowFixture, PROGRAM } from "./fixture";
import type { WorkflowFixture } from "./fixture";

const MARKER = "<!-- pulumi-openai-certificates drift -->";

describe("the nightly workflow", () => {
  let fixture: WorkflowFixture;
  beforeAll(async () => {
    fixture = await createWorkflowFixture();
    const { emulator, stack } = fixture;
    const env = { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey };
    expect(await stack.run(["up", "--yes", "--skip-preview"], env)).toMatchObject({ exitCode: 0 });
    emulator.clearLog();
  });
  afterAll(() => fixture.end());

  const issues = async () => (await fixture.gitHub()).issues;
  const state = async () => (await fixture.stack.state()).deployment;

  test("makes no change while the organization matches the program", async () => {
    expect(await fixture.run("nightly")).toMatchObject({ ...PASSED, scripts: ["Preview", "Issue"] });
    expect(await issues()).toEqual([]);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
  });

  test("opens an issue that reports the difference and who made it, and changes nothing", async () => {
    const before = await state();
    fixture.emulator.seed([{ id: "cert_odd", name: "`@all` |\n# x", expiresAt: 4_102_444_800 }]);
    fixture.emulator.setActive("cert_odd", true);
    fixture.emulator.setActive("cert_02", false);
    expect(await fixture.run("nightly")).toMatchObject(PASSED);
    const [issue, ...others] = await issues();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ title: "mTLS: the organization differs from the code", state: "open" });
    expect(issue?.body.startsWith(`${MARKER}\n`)).toBe(true);
    expect(issue?.body).toContain("| +&nbsp;activate | <b>name of cert\\_02</b> <code>cert\\_02</code> |");
    expect(issue?.body).toMatch(
      /^- [\d-]+T[\d:]+Z: `somebody@example\.com` deactivated `cert_02` `name of cert_02`$/m,
    );
    expect(issue?.body).toMatch(/^- [\d-]+T[\d:]+Z: `pipeline@example\.com` activated `cert_01`.*`cert_02`/m);
    expect(issue?.body).toContain(": `somebody@example.com` activated `cert_odd` ` @all  | # x`\n");
    expect(await state()).toEqual(before);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_odd"]);
  });

  test("updates its own issue the next night, not a similar one of another user", async () => {
    const forged = { id: 1, number: 99, user: { login: "mallory" }, body: MARKER, state: "open" };
    await fixture.updateGitHub(({ issues: gitHub }) => gitHub.unshift(forged));
    fixture.emulator.setActive("cert_01", false);
    expect(await fixture.run("nightly")).toMatchObject(PASSED);
    const [first, own, ...others] = await issues();
    expect(others).toEqual([]);
    expect(first).toEqual(forged);
    expect(own?.body).toContain("| <b>name of cert\\_01</b> <code>cert\\_01</code> |");
  });

  test("reports in one line when the audit log is not accessible", async () => {
    fixture.emulator.faults.add({ endpoint: "audit-log", kind: "status", status: 403 });
    expect(await fixture.run("nightly")).toMatchObject(PASSED);
    const [, own] = await issues();
    expect(own?.body).toContain(
      "The audit log cannot be read with this key, so it is not known who made the changes.",
    );
    expect(own?.body).not.toContain("somebody");
  });

  test("closes its issue when the difference is gone", async () => {
    fixture.emulator.setActive("cert_01", true);
    fixture.emulator.setActive("cert_02", true);
    expect(await fixture.run("nightly")).toMatchObject(PASSED);
    expect((await issues()).map((issue) => issue.state)).toEqual(["open", "closed"]);
  });

  test("opens no issue when the preview fails, and fails itself", async () => {
    const before = await issues();
    const values = { "secrets.OPENAI_ADMIN_KEY": "wrong" };
    const ran = await fixture.run("nightly", { values });
    expect(ran).toMatchObject({ ...FAILED, scripts: ["Preview"] });
    expect(ran.output).toContain("the preview failed with");
    expect(await issues()).toEqual(before);
  });
});

test("the nightly workflow presents the client certificate where mTLS is enforced", async () => {
  const server = await issueServer();
  const operations = await issueCa({ name: "operations" });
  const pipeline = await issueClient(operations, { name: "pipeline" });
  const tls = { certificate: server.pem, key: server.keyPem };
  const fixture = await createWorkflowFixture(
    { ...PROGRAM, ...declare(["cert_operations", "cert_01"]) },
    { tls },
  );
  try {
    fixture.emulator.seed([{ id: "cert_operations", name: "operations", pem: operations.pem, active: true }]);
    const authority = join(fixture.folder, "authority.pem");
    await writeFile(authority, server.authorityPem);
    const ran = await fixture.run("nightly", {
      values: {
        "secrets.OPENAI_MTLS_CERT_CHAIN": pipeline.chainPem,
        "secrets.OPENAI_MTLS_KEY": pipeline.keyPem,
      },
      env: { OPENAI_CA_BUNDLE: authority, CURL_CA_BUNDLE: authority },
    });
    expect(ran).toMatchObject(PASSED);
    const [issue] = (await fixture.gitHub()).issues;
    expect(issue?.body).toContain("| +&nbsp;activate | <b>name of cert\\_01</b> <code>cert\\_01</code> |");
    expect(issue?.body).toContain("- No entries in the audit log.");
    const requests = fixture.emulator.log.filter(({ endpoint }) => endpoint === "audit-log");
    expect(requests).toMatchObject([
      { status: 200, clientCertificate: expect.stringContaining("pipeline") as string },
    ]);
  } finally {
    await fixture.end();
  }
});
