import { countCalls } from "../emulator/index";
import { activationIn, type Fixture, createFixture } from "./fixture";
import { ids } from "../support/ids";

describe("an up of 23 ids whose second of three calls fails for good", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture();
    await scene.setIds(ids(1, 23));
    scene.emulator.faults.add({
      endpoint: "activate",
      call: 2,
      times: Infinity,
      kind: "status",
      status: 500,
    });
  });
  afterAll(() => scene.dispose());

  test("leaves a state that lists exactly the ten that are active", async () => {
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("activate, chunk 2 of 3 in the organization failed");
    expect(output).toContain(`not active yet (13): ${ids(11, 23).join(", ")}`);
    const state = await activationIn(scene.stack);
    expect(Object.keys(state?.outputs?.["certificates"] ?? {})).toEqual(ids(1, 10));
    expect(Object.keys(state?.outputs?.["certificateIds"] ?? {})).toEqual(ids(1, 10));
    expect(scene.emulator.activeIds()).toEqual(ids(1, 10));
  });

  test("is continued by the next up with one list and two calls", async () => {
    scene.emulator.faults.clear();
    scene.emulator.clearLog();
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1, activate: 2 });
    expect(scene.emulator.activeIds()).toEqual(ids(1, 23));
  });

  test("does not forget what an update failed to deactivate", async () => {
    await scene.setIds(ids(20, 30));
    scene.emulator.faults.add({ endpoint: "deactivate", call: 2, kind: "status", status: 400 });
    expect((await scene.stack.up()).exitCode).not.toBe(0);
    expect(scene.emulator.activeIds()).toEqual(ids(11, 30));
    expect(Object.keys((await activationIn(scene.stack))?.outputs?.["certificateIds"] ?? {})).toEqual(
      ids(11, 30),
    );
    scene.emulator.clearLog();
    await scene.stack.refresh();
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({ list: 2, deactivate: 1 });
    expect(scene.emulator.activeIds()).toEqual(ids(20, 30));
  });

  test("leaves the state as it was when nothing was changed", async () => {
    const before = await activationIn(scene.stack);
    await scene.setIds(ids(20, 35));
    scene.emulator.faults.add({ endpoint: "activate", kind: "status", status: 403 });
    expect((await scene.stack.up()).exitCode).not.toBe(0);
    expect(await activationIn(scene.stack)).toMatchObject({
      inputs: before?.inputs,
      outputs: before?.outputs,
    });
  });
});
