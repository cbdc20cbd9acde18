import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("Pulumi's own options", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
    await fixture.setIds(ids(1, 3));
    await fixture.stack.up();
  });
  afterAll(() => fixture.dispose());

  test("ignoreChanges keeps the set as it is, whatever the program declares", async () => {
    await fixture.setIds(ids(2, 4), { options: JSON.stringify({ ignoreChanges: ["certificateIds"] }) });
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 3));
  });

  test("protect forbids a destroy", async () => {
    await fixture.setIds(ids(1, 3), { options: JSON.stringify({ protect: true }) });
    await fixture.stack.up();
    expect((await fixture.stack.destroy()).exitCode).not.toBe(0);
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 3));
  });

  test("retainOnDelete leaves the certificates active", async () => {
    await fixture.setIds(ids(1, 3), { options: JSON.stringify({ retainOnDelete: true }) });
    await fixture.stack.up();
    fixture.emulator.clearLog();
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({});
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 3));
    expect(await activationIn(fixture.stack)).toBeUndefined();
  });

  test("a live set is adopted without a call that changes anything", async () => {
    await fixture.setIds(ids(1, 3), { options: "{}" });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 2 });
  });

  test("a destroy succeeds when certificates were deleted outside Pulumi", async () => {
    fixture.emulator.remove("cert_02");
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});
