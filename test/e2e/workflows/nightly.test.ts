import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countCalls } from "../../emulator/index";
import { issueAnchor, issueClient, issueServer } from "../../emulator/certificates/issue";
import { type WorkflowFixture, PROGRAM, createWorkflowFixture } from "./fixture";
import { declare, FAILED, PASSED } from "./ran";

const MARKER = "<!-- pulumi-openai-certificates drift -->";

describe("the nightly workflow", () => {
  let place: WorkflowFixture;
  beforeAll(async () => {
    place = await createWorkflowFixture();
    const { emulator, stack } = place;
    const env = { OPENAI_BASE_URL: emulator.url, OPENAI_ADMIN_KEY: emulator.adminKey };
    expect(await stack.run(["up", "--yes", "--skip-preview"], env)).toMatchObject({ exitCode: 0 });
    emulator.clearLog();
  });
  afterAll(() => place.end());

  const issues = async () => (await place.kept()).issues;
  const state = async () => (await place.stack.exportState()).deployment;

  test("does nothing but look while the organization is what the code says", async () => {
    expect(await place.run("nightly")).toMatchObject({ ...PASSED, scripts: ["Preview", "Issue"] });
    expect(await issues()).toEqual([]);
    expect(countCalls(place.emulator.log)).toEqual({ list: 1 });
  });

  test("opens an issue that tells the difference, and who made it, and changes nothing", async () => {
    const before = await state();
    place.emulator.seed([{ id: "cert_odd", name: "`@all` |\n# x", expiresAt: 4_102_444_800 }]);
    place.emulator.setActive("cert_odd", true);
    place.emulator.setActive("cert_02", false);
    expect(await place.run("nightly")).toMatchObject(PASSED);
    const [issue, ...others] = await issues();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ title: "mTLS: the organization differs from the code", state: "open" });
    expect(issue?.body.startsWith(`${MARKER}\n`)).toBe(true);
    expect(issue?.body).toContain("| + on | `name of cert_02` |");
    expect(issue?.body).toMatch(
      /^- [\d-]+T[\d:]+Z: `somebody@example\.com` deactivated `cert_02` `name of cert_02`$/m,
    );
    expect(issue?.body).toMatch(/^- [\d-]+T[\d:]+Z: `pipeline@example\.com` activated `cert_01`.*`cert_02`/m);
    expect(issue?.body).toContain(": `somebody@example.com` activated `cert_odd` ` @all  | # x`\n");
    expect(await state()).toEqual(before);
    expect(place.emulator.activeIds()).toEqual(["cert_01", "cert_odd"]);
  });

  test("updates its issue the next night, whoever else has opened one that begins like it", async () => {
    const forged = { id: 1, number: 99, user: { login: "mallory" }, body: MARKER, state: "open" };
    await place.keep(({ issues: kept }) => kept.unshift(forged));
    place.emulator.setActive("cert_01", false);
    expect(await place.run("nightly")).toMatchObject(PASSED);
    const [first, own, ...others] = await issues();
    expect(others).toEqual([]);
    expect(first).toEqual(forged);
    expect(own?.body).toContain("| + on | `name of cert_01` |");
  });

  test("says in one line when the audit log may not be read", async () => {
    place.emulator.faults.add({ endpoint: "audit-log", kind: "status", status: 403 });
    expect(await place.run("nightly")).toMatchObject(PASSED);
    const [, own] = await issues();
    expect(own?.body).toContain(
      "Who changed it is not known: the audit log could not be read with this key.",
    );
    expect(own?.body).not.toContain("somebody");
  });

  test("closes its issue when the difference is gone", async () => {
    place.emulator.setActive("cert_01", true);
    place.emulator.setActive("cert_02", true);
    expect(await place.run("nightly")).toMatchObject(PASSED);
    expect((await issues()).map((issue) => issue.state)).toEqual(["open", "closed"]);
  });

  test("opens no issue when it could not look, and fails", async () => {
    const before = await issues();
    const values = { "secrets.OPENAI_ADMIN_KEY": "wrong" };
    const ran = await place.run("nightly", { values });
    expect(ran).toMatchObject({ ...FAILED, scripts: ["Preview"] });
    expect(ran.output).toContain("### The preview failed");
    expect(await issues()).toEqual(before);
  });
});

test("the nightly workflow asks with the client certificate wherever mutual TLS is on", async () => {
  const server = await issueServer();
  const operations = await issueAnchor({ name: "operations" });
  const pipeline = await issueClient(operations, { name: "pipeline" });
  const tls = { certificate: server.pem, key: server.keyPem };
  const place = await createWorkflowFixture(
    { ...PROGRAM, ...declare(["cert_operations", "cert_01"]) },
    { tls },
  );
  try {
    place.emulator.seed([{ id: "cert_operations", name: "operations", pem: operations.pem, active: true }]);
    const authority = join(place.folder, "authority.pem");
    await writeFile(authority, server.authorityPem);
    const ran = await place.run("nightly", {
      values: {
        "secrets.OPENAI_MTLS_CERT_CHAIN": pipeline.chainPem,
        "secrets.OPENAI_MTLS_KEY": pipeline.keyPem,
      },
      env: { OPENAI_CA_BUNDLE: authority, CURL_CA_BUNDLE: authority },
    });
    expect(ran).toMatchObject(PASSED);
    const [issue] = (await place.kept()).issues;
    expect(issue?.body).toContain("| + on | `name of cert_01` |");
    expect(issue?.body).toContain("- No entries in the audit log.");
    const asked = place.emulator.log.filter(({ endpoint }) => endpoint === "audit-log");
    expect(asked).toMatchObject([
      { status: 200, clientCertificate: expect.stringContaining("pipeline") as string },
    ]);
  } finally {
    await place.end();
  }
});
