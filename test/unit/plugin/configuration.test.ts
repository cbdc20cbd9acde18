import {
  exposedKeys,
  protectSecrets,
  readConfiguration,
  reservedName,
  unknownSettings,
} from "../../../provider/plugin/configuration";
import { reveal, secret } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/resource";

const KEY = "openai-certificates:adminKey";
const IN_STACK = JSON.stringify({ adminKey: "today" });

describe("the configuration of a default provider", () => {
  test.each([undefined, "default", "default_0_1_0"])("named %s is that of the stack today", (name) => {
    const { read, source } = readConfiguration({ adminKey: secret("at the last up") }, name, IN_STACK);
    expect(read(KEY)).toBe("today");
    expect(source).toEqual({ kind: "stack" });
  });

  test("of a state is that of the state after the stack was given another organization", () => {
    const before = { adminKey: "sk-a", baseUrl: "https://a.example/v1" };
    const after = { adminKey: "sk-b", baseUrl: "https://b.example/v1" };
    expect(readConfiguration(before, "default", JSON.stringify(after)).read(KEY)).toBe("sk-a");
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

describe("the configuration of `pulumi do`, which sends an empty name", () => {
  test("is its arguments, and then the environment", () => {
    const { read, source } = readConfiguration({ adminKey: "given" }, "", IN_STACK);
    expect(read(KEY)).toBe("given");
    expect(source).toEqual({ kind: "command" });
  });
});

describe("the name of a provider of the program", () => {
  const args = { adminKey: "sk-other" };

  test.each([
    "default",
    "default_0_1_0",
    "default_0_1_0_alpha_1",
    "default_0_1_0_github_/api.github.com/acme/a",
  ])("cannot be %s unless its arguments are the stack's", (name) => {
    expect(reservedName(args, name, IN_STACK)).toContain(`the provider "${name}" has a name`);
    expect(reservedName({ adminKey: secret("today"), version: "1.0.0" }, name, IN_STACK)).toBeUndefined();
  });

  test.each(["acme", "default_eu", "defaults", "default-0-1-0", "my_default", "default_0_1"])(
    "can be %s",
    (name) => {
      expect(reservedName(args, name, IN_STACK)).toBeUndefined();
      expect(readConfiguration(args, name, IN_STACK).source).toEqual({ kind: "provider", name });
    },
  );
});

test("a private key that would be stored in clear text is found, whether it is secret or not", () => {
  const pem = "-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----";
  expect(exposedKeys({ clientCertificate: `PEM\n${pem}`, clientKey: pem, caBundle: secret(pem) })).toEqual([
    "clientCertificate",
    "caBundle",
  ]);
  expect(exposedKeys({ clientCertificate: "/secrets/client.pem", clientKey: pem })).toEqual([]);
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
