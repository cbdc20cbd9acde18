import { countCalls } from "../../emulator/index";
import { ids } from "../../support/ids";
import { activationIn, createFixture } from "../fixture";
import type { Fixture } from "../fixture";
import { PLUGIN_PROGRAM } from "./program";

describe("a failure of the plugin", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: PLUGIN_PROGRAM });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("of an argument names its property, before any call", async () => {
    await fixture.setIds(["cert 01"]);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("certificateIds[0]");
    expect(output).toContain("an id has no white space");
    expect(fixture.emulator.log).toEqual([]);
  });

  test("halfway through a creation leaves a state with exactly the active certificates", async () => {
    await fixture.setIds(ids(1, 23));
    fixture.emulator.faults.add({
      endpoint: "activate",
      call: 2,
      times: Infinity,
      kind: "status",
      status: 500,
    });
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("activate, chunk 2 of 3 in the organization failed");
    expect(output).toContain(`not active yet (13): ${ids(11, 23).join(", ")}`);
    const state = await activationIn(fixture.stack);
    expect(state?.initErrors?.[0]).toContain("activate, chunk 2 of 3");
    expect(state?.outputs).toMatchObject({ certificateIds: ids(1, 10) });
    expect(Object.keys(state?.outputs?.["certificates"] ?? {})).toEqual(ids(1, 10));
  });

  test("is continued by the next up with the calls that are still needed", async () => {
    fixture.emulator.faults.clear();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, activate: 2 });
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 23));
  });

  test("to verify a change leaves the certificates marked as unverified, until the next up", async () => {
    await fixture.setIds(ids(1, 25));
    fixture.emulator.faults.add({ endpoint: "activate", kind: "reset-after" });
    fixture.emulator.faults.add({ endpoint: "list", call: 2, times: Infinity, kind: "status", status: 500 });
    expect((await fixture.stack.up()).exitCode).not.toBe(0);
    expect((await activationIn(fixture.stack))?.outputs).toMatchObject({
      certificateIds: ids(1, 23),
      unverifiedCertificateIds: ids(24, 25),
    });
    fixture.emulator.faults.clear();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    const { outputs } = (await activationIn(fixture.stack)) ?? {};
    expect(outputs).toMatchObject({ certificateIds: ids(1, 25) });
    expect(outputs).not.toHaveProperty("unverifiedCertificateIds");
  });

  test("before any change leaves the state as it was", async () => {
    const before = await activationIn(fixture.stack);
    await fixture.setIds(ids(20, 35));
    fixture.emulator.faults.add({ endpoint: "activate", kind: "status", status: 403 });
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.write");
    const { inputs, outputs, initErrors } = (await activationIn(fixture.stack)) ?? {};
    expect({ inputs, outputs }).toEqual({ inputs: before?.inputs, outputs: before?.outputs });
    expect(initErrors ?? []).toEqual([]);
    const { deployment } = await fixture.stack.state();
    expect(deployment.pending_operations ?? []).toEqual([]);
  });

  test("of a delete keeps the resource, which the next destroy deletes", async () => {
    fixture.emulator.faults.add({ endpoint: "deactivate", call: 2, kind: "status", status: 403 });
    const { exitCode, output } = await fixture.stack.destroy();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("deactivate, chunk 2 of 3");
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});
