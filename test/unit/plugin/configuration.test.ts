import { protectSecrets, readConfiguration, unknownSettings } from "../../../provider/plugin/configuration";
import { reveal, secret } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/unknown";

const KEY = "openai-certificates:adminKey";
const IN_STACK = JSON.stringify({ adminKey: "today" });

describe("the configuration of a default provider", () => {
  test.each([undefined, "default", "default_0_1_0"])("named %s is that of the stack today", (name) => {
    const { read, source } = readConfiguration({ adminKey: secret("at the last up") }, name, IN_STACK);
    expect(read(KEY)).toBe("today");
    expect(source).toEqual({ kind: "stack" });
  });

  test("no longer has what was removed from the stack", () => {
    expect(readConfiguration({ adminKey: "before" }, "default", "{}").read(KEY)).toBeUndefined();
  });

  test.each([undefined, "", "not JSON", "3"])("is its arguments when the engine passes %j", (stackConfig) => {
    expect(readConfiguration({ adminKey: "given" }, "default", stackConfig).read(KEY)).toBe("given");
  });
});

describe("the configuration of a provider of the program", () => {
  test("is its arguments, whatever the stack has", () => {
    const { read, source } = readConfiguration({ adminKey: secret("given") }, "acme", IN_STACK);
    expect(read(KEY)).toBe("given");
    expect(source).toEqual({ kind: "provider", name: "acme" });
  });

  test("is text, also where the program passes numbers and booleans", () => {
    const { read } = readConfiguration(
      { timeoutSeconds: 5, verifyInPreview: false, baseUrl: null },
      "acme",
      undefined,
    );
    expect(read("openai-certificates:timeoutSeconds")).toBe("5");
    expect(read("openai-certificates:verifyInPreview")).toBe("false");
    expect(read("openai-certificates:baseUrl")).toBeUndefined();
  });
});

test("keys are secret even if the program passes them in clear", () => {
  const args = {
    adminKey: "a",
    clientKey: secret("b"),
    clientKeyPassphrase: UNKNOWN,
    baseUrl: "c",
    version: "1.0.0",
  };
  const checked = protectSecrets(args);
  expect(checked).toEqual({ ...args, adminKey: secret("a") });
  expect(reveal(checked["clientKey"])).toBe("b");
});

test("the settings that are not known yet are named", () => {
  expect(
    unknownSettings({ adminKey: UNKNOWN, baseUrl: "a", version: "1.0.0", clientKey: secret(UNKNOWN) }),
  ).toEqual(["adminKey", "clientKey"]);
});
