import { status } from "@grpc/grpc-js";
import schema from "../../../provider/plugin/schema.json";
import { isSecret } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/unknown";
import { engine, plugin, PROVIDER, urnOf, usePlugin } from "./fixture";

usePlugin();

describe("the provider itself", () => {
  test("returns its schema", async () => {
    expect(await plugin.schema()).toEqual(schema);
  });

  test("keeps keys secret", async () => {
    const inputs = await plugin.checkConfig(PROVIDER, { adminKey: "sk", clientKey: "pem", baseUrl: "url" });
    const secrets = Object.entries(inputs).filter(([, value]) => isSecret(value));
    expect(secrets.map(([name]) => name).sort()).toEqual(["adminKey", "clientKey"]);
  });

  test("reports that arguments are not known yet", async () => {
    await plugin.checkConfig(PROVIDER, { adminKey: UNKNOWN });
    expect(engine.messages).toMatchObject([
      { severity: "warning", urn: PROVIDER, text: expect.stringContaining("adminKey") as string },
    ]);
  });

  test.each([
    [{ adminKey: "a" }, { adminKey: "a" }, false],
    [{ adminKey: "a" }, { adminKey: "b" }, true],
    [{ adminKey: "a" }, { adminKey: UNKNOWN }, true],
    [{}, { adminKey: "a" }, true],
  ])("with arguments %j differs from one with %j: %p; and is never replaced", async (olds, news, changes) => {
    expect(await plugin.diffConfig(olds, news)).toEqual({ changes, replaces: [] });
  });

  test("rejects a type that it does not have", async () => {
    await expect(plugin.check(urnOf("Other"), {}, {})).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});
