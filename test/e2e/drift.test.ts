import { countCalls } from "../emulator/index";
import { activationIn, type Fixture, createFixture } from "./fixture";
import { ids } from "../support/ids";

describe("drift", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture();
    await scene.setIds(ids(1, 5));
    await scene.stack.up();
  });
  afterAll(() => scene.dispose());

  test("is found by a refresh with one list, and shown by the next preview", async () => {
    scene.emulator.setActive("cert_02", false);
    scene.emulator.clearLog();
    await scene.stack.refresh();
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1 });
    const { output } = await scene.stack.previewDiff();
    expect(output.match(/[+-] cert_\d\d: "active"/g)).toEqual(['+ cert_02: "active"']);
  });

  test("is repaired by the next up with one call for the one certificate", async () => {
    scene.emulator.clearLog();
    await scene.stack.up();
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1, activate: 1 });
    expect(scene.emulator.activeIds()).toEqual(ids(1, 5));
  });

  test("is no drift when somebody activates another certificate and the set is not exclusive", async () => {
    scene.emulator.setActive("cert_40", true);
    await scene.stack.refresh();
    expect(await scene.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect((await activationIn(scene.stack))?.outputs).toMatchObject({
      unmanagedActiveCertificateIds: { cert_40: "active" },
    });
  });

  test("is every other active certificate when the set is exclusive", async () => {
    await scene.setIds(ids(1, 5), { exclusive: "true" });
    await scene.stack.up();
    expect(scene.emulator.activeIds()).toEqual(ids(1, 5));
    scene.emulator.setActive("cert_41", true);
    await scene.stack.refresh();
    const { output } = await scene.stack.previewDiff();
    expect(output.match(/[+-] cert_\d\d: "active"/g)).toEqual(['- cert_41: "active"']);
    await scene.stack.up();
    expect(scene.emulator.activeIds()).toEqual(ids(1, 5));
  });

  test("is not invented when the API refuses the refresh", async () => {
    const before = await activationIn(scene.stack);
    scene.emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const { exitCode, output } = await scene.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.read");
    expect((await activationIn(scene.stack))?.outputs).toEqual(before?.outputs);
  });

  test("is accepted by taking the certificate out of the program, without a call", async () => {
    scene.emulator.setActive("cert_05", false);
    await scene.stack.refresh();
    await scene.setIds(ids(1, 4), { exclusive: "true" });
    scene.emulator.clearLog();
    expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    expect(countCalls(scene.emulator.log)).toEqual({});
  });
});
