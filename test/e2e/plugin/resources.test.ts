import { issueCa } from "../../emulator/certificates/issue";
import type { Authority } from "../../emulator/certificates/issue";
import { createFixture, VALID } from "../fixture";
import type { Fixture } from "../fixture";
import { pluginProgram } from "./program";

const PROGRAM = pluginProgram(`
import { readFileSync } from "node:fs";

const config = new pulumi.Config();
const ca = new Certificate("ca", { certificate: readFileSync("ca.pem", "utf8"), name: config.get("name") });
new OrgCertificateActivation("mtls", { certificateIds: [ca.id, "cert_b"] });
new ProjectCertificateActivation("project", { projectId: config.require("projectId"), certificateIds: ["cert_a"] });

export const name = ca.name;
export const subject = ca.subject;
export const id = ca.id;
export const active = getCertificates({ active: true });
export const found = getCertificateOutput({ name: pulumi.output("name of a"), withContent: true });
export const unnamed = getCertificate({ id: "cert_b" }).then(({ name }) => name === null);
`);

describe("a program that uploads a certificate, activates it, and manages a project", () => {
  let fixture: Fixture;
  let [first, second]: (Authority | undefined)[] = [];
  beforeAll(async () => {
    [first, second] = await Promise.all([issueCa({ name: "first" }), issueCa({ name: "second" })]);
    fixture = await createFixture(
      {
        program: { ...PROGRAM, "ca.pem": first.pem },
        config: { name: "gateway", projectId: "proj_a" },
      },
      { projects: ["proj_a", "proj_b"] },
    );
    const { emulator } = fixture;
    for (const { id } of emulator.certificates) emulator.remove(id);
    emulator.seed([
      { id: "cert_a", name: "name of a", ...VALID },
      { id: "cert_b", ...VALID, active: true },
    ]);
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const changes = () =>
    fixture.emulator.log.map(({ endpoint }) => endpoint).filter((endpoint) => !/list|get/.test(endpoint));

  test("is previewed, although the id of the certificate is not known yet", async () => {
    const { exitCode, output } = await fixture.stack.preview();
    expect(output).toContain("1 to activate after upload");
    expect(exitCode).toBe(0);
    expect(changes()).toEqual([]);
  });

  test("is applied by one up, and its functions find certificates", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(changes().sort()).toEqual(["activate", "activate", "upload"]);
    expect(fixture.emulator.activeIds("proj_a")).toEqual(["cert_a"]);
    const { id, ...outputs } = await fixture.stack.outputs();
    expect(fixture.emulator.activeIds()).toEqual([String(id), "cert_b"].sort());
    expect(outputs).toMatchObject({
      name: "gateway",
      subject: "CN=first",
      active: [{ id: "cert_b", active: true }],
      unnamed: true,
      found: { id: "cert_a", active: false, certificateDetails: { validAt: VALID.validAt } },
    });
  });

  test("renames the certificate in place", async () => {
    await fixture.stack.setConfig({ name: "edge" });
    const { exitCode, output } = await fixture.stack.previewAndUp("--diff");
    expect(output).toMatch(/~ name *: "gateway" => "edge"/);
    expect(exitCode).toBe(0);
    expect(changes()).toEqual(["rename"]);
  });

  test("replaces the certificate by another one, which is activated before the old one is deactivated", async () => {
    await fixture.stack.replaceProgram({ "ca.pem": second?.pem ?? "" });
    const { exitCode, output } = await fixture.stack.previewAndUp("--diff");
    expect(output).toMatch(/\+-.*Certificate.*\(replace\)/);
    expect(exitCode).toBe(0);
    expect(changes()).toEqual(["upload", "activate", "deactivate", "delete"]);
  });

  test("moves the set to another project by a replacement", async () => {
    await fixture.stack.setConfig({ projectId: "proj_b" });
    const { exitCode, output } = await fixture.stack.previewAndUp("--diff");
    expect(output).toMatch(/\+-.*ProjectCertificateActivation.*\(replace\)/);
    expect(output).toMatch(/~ projectId *: "proj_a" => "proj_b"/);
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds("proj_a")).toEqual([]);
    expect(fixture.emulator.activeIds("proj_b")).toEqual(["cert_a"]);
  });

  test("does not take an uploaded certificate as deleted because a list lacks it, until it leaves the state", async () => {
    const { id } = await fixture.stack.outputs();
    fixture.emulator.remove(String(id));
    const { exitCode, output } = await fixture.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "If they were deleted, remove the resource from the state with `pulumi state delete URN`",
    );
    const { deployment } = await fixture.stack.state();
    const urn = deployment.resources?.find(({ type }) => type.endsWith(":Certificate"))?.urn ?? "";
    expect(await fixture.stack.run(["state", "delete", urn, "--target-dependents", "--yes"])).toMatchObject({
      exitCode: 0,
    });
    expect((await fixture.stack.previewDiff()).output).toMatch(/\+ .*Certificate: \(create\)/);
    // The activation left the state with it. It adopts what is active.
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });

  test("is removed by destroy", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates.filter(({ active }) => active)).toEqual([]);
    expect(fixture.emulator.activeIds("proj_b")).toEqual([]);
  });
});
