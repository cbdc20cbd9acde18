import { UNKNOWN } from "../../../provider/resource/resource";
import { issueCa } from "../../emulator/certificates/issue";
import { calls, CERTIFICATE, emulator, ORGANIZATION, plugin, PROJECT, usePlugin } from "./fixture";

usePlugin();

describe("a list", () => {
  test("of certificates has all of them, with their names", async () => {
    expect(await plugin.list("Certificate", {})).toEqual(
      ["cert_c", "cert_b", "cert_a"].map((id) => ({ id, name: `name of ${id}` })),
    );
    expect(calls()).toEqual({ list: 1 });
  });

  test.each([
    [true, ["cert_b"]],
    [false, ["cert_c", "cert_a"]],
  ])("of certificates with active: %s has only those", async (active, expected) => {
    emulator.setActive("cert_b", true);
    const found = await plugin.list("Certificate", { active });
    expect(found.map((each) => typeof each === "object" && each.id)).toEqual(expected);
  });

  test("is not longer than its limit", async () => {
    expect(await plugin.list("Certificate", {}, 2)).toHaveLength(2);
  });

  test("of the organization's activation has the only one, without a call", async () => {
    expect(await plugin.list("OrgCertificateActivation", {})).toEqual([{ id: "organization", name: "" }]);
    expect(calls()).toEqual({});
  });

  test("of projects' activations has those that are named, verified by one call each", async () => {
    const found = await plugin.list("ProjectCertificateActivation", { projectIds: ["proj_a", "proj_a"] });
    expect(found).toEqual([{ id: "proj_a", name: "" }]);
    expect(calls()).toEqual({ list: 1 });
  });

  test("has ids that an import accepts", async () => {
    const { pem } = await issueCa({ name: "gateway" });
    emulator.seed([{ id: "cert_ca", name: "gateway", pem }]);
    const types = [
      [CERTIFICATE, await plugin.list("Certificate", {}, 1)],
      [ORGANIZATION, await plugin.list("OrgCertificateActivation", {})],
      [PROJECT, await plugin.list("ProjectCertificateActivation", { projectIds: ["proj_a"] })],
    ] as const;
    for (const [urn, [found]] of types) {
      const id = typeof found === "object" ? found.id : "";
      expect((await plugin.read(urn, id)).id).toBe(id);
    }
  });

  test("is unknown while an argument is", async () => {
    expect(await plugin.list("Certificate", { active: UNKNOWN })).toEqual(["unknown"]);
    expect(calls()).toEqual({});
  });

  test.each([
    ["Certificate", { active: "yes" }, 'active is "yes"; use true or false'],
    ["OrgCertificateActivation", { active: true }, "active is not an argument"],
    ["ProjectCertificateActivation", {}, "projectIds is missing; use a list of project ids"],
    ["ProjectCertificateActivation", { projectIds: ["proj_z"] }, "proj_z"],
    ["Certificates", {}, "no resource type"],
  ])("of %s with %j fails: %s", async (type, query, problem) => {
    await expect(plugin.list(type, query)).rejects.toThrow(problem);
  });
});
