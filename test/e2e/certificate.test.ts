import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { issueClient } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import { certificateIn, createCertificateFixture, issueTwo } from "./certificateFixture";
import type { Fixture } from "./fixture";

let first: Authority;
let second: Authority;

describe("a certificate that is uploaded and activated by one program", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    [first, second] = await issueTwo();
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
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log).toEqual([]);
  });

  describe("whose text cannot be uploaded", () => {
    afterAll(() => fixture.stack.replaceProgram({ "ca.pem": first.pem }));

    test.each<[string, () => Promise<string>, string]>([
      [
        "a certificate of a workload",
        async () => (await issueClient(first)).pem,
        "(CN=client) has no CA flag",
      ],
      ["two certificates", async () => first.pem + second.pem, "certificate contains 2 PEM blocks"],
      [
        "a text that is not PEM",
        async () => "ca.pem",
        "certificate is a text of 6 bytes and contains no complete PEM certificate",
      ],
    ])("is rejected in the preview without a request: %s", async (_, text, why) => {
      await fixture.stack.replaceProgram({ "ca.pem": await text() });
      const { exitCode, output } = await fixture.stack.preview();
      expect(exitCode).not.toBe(0);
      expect(output).toContain(why);
      expect(fixture.emulator.log).toEqual([]);
    });

    test("is rejected when it contains a private key, of which nothing is in any output, state or file", async () => {
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
      expect(runs.at(0)?.output).toContain("certificate contains a private key");
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

  test("is renamed in place, without a change of its activation", async () => {
    await fixture.stack.setConfig({ name: "edge" });
    const { exitCode, output } = await fixture.stack.up("--diff");
    expect(output).toMatch(/~ name *: "gateway" => "edge"/);
    expect(output).toMatch(/~ 1 updated/);
    expect(exitCode).toBe(0);
    expect(endpoints()).toEqual(["rename"]);
    expect(fixture.emulator.certificates).toMatchObject([{ name: "edge", active: true }]);
  });

  test("is replaced by another certificate, which is activated before the old one is deactivated", async () => {
    await fixture.stack.replaceProgram({ "ca.pem": second.pem });
    const { exitCode, output } = await fixture.stack.up("--diff");
    expect(output).toMatch(/\+-.*Certificate.*\(replace\)/);
    expect(exitCode).toBe(0);
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
