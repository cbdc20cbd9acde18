import { status } from "@grpc/grpc-js";
import schema from "../../../provider/plugin/schema.json";
import { isSecret } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/resource";
import { engine, ORGANIZATION, plugin, PROVIDER, urnOf, usePlugin } from "./fixture";

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

  test("reports an argument that looks like a setting and is none", async () => {
    await plugin.checkConfig(PROVIDER, { adminKey: "sk", organisation: "org-a", region: "eu" });
    expect(engine.messages.map(({ severity, text }) => [severity, text])).toEqual([
      [
        "warning",
        "openai-certificates:organisation is not a setting of pulumi-openai-certificates. If " +
          "openai-certificates:organization is meant, rename it.",
      ],
    ]);
  });

  test("reports that arguments are not known yet", async () => {
    await plugin.checkConfig(PROVIDER, { adminKey: UNKNOWN });
    expect(engine.messages).toMatchObject([
      {
        severity: "warning",
        urn: PROVIDER,
        text: expect.stringContaining("adminKey of this provider is not known yet") as string,
      },
    ]);
  });

  test.each([
    [{ adminKey: "a" }, { adminKey: "a" }, false],
    [{ adminKey: "a" }, { adminKey: "b" }, true],
    [{ adminKey: "a" }, { adminKey: UNKNOWN }, true],
    [{}, { adminKey: "a" }, true],
  ])("with arguments %j differs from one with %j: %p; without replacement", async (olds, news, changes) => {
    expect(await plugin.diffConfig(olds, news)).toEqual({ changes, replaces: [] });
  });

  test.each([
    [{ baseUrl: "https://a.example/v1" }, { baseUrl: "https://b.example/v1" }, ["baseUrl"]],
    [{ organization: "org-a" }, { organization: "org-b" }, ["organization"]],
    [{ baseUrl: "https://api.openai.com/v1" }, { baseUrl: "https://mtls.api.openai.com./v1" }, []],
    [{ adminKey: "a" }, { adminKey: "a", organization: "org-a" }, []],
  ])("with arguments %j is replaced by one with %j because of %j", async (olds, news, replaces) => {
    expect(await plugin.diffConfig(olds, news)).toEqual({ changes: true, replaces });
  });

  test("of `pulumi do`, which has no name, reads its arguments and then the environment", async () => {
    await plugin.configure({ baseUrl: "https://api.openai.com/v1" }, "");
    await expect(plugin.invoke("getCertificates", {})).rejects.toMatchObject({
      details: expect.stringContaining(
        "Set the argument adminKey of the provider, or the environment variable OPENAI_ADMIN_KEY",
      ) as string,
    });
  });

  test.each([
    ["a resource", () => plugin.check(ORGANIZATION, {}, { certificateIds: [], connection: "acme" })],
    ["a function", () => plugin.invoke("getCertificates", { connection: "acme" })],
  ])("rejects a connection of %s, with the remedy", async (_, request) => {
    const { failures } = await request();
    expect(failures).toMatchObject([
      { property: "connection", reason: expect.stringContaining("Remove connection") as string },
    ]);
  });

  test("rejects a type that it does not have", async () => {
    await expect(plugin.check(urnOf("Other"), {}, {})).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});
