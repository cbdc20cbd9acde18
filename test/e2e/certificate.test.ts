import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { issueCa, issueClient } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import { countCalls } from "../emulator/index";
import type { EmulatorOptions } from "../emulator/index";
import type { ResourceState } from "../engine/engineOutput";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

/** A program that uploads the certificate in a file, and keeps it active. */
const PROGRAM = {
  "index.ts": `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
export const ca = new Certificate("ca", {
  certificate: readFileSync("ca.pem", "utf8"),
  ...(config.get("name") && { name: config.require("name") }),
});
if (!config.getBoolean("inactive")) new OrgCertificateActivation("mtls", { certificateIds: [ca.id] });
`,
};

let first: Authority;
let second: Authority;

beforeAll(async () => {
  [first, second] = await Promise.all([issueCa({ name: "first" }), issueCa({ name: "second" })]);
});

async function createCertificateFixture(
  pem: string,
  emulatorOptions: EmulatorOptions = {},
): Promise<Fixture> {
  const program = { ...PROGRAM, "ca.pem": pem };
  const fixture = await createFixture({ program, config: { name: "gateway" } }, emulatorOptions);
  // Makes room for the uploads.
  for (const { id } of fixture.emulator.certificates) fixture.emulator.remove(id);
  return fixture;
}

async function certificateIn({ stack }: Pick<Fixture, "stack">): Promise<ResourceState | undefined> {
  const { deployment } = await stack.state();
  return deployment.resources?.find(({ type }) => type.endsWith(":Certificate"));
}

describe("a certificate that is uploaded and activated by one program", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createCertificateFixture(first.pem);
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const endpoints = () => fixture.emulator.log.map(({ endpoint }) => endpoint);

  test("is active after one up, which lists again after the upload", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(output).toContain("mTLS will be enforced");
    expect(exitCode).toBe(0);
    expect(endpoints()).toEqual(["list", "upload", "list", "activate"]);
    const [uploaded] = fixture.emulator.certificates;
    expect(fixture.emulator.certificates).toMatchObject([{ name: "gateway", pem: first.pem, active: true }]);
    expect((await fixture.stack.outputs())["ca"]).toMatchObject({
      id: uploaded?.id,
      name: "gateway",
      createdAt: uploaded?.createdAt,
      validAt: uploaded?.validAt,
      expiresAt: uploaded?.expiresAt,
      subject: "CN=first",
      issuer: "CN=first",
      isCa: true,
    });
  });

  test("does not change when only line ends or white space around its name change, without an API call", async () => {
    await fixture.stack.setConfig({ name: " gateway " });
    await fixture.stack.replaceProgram({ "ca.pem": `\n${first.pem.replaceAll("\n", "\r\n")}` });
    expect(await fixture.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log).toEqual([]);
  });

  test("is renamed in place, without a change of its activation", async () => {
    await fixture.stack.setConfig({ name: "edge" });
    const { output } = await fixture.stack.previewDiff();
    expect(output).toMatch(/~ name *: "gateway" => "edge"/);
    expect(output).toMatch(/~ 1 to update/);
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(endpoints()).toEqual(["rename"]);
    expect(fixture.emulator.certificates).toMatchObject([{ name: "edge", active: true }]);
  });

  test("is replaced by another certificate, which is activated before the old one is deactivated", async () => {
    await fixture.stack.replaceProgram({ "ca.pem": second.pem });
    const { output } = await fixture.stack.previewDiff();
    expect(output).toMatch(/\+-.*Certificate.*\(replace\)/);
    fixture.emulator.clearLog();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(endpoints()).toEqual(["list", "upload", "list", "activate", "deactivate", "delete"]);
    expect(fixture.emulator.certificates).toMatchObject([{ pem: second.pem, active: true }]);
  });

  test("that is active in a project, too, is not deleted, and the error reports where it is active", async () => {
    const { id = "" } = (await certificateIn(fixture)) ?? {};
    fixture.emulator.addProject("proj_a");
    fixture.emulator.setActive(id, true, "proj_a");
    const { exitCode, output } = await fixture.stack.destroy();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("It is not active in the organization, so it is active in a project");
    expect(endpoints()).toEqual(["list", "deactivate", "delete", "list"]);
    fixture.emulator.setActive(id, false, "proj_a");
  });

  test("is deactivated and deleted by destroy", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toEqual([]);
  });
});

