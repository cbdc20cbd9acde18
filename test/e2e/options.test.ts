import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("Pulumi's own options", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture();
    await scene.setIds(ids(1, 3));
    await scene.stack.up();
  });
  afterAll(() => scene.dispose());

  test("ignoreChanges keeps the set as it is, whatever the program says", async () => {
    await scene.setIds(ids(2, 4), { options: JSON.stringify({ ignoreChanges: ["certificateIds"] }) });
    expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.activeIds()).toEqual(ids(1, 3));
  });

  test("protect forbids a destroy", async () => {
    await scene.setIds(ids(1, 3), { options: JSON.stringify({ protect: true }) });
    await scene.stack.up();
    expect((await scene.stack.destroy()).exitCode).not.toBe(0);
    expect(scene.emulator.activeIds()).toEqual(ids(1, 3));
  });

  test("retainOnDelete leaves the certificates active", async () => {
    await scene.setIds(ids(1, 3), { options: JSON.stringify({ retainOnDelete: true }) });
    await scene.stack.up();
    scene.emulator.clearLog();
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({});
    expect(scene.emulator.activeIds()).toEqual(ids(1, 3));
    expect(await activationIn(scene.stack)).toBeUndefined();
  });

  test("a live set is adopted without a call that changes anything", async () => {
    await scene.setIds(ids(1, 3), { options: "{}" });
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({ list: 2 });
  });

  test("a destroy is fine when certificates were deleted by hand", async () => {
    scene.emulator.remove("cert_02");
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(scene.emulator.activeIds()).toEqual([]);
  });
});
