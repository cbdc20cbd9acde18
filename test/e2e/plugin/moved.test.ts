import { issueCa } from "../../emulator/certificates/issue";
import { countCalls } from "../../emulator/index";
import { activationIn, createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { pluginProgram, PROJECT } from "./program";

const BODY = `
import { readFileSync } from "node:fs";
const config = new pulumi.Config();
const certificateIds = config.requireObject<string[]>("ids");
new OrgCertificateActivation("mtls", { certificateIds });
new ProjectCertificateActivation("project", { projectId: "proj_a", certificateIds });
new Certificate("ca", { certificate: readFileSync("ca.pem", "utf8"), name: "gateway" });
`;

const WITH_DYNAMIC_RESOURCES = {
  "Pulumi.yaml": PROJECT,
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { Certificate, OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";
${BODY}`,
};

describe("a stack of dynamic resources whose program uses the plugin now", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    const { pem } = await issueCa({ name: "gateway" });
    fixture = await createFixture(
      { program: { ...WITH_DYNAMIC_RESOURCES, "ca.pem": pem } },
      { projects: ["proj_a"], maxCertificates: 100 },
    );
    await fixture.setIds(["cert_01", "cert_02"]);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    await fixture.stack.replaceProgram(pluginProgram(BODY));
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("is previewed as updates in place: nothing is replaced, created or deleted", async () => {
    const { digest } = await fixture.stack.previewJson();
    const steps = digest?.steps?.filter(({ urn }) => urn.includes("openai-certificates:index:"));
    expect(steps?.map(({ op }) => op)).toEqual(["update", "update", "update"]);
  });

  test("is taken over with one list for each scope, and no change of any certificate", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 2 });
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_02"]);
    expect(fixture.emulator.activeIds("proj_a")).toEqual(["cert_01", "cert_02"]);
  });

  test("has a state without anything of the dynamic provider", async () => {
    const { deployment } = await fixture.stack.exportState();
    expect(JSON.stringify(deployment)).not.toContain("__provider");
    expect(JSON.stringify(deployment)).not.toContain("pulumi-nodejs");
    expect(await activationIn(fixture.stack)).toMatchObject({
      inputs: { certificateIds: ["cert_01", "cert_02"] },
      outputs: { certificateIds: ["cert_01", "cert_02"], unmanagedActiveCertificateIds: [] },
    });
  });

  test("needs no call without a further change", async () => {
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log).toEqual([]);
  });

  test("is destroyed by the plugin", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual([]);
    expect(fixture.emulator.activeIds("proj_a")).toEqual([]);
  });
});