describe("a certificate that is changed outside Pulumi", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createCertificateFixture(first.pem);
    await fixture.stack.setConfig({ inactive: "true" });
    await fixture.stack.up();
  });
  afterAll(() => fixture.dispose());

  test("has its new name after a refresh, and is renamed by the next up", async () => {
    const [uploaded] = fixture.emulator.certificates;
    await fetch(`${fixture.emulator.url}/organization/certificates/${uploaded?.id ?? ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${fixture.emulator.adminKey}` },
      body: JSON.stringify({ name: "renamed" }),
    });
    fixture.emulator.clearLog();
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
    expect((await fixture.stack.previewDiff()).output).toMatch(/~ name *: "renamed" => "gateway"/);
    await fixture.stack.up();
    expect(fixture.emulator.certificates).toMatchObject([{ id: uploaded?.id, name: "gateway" }]);
  });

  test("stays in the state when the API rejects the refresh", async () => {
    fixture.emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const { exitCode, output } = await fixture.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.read");
    expect(await certificateIn(fixture)).toBeDefined();
  });

  test("that was deleted is removed from the state by a refresh, and uploaded again by the next up", async () => {
    fixture.emulator.remove(fixture.emulator.certificates[0]?.id ?? "");
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(await certificateIn(fixture)).toBeUndefined();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toMatchObject([{ name: "gateway", pem: first.pem }]);
  });

  test("is read by Certificate.get with one call, and not managed", async () => {
    const [uploaded] = fixture.emulator.certificates;
    const get = `export const found = Certificate.get("found", ${JSON.stringify(uploaded?.id)});\n`;
    await fixture.stack.replaceProgram({ "index.ts": PROGRAM["index.ts"] + get });
    fixture.emulator.clearLog();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ get: 1 });
    expect((await fixture.stack.outputs())["found"]).toMatchObject({
      id: uploaded?.id,
      name: "gateway",
      subject: "CN=first",
      certificate: first.pem,
    });
    await fixture.stack.replaceProgram(PROGRAM);
    await fixture.stack.up();
    expect(fixture.emulator.certificates).toHaveLength(1);
  });
});

describe("a certificate whose upload response is lost", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createCertificateFixture(first.pem);
    await fixture.stack.setConfig({ inactive: "true" });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("is found within the operation, and uploaded once", async () => {
    fixture.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "upload", "list", "get"]);
    const [uploaded, ...more] = fixture.emulator.certificates;
    expect(more).toEqual([]);
    expect((await certificateIn(fixture))?.id).toBe(uploaded?.id);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toEqual([]);
  });

  test("is reported as possibly left when the following list fails, too", async () => {
    fixture.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    fixture.emulator.faults.add({ endpoint: "list", kind: "status", status: 503, call: 2 });
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("it is not known whether CN=first was uploaded; it may be left");
    expect(await certificateIn(fixture)).toBeUndefined();
  });

  test("is reported by the next up with its id, age and remedy, and a new one is uploaded", async () => {
    const [left] = fixture.emulator.certificates;
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(`${left?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
    );
    expect(output).toContain("delete it in the dashboard, or use its id in certificateIds");
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, get: 1, upload: 1 });
    expect(fixture.emulator.certificates).toHaveLength(2);
    expect((await certificateIn(fixture))?.id).not.toBe(left?.id);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toEqual([left]);
  });
});

describe("a replacement that is interrupted after its upload", () => {
  test("is reported by the next up, which uploads a new one and deletes the old one", async () => {
    const uploads = Promise.withResolvers<undefined>();
    let awaited = 2;
    const onCall: EmulatorOptions["onCall"] = ({ endpoint }) => {
      if (endpoint !== "upload") return;
      awaited -= 1;
      if (awaited === 0) uploads.resolve(undefined);
    };
    const fixture = await createCertificateFixture(first.pem, { onCall });
    try {
      await fixture.stack.setConfig({ inactive: "true" });
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      const [old] = fixture.emulator.certificates;
      await fixture.stack.replaceProgram({ "ca.pem": second.pem });
      fixture.emulator.faults.add({ endpoint: "upload", kind: "hang-after" });
      const interrupted = fixture.stack.start(["up", "--yes", "--skip-preview"]);
      await uploads.promise;
      interrupted.kill();
      await interrupted.result;
      const left = fixture.emulator.certificates.find(({ id }) => id !== old?.id);
      await fixture.stack.run(["cancel", "--yes"]);
      const { exitCode, output } = await fixture.stack.up();
      expect(exitCode).toBe(0);
      expect(output).toMatch(
        new RegExp(`${left?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
      );
      const { id } = (await certificateIn(fixture)) ?? {};
      expect(id).not.toBe(left?.id);
      expect(fixture.emulator.certificates).toMatchObject([left, { id, pem: second.pem }]);
    } finally {
      await fixture.dispose();
    }
  });
});

