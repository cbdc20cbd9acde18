import { checked, emulator, engine, ORGANIZATION, plugin, PROJECT, usePlugin } from "./fixture";

usePlugin();

describe("a message", () => {
  test("is sent before the response, under its resource, with its severity", async () => {
    await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    expect(engine.messages).toEqual([
      {
        severity: "info",
        urn: ORGANIZATION,
        text: expect.stringMatching(/^acme: organization: 1 to activate;/) as string,
      },
      {
        severity: "warning",
        urn: ORGANIZATION,
        text: expect.stringMatching(/^acme: mTLS will be enforced/) as string,
      },
    ]);
  });

  test("of requests that run at the same time is under its own resource", async () => {
    await Promise.all([
      checked(ORGANIZATION, { certificateIds: ["cert_a"] }),
      checked(PROJECT, { projectId: "proj_a", certificateIds: ["cert_a"] }),
    ]);
    for (const { urn, text } of engine.messages)
      expect({ text, urn }).toEqual({ text, urn: text.includes("proj_a") ? PROJECT : ORGANIZATION });

    expect(engine.messages).toHaveLength(4);
  });

  test("names the argument of the provider that is missing", async () => {
    await plugin.configure({ baseUrl: emulator.url }, "acme");
    await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    expect(engine.messages.map(({ text }) => text).join()).toContain('Set adminKey of the provider "acme"');
  });

  test("reaches the engine although the environment has a proxy", async () => {
    process.env["http_proxy"] = "http://127.0.0.1:9";
    try {
      // The connection reads the environment when it is made.
      await plugin.handshake(engine.address);
      await plugin.configure({ baseUrl: emulator.url }, "acme");
      await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
      expect(engine.messages).toHaveLength(1);
    } finally {
      delete process.env["http_proxy"];
    }
  });
});
