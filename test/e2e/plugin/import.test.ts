import { issueCa } from "../../emulator/certificates/issue";
import type { ResourceState } from "../../engine/engineOutput";
import { createFixture, VALID } from "../fixture";
import type { Fixture } from "../fixture";
import { pluginProgram } from "./program";

describe("pulumi import", () => {
  let fixture: Fixture;
  let pem: string;
  beforeAll(async () => {
    ({ pem } = await issueCa({ name: "gateway" }));
    fixture = await createFixture({ program: pluginProgram("") }, { projects: ["proj_a"] });
    fixture.emulator.seed([
      { id: "cert_org", ...VALID, active: true },
      { id: "cert_project", ...VALID, activeIn: ["proj_a"] },
      { id: "cert_ca", name: "gateway", pem },
    ]);
  });
  afterAll(() => fixture.dispose());

  /** Without the code, which needs a newer language host than the one that can be built here. */
  const importAs = (type: string, id: string) =>
    fixture.stack.run([
      ...["import", `openai-certificates:index:${type}`, "imported", id],
      ...["--yes", "--skip-preview", "--generate-code=false"],
    ]);
  const imported = async (): Promise<ResourceState | undefined> => {
    const { deployment } = await fixture.stack.state();
    return deployment.resources?.find(({ urn }) => urn.endsWith("::imported"));
  };
  afterEach(async () => {
    const found = await imported();
    if (found) await fixture.stack.run(["state", "delete", found.urn, "--yes", "--force"]);
  });

  test('adopts what is active in the organization, by the id "organization"', async () => {
    const { exitCode, output } = await importAs("OrgCertificateActivation", "organization");
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(await imported()).toMatchObject({
      id: "organization",
      inputs: { certificateIds: ["cert_org"], exclusive: false },
      outputs: { certificateIds: ["cert_org"], enforced: true },
    });
  });

  test("adopts what is active in a project, by its id", async () => {
    const { exitCode, output } = await importAs("ProjectCertificateActivation", "proj_a");
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(await imported()).toMatchObject({
      id: "proj_a",
      inputs: { projectId: "proj_a", certificateIds: ["cert_project"] },
    });
  });

  test("reads the content of an uploaded certificate, by its id", async () => {
    const { exitCode, output } = await importAs("Certificate", "cert_ca");
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(await imported()).toMatchObject({
      id: "cert_ca",
      inputs: { certificate: pem, name: "gateway" },
      outputs: { subject: "CN=gateway" },
    });
  });

  test("rejects an id that is of no such resource, and shows what to use", async () => {
    const { exitCode, output } = await importAs("OrgCertificateActivation", "org-abc");
    expect(exitCode).not.toBe(0);
    expect(output).toContain('use "organization"');
    expect(await imported()).toBeUndefined();
  });
});
