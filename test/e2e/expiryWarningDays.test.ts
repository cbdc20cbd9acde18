import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

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
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PROGRAM });
    await fixture.setIds(ids(1, 2), { days: "30" });
    await fixture.stack.up();
    // The certificates expire at the end of 2099.
    await fixture.setIds(ids(1, 2), { days: "36000" });
    fixture.emulator.clearLog();
  });
  afterAll(() => fixture.dispose());

  test("warns in the preview, which shows the change", async () => {
    const { output } = await fixture.stack.previewDiff();
    expect(output).toContain("~ expiryWarningDays: 30 => 36000");
    expect(output).toContain('warning: organization: cert_01 "name of cert_01" expires 2100-01-01');
  });

  test("is stored, with a warning in the update", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toContain('organization: cert_02 "name of cert_02" expires 2100-01-01');
    const state = await activationIn(fixture.stack);
    expect(state?.outputs).toMatchObject({
      expiryWarningDays: 36_000,
      certificateIds: { cert_01: "active", cert_02: "active" },
      enforced: true,
      earliestExpiresAt: 4_102_444_800,
    });
    expect(state?.outputs?.["__provider"]).toBe(state?.inputs?.["__provider"]);
  });

  test("needs no API call, and no further update", async () => {
    expect(countCalls(fixture.emulator.log)).toEqual({});
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });
});
