import { DETAILS, emulator, plugin, usePlugin } from "./fixture";

usePlugin();

describe("a function", () => {
  test("getCertificates lists certificates by scope and state", async () => {
    emulator.setActive("cert_b", true, "proj_a");
    const { result } = await plugin.invoke("getCertificates", { projectId: "proj_a", active: true });
    expect(result).toEqual({
      certificates: [{ id: "cert_b", name: "name of cert_b", active: true, ...DETAILS }],
    });
    expect((await plugin.invoke("getCertificates", {})).result["certificates"]).toHaveLength(3);
  });

  test("getCertificate finds one by its name", async () => {
    const { result } = await plugin.invoke("getCertificate", { name: "name of cert_a" });
    expect(result).toEqual({ id: "cert_a", name: "name of cert_a", active: false, ...DETAILS });
  });

  test("reports each invalid argument with its property", async () => {
    expect(await plugin.invoke("getCertificates", { active: "yes" })).toEqual({
      result: {},
      failures: [{ property: "active", reason: 'is "yes"; use true or false' }],
    });
  });

  test.each([
    ["getCertificate", { id: "cert_a", name: "name of cert_a" }, "exactly one of id, name and fingerprint"],
    ["getCertificate", { id: "cert_z" }, "cert_z"],
    ["getSomething", {}, "no function"],
  ])("%s(%j) fails: %s", async (name, args, problem) => {
    await expect(plugin.invoke(name, args)).rejects.toThrow(problem);
  });
});
