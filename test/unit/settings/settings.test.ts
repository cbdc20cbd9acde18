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