describe("one program as two stacks", () => {
  test("uploads two certificates, and destroying one stack keeps the other's", async () => {
    const fixture = await createCertificateFixture(first.pem);
    try {
      await fixture.stack.setConfig({ inactive: "true" });
      const other = await fixture.anotherStack({
        program: { ...PROGRAM, "ca.pem": first.pem },
        config: { name: "gateway", inactive: "true" },
      });
      const ups = [await fixture.stack.up(), await other.up()];
      expect(ups).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
      const { id } = (await certificateIn(fixture)) ?? {};
      expect(fixture.emulator.certificates).toHaveLength(2);
      expect(ups[1]?.output).toContain(id);
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      const { id: others } = (await certificateIn({ stack: other })) ?? {};
      expect(fixture.emulator.certificates).toMatchObject([{ id: others, name: "gateway" }]);
      expect(await other.refresh()).toMatchObject({ exitCode: 0 });
      expect(await other.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    } finally {
      await fixture.dispose();
    }
  });
});

describe("a text that cannot be uploaded as a certificate", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createCertificateFixture(first.pem);
    await fixture.stack.up();
    fixture.emulator.clearLog();
  });
  afterAll(() => fixture.dispose());

  test.each<[string, () => Promise<string>, string]>([
    [
      "a certificate of a workload",
      async () => (await issueClient(first)).pem,
      "CN=client, which has no CA flag",
    ],
    ["two certificates", async () => first.pem + second.pem, "certificate holds 2 PEM blocks"],
    [
      "a text that is not PEM",
      async () => "ca.pem",
      "certificate is a text of 6 bytes without a whole certificate in PEM",
    ],
  ])("is rejected in the preview without a request: %s", async (_, text, why) => {
    await fixture.stack.replaceProgram({ "ca.pem": await text() });
    const { exitCode, output } = await fixture.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain(why);
    expect(fixture.emulator.log).toEqual([]);
  });

  test("is rejected when it holds a private key, of which nothing is in any output, state or file", async () => {
    await fixture.stack.replaceProgram({ "ca.pem": first.pem + first.keyPem });
    const runs = [
      await fixture.stack.previewDiff(),
      await fixture.stack.previewJson(),
      await fixture.stack.run(["up", "--yes", "--diff"]),
      await fixture.stack.run([
        "up",
        "--yes",
        "--skip-preview",
        "--replace",
        (await certificateIn(fixture))?.urn ?? "",
      ]),
    ];
    expect(runs.map(({ exitCode }) => exitCode)).not.toContain(0);
    expect(runs.at(0)?.output).toContain("certificate holds a private key");
    const stored = [
      ...backendFiles(fixture),
      JSON.stringify(await fixture.stack.exportState("--show-secrets")),
    ];
    for (const line of linesOf(first.pem)) expect(stored.join()).toContain(line);
    const written = [...stored, ...runs.map(({ output }) => output)].join();
    for (const line of linesOf(first.keyPem)) expect(written).not.toContain(line);
    expect(fixture.emulator.log).toEqual([]);
  });
});

/** The lines of a PEM text between its first and last line. */
function linesOf(pem: string): string[] {
  return pem.trim().split("\n").slice(1, -1);
}

/** The files that the engine stores for a stack: its state, backups and history. */
function backendFiles({ stack }: Fixture): string[] {
  const sandbox = dirname(stack.folder);
  const backends = readdirSync(sandbox).filter((name) => name.startsWith("backend-"));
  return backends
    .flatMap((name) => readdirSync(join(sandbox, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
