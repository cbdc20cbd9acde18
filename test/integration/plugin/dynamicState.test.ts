import { calls, DEFAULTS, emulator, ORGANIZATION, plugin, usePlugin } from "./fixture";

usePlugin();

describe("a state that the dynamic resource wrote", () => {
  const state = {
    __provider: "text",
    connection: "acme",
    certificateIds: { cert_a: "active", cert_b: "active" },
    ...DEFAULTS,
    certificates: {},
    enforced: true,
    unmanagedActiveCertificateIds: { cert_c: "active" },
  };
  const inputs = { certificateIds: ["cert_a", "cert_b"], ...DEFAULTS };
  beforeEach(() => {
    for (const id of ["cert_a", "cert_b", "cert_c"]) emulator.setActive(id, true);
  });

  test("is rewritten in place by an update with one list, and nothing else", async () => {
    const before = { certificateIds: state.certificateIds, connection: "acme", ...DEFAULTS };
    expect((await plugin.check(ORGANIZATION, before, inputs)).inputs).toEqual(inputs);
    expect(await plugin.diff(ORGANIZATION, "organization", state, inputs)).toEqual({
      changes: true,
      replaces: [],
      diffs: [],
      paths: [],
    });
    expect(calls()).toEqual({});
    const updated = await plugin.update(ORGANIZATION, "organization", state, inputs);
    expect(calls()).toEqual({ list: 1 });
    expect(updated).toMatchObject({ ...inputs, unmanagedActiveCertificateIds: ["cert_c"] });
    expect(updated).not.toHaveProperty("__provider");
    expect(updated).not.toHaveProperty("connection");
  });

  test("is read and deleted", async () => {
    expect(await plugin.read(ORGANIZATION, "organization", state)).toMatchObject({ inputs });
    await plugin.delete(ORGANIZATION, "organization", state);
    expect(emulator.activeIds()).toEqual(["cert_c"]);
  });
});
