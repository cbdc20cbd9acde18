import { countCalls } from "../../emulator/index";
import { ids } from "../../support/ids";
import { activationIn, createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { PLUGIN_PROGRAM } from "./program";

describe("a set of certificates that the plugin manages on a real engine", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PLUGIN_PROGRAM });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const calls = () => countCalls(fixture.emulator.log);

  test("is described by a preview with one list, under the resource", async () => {
    await fixture.setIds(ids(1, 12));
    const { exitCode, digest } = await fixture.stack.previewJson();
    expect(exitCode).toBe(0);
    expect(calls()).toEqual({ list: 1 });
    const logged = (severity: string) =>
      digest?.diagnostics
        ?.filter((each) => each.urn?.endsWith("::mtls") && each.severity === severity)
        .map(({ message }) => message)
        .join();
    expect(logged("info")).toContain("12 to activate");
    expect(logged("warning")).toContain("mTLS will be enforced");
  });

  test("is activated with one list and one call for each ten ids", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(calls()).toEqual({ list: 1, activate: 2 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 12));
  });

  test("is in the outputs: sorted ids, and the details of each certificate by its id", async () => {
    const outputs = await fixture.stack.outputs();
    expect(outputs).toMatchObject({
      certificateIds: ids(1, 12),
      enforced: true,
      unmanagedActiveCertificateIds: [],
      earliestExpiresAt: 4_102_444_800,
    });
    const certificates = outputs["certificates"] as Record<string, unknown>;
    expect(Object.keys(certificates)).toEqual(ids(1, 12));
    expect(certificates["cert_01"]).toEqual({
      name: "name of cert_01",
      active: true,
      createdAt: 1_700_000_000,
      certificateDetails: { validAt: 1_700_000_000, expiresAt: 4_102_444_800 },
    });
  });

  test("is stored without anything of the dynamic provider", async () => {
    expect(await activationIn(fixture.stack)).toMatchObject({
      type: "openai-certificates:index:OrgCertificateActivation",
      id: "organization",
      inputs: {
        certificateIds: ids(1, 12),
        exclusive: false,
        enforcementChange: "warn",
        expiryWarningDays: 30,
      },
      outputs: { certificateIds: ids(1, 12) },
    });
    expect((await activationIn(fixture.stack))?.outputs).not.toHaveProperty("__provider");
  });

  test("needs no call without a change, whatever the order of its ids", async () => {
    await fixture.setIds([...ids(1, 12).reverse(), "cert_07"]);
    expect(await fixture.stack.previewAndUp("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({});
  });

  test("shows exactly the ids that change in a preview", async () => {
    await fixture.setIds([...ids(1, 1), ...ids(3, 12), ...ids(20, 21)]);
    const { exitCode, output } = await fixture.stack.previewDiff();
    expect(exitCode).toBe(0);
    const [resources = ""] = output.split("--outputs:--");
    const changed = resources.split("\n").filter((line) => /^\s*[+~-] \[/.test(line));
    expect(changed.map((line) => line.trim())).toEqual([
      '- [1]: "cert_02"',
      '+ [11]: "cert_20"',
      '+ [12]: "cert_21"',
    ]);
  });

  test("is rotated: the new certificates are activated before the old ones are deactivated", async () => {
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "activate", "deactivate"]);
    expect(fixture.emulator.activeIds()).toEqual([...ids(1, 1), ...ids(3, 12), ...ids(20, 21)]);
  });

  test("is repaired after a change outside Pulumi", async () => {
    fixture.emulator.setActive("cert_05", false);
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1 });
    const { exitCode, output } = await fixture.stack.previewAndUp("--diff");
    expect(output).toContain('"cert_05"');
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds()).toEqual([...ids(1, 1), ...ids(3, 12), ...ids(20, 21)]);
  });

  test("shows what an exclusive set deactivates, and deactivates it", async () => {
    const managed = [...ids(1, 1), ...ids(3, 12), ...ids(20, 21)];
    fixture.emulator.setActive("cert_50", true);
    await fixture.stack.refresh();
    await fixture.setIds(managed, { exclusive: "true" });
    const { exitCode, output } = await fixture.stack.previewAndUp("--diff");
    expect(output).toContain("~ exclusive");
    expect(output).toMatch(/- +\[0\]: "cert_50"/);
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds()).toEqual(managed);
  });

  test("is deactivated by destroy", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, deactivate: 2 });
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});
