import { countCalls } from "../emulator/index";
import { activationIn, ids, type Fixture, createFixture } from "./fixture";

const PROGRAM = {
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
new OrgCertificateActivation("mtls", {
  certificateIds: config.requireObject<string[]>("ids"),
  expiryWarningDays: config.requireNumber("days"),
});
`,
};

describe("expiryWarningDays changed alone", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture({ program: PROGRAM });
    await scene.setIds(ids(1, 2), { days: "30" });
    await scene.stack.up();
    // The certificates expire at the end of 2099.
    await scene.setIds(ids(1, 2), { days: "36000" });
    scene.emulator.clearLog();
  });
  afterAll(() => scene.dispose());

  test("warns in the preview, which shows the change", async () => {
    const { output } = await scene.stack.previewDiff();
    expect(output).toContain("~ expiryWarningDays: 30 => 36000");
    expect(output).toContain('warning: organization: cert_01 "name of cert_01" expires 2100-01-01');
  });

  test("reaches the state, with a warning in the update", async () => {
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toContain('warning: organization: cert_02 "name of cert_02" expires 2100-01-01');
    const state = await activationIn(scene.stack);
    expect(state?.outputs).toMatchObject({
      expiryWarningDays: 36_000,
      certificateIds: { cert_01: "active", cert_02: "active" },
      enforced: true,
      earliestExpiresAt: 4_102_444_800,
    });
    expect(state?.outputs?.["__provider"]).toBe(state?.inputs?.["__provider"]);
  });

  test("costs no API call, and leaves nothing to do", async () => {
    expect(countCalls(scene.emulator.log)).toEqual({});
    expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });
});
