import { DEFAULT_CONNECTION, Settings, SETTINGS, settingsKey } from "../../../provider/settings/settings";
import type { Setting } from "../../../provider/settings/settings";

type Texts = Readonly<Record<string, string>>;
const settings = (config: Texts, environment: Texts = {}, connection = DEFAULT_CONNECTION): Settings =>
  new Settings((key) => config[key], environment, connection);

describe.each(Object.entries(SETTINGS) as [Setting, string][])("the setting %s", (setting, variable) => {
  const key = `openai-certificates:${setting}`;
  const name = `${key} (${variable})`;

  test("is taken from the stack's configuration before the environment", () => {
    expect(settings({ [key]: "stack" }, { [variable]: "environment" }).find(setting)).toEqual({
      name,
      value: "stack",
    });
    expect(settings({}, { [variable]: "environment" }).find(setting)).toEqual({ name, value: "environment" });
  });

  const empties = setting === "clientKeyPassphrase" ? [""] : ["", " ", "\n\t "];

  test.each(empties)("is unset when it is %j, so that the environment variable applies", (empty) => {
    expect(settings({ [key]: empty }, { [variable]: "environment" }).find(setting)?.value).toBe(
      "environment",
    );
    expect(settings({ [key]: empty }, { [variable]: empty }).find(setting)).toBeUndefined();
  });

  test(`${setting === "clientKeyPassphrase" ? "keeps" : "loses"} white space at its ends`, () => {
    const expected = setting === "clientKeyPassphrase" ? " value\n" : "value";
    expect(settings({ [key]: " value\n" }).find(setting)?.value).toBe(expected);
    expect(settings({}, { [variable]: " value\n" }).find(setting)?.value).toBe(expected);
  });

  test("of another connection is its own: neither openai's nor the environment's", () => {
    const acme = settings({ [key]: "openai's" }, { [variable]: "environment" }, "acme");
    expect(acme.find(setting)).toBeUndefined();
    expect(settings({ [`acme:${setting}`]: "acme's" }, {}, "acme").find(setting)).toEqual({
      name: `acme:${setting}`,
      value: "acme's",
    });
  });

  test("makes a difference between two connections", () => {
    const one = settingsKey(settings({ [key]: "one" }));
    expect(settingsKey(settings({ [key]: "two" }))).not.toBe(one);
    expect(settingsKey(settings({}, { [variable]: "one" }))).toBe(one);
  });
});

describe("a key of the stack", () => {
  const KEY = { "openai-certificates:adminKey": "sk-a" };
  const VARIABLES = { OPENAI_BASE_URL: "https://gateway.example/v1", OPENAI_ORG_ID: "org-personal" };

  test("is not sent to the base URL or organization of the environment, which are named", () => {
    const given = settings(KEY, VARIABLES);
    expect(given.find("baseUrl")).toBeUndefined();
    expect(given.find("organization")).toBeUndefined();
    expect(given.ignoredVariables).toEqual(["OPENAI_BASE_URL", "OPENAI_ORG_ID"]);
  });

  test("leaves other settings to the environment", () => {
    const given = settings(KEY, { OPENAI_MTLS_CERT_CHAIN: "/client.pem", OPENAI_TIMEOUT_SECONDS: "5" });
    expect(given.find("clientCertificate")?.value).toBe("/client.pem");
    expect(given.find("timeoutSeconds")?.value).toBe("5");
    expect(given.ignoredVariables).toEqual([]);
  });

  test("ignores nothing that the stack sets itself", () => {
    const given = settings({ ...KEY, "openai-certificates:baseUrl": "https://api.openai.com/v1" }, VARIABLES);
    expect(given.find("baseUrl")?.value).toBe("https://api.openai.com/v1");
    expect(given.ignoredVariables).toEqual(["OPENAI_ORG_ID"]);
  });
});

test("a key of the environment is sent to the base URL of the stack or of the environment", () => {
  const key = { OPENAI_ADMIN_KEY: "sk-a" };
  const inStack = { "openai-certificates:baseUrl": "https://stack.example/v1" };
  expect(settings(inStack, key).find("baseUrl")?.value).toBe("https://stack.example/v1");
  const given = settings({}, { ...key, OPENAI_BASE_URL: "https://environment.example/v1" });
  expect(given.find("baseUrl")?.value).toBe("https://environment.example/v1");
  expect(given.ignoredVariables).toEqual([]);
});
