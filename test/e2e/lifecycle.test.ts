import { countCalls } from "../emulator/index";
import { type Fixture, ids, createFixture } from "./fixture";

describe("a set of fifty certificates on a real engine", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture();
  });
  afterAll(() => scene.dispose());
  beforeEach(() => {
    scene.emulator.clearLog();
  });
  const calls = () => countCalls(scene.emulator.log);

  test("is activated with one list and five calls", async () => {
    await scene.setIds(ids(1, 50));
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, activate: 5 });
    expect(scene.emulator.activeIds()).toEqual(ids(1, 50));
  });

  test("is in the outputs: sorted ids, and the details of each certificate by its id", async () => {
    const outputs = await scene.stack.outputs();
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

  test("costs no call when nothing changed, neither in a preview nor in an up", async () => {
    expect(await scene.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({});
  });

  test("is the same set in any order and with repetitions", async () => {
    await scene.setIds([...ids(1, 50).reverse(), "cert_07", "cert_07"]);
    expect(await scene.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({});
  });

  test("loses twelve with one list and two calls", async () => {
    await scene.setIds(ids(13, 50));
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, deactivate: 2 });
    expect(scene.emulator.activeIds()).toEqual(ids(13, 50));
  });

  test("is rotated with the new ones active before the old ones go", async () => {
    await scene.setIds(ids(23, 60));
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "activate", "deactivate"]);
    expect(scene.emulator.activeIds()).toEqual(ids(23, 60));
  });

  test("is deactivated by destroy with one list and four calls", async () => {
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual({ list: 1, deactivate: 4 });
    expect(scene.emulator.activeIds()).toEqual([]);
  });
});
