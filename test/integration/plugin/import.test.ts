import { status } from "@grpc/grpc-js";
import { CERTIFICATE, DEFAULTS, emulator, ORGANIZATION, plugin, PROJECT, usePlugin } from "./fixture";

usePlugin();

describe("an import", () => {
  test("reads what is active, and returns it as inputs", async () => {
    emulator.setActive("cert_a", true);
    emulator.setActive("cert_b", true, "proj_a");
    expect(await plugin.read(ORGANIZATION, "organization")).toMatchObject({
      id: "organization",
      inputs: { certificateIds: ["cert_a"], ...DEFAULTS },
    });
    expect(await plugin.read(PROJECT, "proj_a")).toMatchObject({
      inputs: { projectId: "proj_a", certificateIds: ["cert_b"], ...DEFAULTS },
    });
  });

  test.each([
    [ORGANIZATION, "proj_a", 'use "organization"'],
    [PROJECT, "../proj_a", "such as proj_abc123"],
    [CERTIFICATE, "cert a", "such as cert_abc123"],
  ])("into %s rejects the id %s", async (urn, id, remedy) => {
    await expect(plugin.read(urn, id)).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: expect.stringContaining(remedy) as string,
    });
    expect(emulator.log).toEqual([]);
  });
});
