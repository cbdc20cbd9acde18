import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("a set of fifty certificates on a real engine", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });
  const calls = () => countCalls(fixture.emulator.log);

  test("is activated with one list and five calls", async () => {
    await fixture.setIds(ids(1, 50));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, activate: 5 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 50));
  });

  test("is in the outputs: sorted ids, and the details of each certificate by its id", async () => {
    const outputs = await fixture.stack.outputs();
    expect(outputs).toMatchObject({
      certificateIds: ids(1, 50),
      enforced: true,
      unmanagedActiveCertificateIds: [],
      earliestExpiresAt: 4_102_444_800,
    });
    const certificates = outputs["certificates"] as Record<string, unknown>;
    expect(Object.keys(certificates)).toEqual(ids(1, 50));
    expect(certificates["cert_01"]).toEqual({
      name: "name of cert_01",
      active: true,
      createdAt: 1_700_000_000,
      certificateDetails: { validAt: 1_700_000_000, expiresAt: 4_102_444_800 },
    });
  });

  test("needs no call without a change, neither in a preview nor in an up", async () => {
    expect(await fixture.stack.previewAndUp("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({});
  });

  test("ignores order and duplicates", async () => {
    await fixture.setIds([...ids(1, 50).reverse(), "cert_07", "cert_07"]);
    expect(await fixture.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({});
  });

  test("deactivates twelve certificates with one list and two calls", async () => {
    await fixture.setIds(ids(13, 50));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, deactivate: 2 });
    expect(fixture.emulator.activeIds()).toEqual(ids(13, 50));
  });

  test("is rotated: the new certificates are activated before the old ones are deactivated", async () => {
    await fixture.setIds(ids(23, 60));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "activate", "deactivate"]);
    expect(fixture.emulator.activeIds()).toEqual(ids(23, 60));
  });

  test("is deactivated by destroy with one list and four calls", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, deactivate: 4 });
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});
