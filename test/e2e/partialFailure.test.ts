import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("an up of 23 ids of which the second of three calls fails permanently", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
    await fixture.setIds(ids(1, 23));
    fixture.emulator.faults.add({
      endpoint: "activate",
      call: 2,
      times: Infinity,
      kind: "status",
      status: 500,
    });
  });
  afterAll(() => fixture.dispose());

  test("stores a state with exactly the ten active certificates", async () => {
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("activate, chunk 2 of 3 in the organization failed");
    expect(output).toContain(`not active yet (13): ${ids(11, 23).join(", ")}`);
    const state = await activationIn(fixture.stack);
    expect(Object.keys(state?.outputs?.["certificates"] ?? {})).toEqual(ids(1, 10));
    expect(Object.keys(state?.outputs?.["certificateIds"] ?? {})).toEqual(ids(1, 10));
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 10));
  });

  test("is continued by the next up with one list and two calls", async () => {
    fixture.emulator.faults.clear();
    fixture.emulator.clearLog();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, activate: 2 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 23));
  });

  test("keeps the certificates in the state that an update failed to deactivate", async () => {
    await fixture.setIds(ids(20, 30));
    fixture.emulator.faults.add({ endpoint: "deactivate", call: 2, kind: "status", status: 400 });
    expect((await fixture.stack.up()).exitCode).not.toBe(0);
    expect(fixture.emulator.activeIds()).toEqual(ids(11, 30));
    expect(Object.keys((await activationIn(fixture.stack))?.outputs?.["certificateIds"] ?? {})).toEqual(
      ids(11, 30),
    );
    fixture.emulator.clearLog();
    await fixture.stack.refresh();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 2, deactivate: 1 });
    expect(fixture.emulator.activeIds()).toEqual(ids(20, 30));
  });

  test("does not change the state when nothing was changed", async () => {
    const before = await activationIn(fixture.stack);
    await fixture.setIds(ids(20, 35));
    fixture.emulator.faults.add({ endpoint: "activate", kind: "status", status: 403 });
    expect((await fixture.stack.up()).exitCode).not.toBe(0);
    expect(await activationIn(fixture.stack)).toMatchObject({
      inputs: before?.inputs,
      outputs: before?.outputs,
    });
  });
});
