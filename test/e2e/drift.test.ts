import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("drift", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
    await fixture.setIds(ids(1, 5));
    await fixture.stack.up();
  });
  afterAll(() => fixture.dispose());

  test("is detected by a refresh with one list, and shown by the next preview", async () => {
    fixture.emulator.setActive("cert_02", false);
    fixture.emulator.clearLog();
    await fixture.stack.refresh();
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
    const { output } = await fixture.stack.previewDiff();
    expect(output.match(/[+-] cert_\d\d: "active"/g)).toEqual(['+ cert_02: "active"']);
  });

  test("is repaired by the next up with one call for the changed certificate", async () => {
    fixture.emulator.clearLog();
    await fixture.stack.up();
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, activate: 1 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 5));
  });

  test("does not include other active certificates when the set is not exclusive", async () => {
    fixture.emulator.setActive("cert_40", true);
    await fixture.stack.refresh();
    expect(await fixture.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect((await activationIn(fixture.stack))?.outputs).toMatchObject({
      unmanagedActiveCertificateIds: { cert_40: "active" },
    });
  });

  test("includes all other active certificates when the set is exclusive", async () => {
    await fixture.setIds(ids(1, 5), { exclusive: "true" });
    await fixture.stack.up();
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 5));
    fixture.emulator.setActive("cert_41", true);
    await fixture.stack.refresh();
    const { output } = await fixture.stack.preview();
    expect(output.match(/[+-] cert_\d\d .*exclusive is set/g)).toEqual([
      expect.stringContaining("- cert_41"),
    ]);
    await fixture.stack.up();
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 5));
  });

  test("is not reported when the API rejects the refresh", async () => {
    const before = await activationIn(fixture.stack);
    fixture.emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const { exitCode, output } = await fixture.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.read");
    expect((await activationIn(fixture.stack))?.outputs).toEqual(before?.outputs);
  });

  test("is accepted by removing the certificate from the program, without a call", async () => {
    fixture.emulator.setActive("cert_05", false);
    await fixture.stack.refresh();
    await fixture.setIds(ids(1, 4), { exclusive: "true" });
    fixture.emulator.clearLog();
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({});
  });
});
