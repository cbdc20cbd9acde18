import { previewVerification } from "../../../provider/settings/connection";
import { Settings, SETTINGS } from "../../../provider/settings/settings";
import type { Setting } from "../../../provider/settings/settings";
import { issueCa } from "../../emulator/certificates/issue";
import { ADMIN_KEY, refusal, resolve } from "./resolved";

describe("a connection", () => {
  test("needs nothing but the admin key", () => {
    expect(resolve({})).toEqual({
      adminKey: ADMIN_KEY,
      baseUrl: "https://api.openai.com/v1",
      timeoutSeconds: 30,
      retryTimeoutSeconds: 600,
      names: expect.any(Function) as unknown,
    });
  });

  test("without an admin key names both ways to set it, and which key it must be", () => {
    expect(refusal(() => resolve({ adminKey: "" }))).toMatch(
      /`pulumi config set --secret openai-certificates:adminKey`.+OPENAI_ADMIN_KEY.+owner of the organization/,
    );
  });

  test("of another name without an admin key names its own setting, and no variable that it does not read", () => {
    const text = refusal(() => resolve({ adminKey: "" }, "acme"));
    expect(text).toContain("acme:adminKey");
    expect(text).not.toContain("OPENAI_");
  });

  test("takes over what is set", () => {
    expect(resolve({ organization: "org-1", timeoutSeconds: "2.5", retryTimeoutSeconds: "0" })).toMatchObject(
      {
        organization: "org-1",
        timeoutSeconds: 2.5,
        retryTimeoutSeconds: 0,
      },
    );
  });

  test("trusts the authorities of a bundle, as text", async () => {
    const [one, other] = [(await issueCa()).pem, (await issueCa()).pem];
    expect(resolve({ caBundle: `# ours\n${one}${other}` }).caBundle).toEqual([one, other]);
  });
});

describe("the base URL", () => {
  test.each([
    ["https://api.openai.com/v1", "https://api.openai.com/v1"],
    ["https://api.openai.com/v1///", "https://api.openai.com/v1"],
    ["HTTPS://Gateway.Example:8443/openai/v1/", "https://gateway.example:8443/openai/v1"],
    ["https://gateway.example", "https://gateway.example"],
    ["http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://[::1]:8080/v1/", "http://[::1]:8080/v1"],
  ])("%s is called as %s", (given, called) => {
    expect(resolve({ baseUrl: given }).baseUrl).toBe(called);
  });

  test.each([
    "http://api.openai.com/v1",
    "http://127.0.0.1.example/v1",
    "http://localhost.example/v1",
    "http://0.0.0.0/v1",
    "http://192.168.0.1/v1",
    "http://[::2]/v1",
    "ftp://localhost/v1",
  ])("%s would send the key in clear", (baseUrl) => {
    expect(refusal(() => resolve({ baseUrl }))).toMatch(/sent unencrypted\. Use https/);
  });
});

const SECRET = "hunter2-is-not-to-be-seen";

describe("a setting that cannot be used", () => {
  test.each<[Setting, string]>([
    ["adminKey", `sk admin ${SECRET}`],
    ["adminKey", `sk-${SECRET}\nX-Injected: 1`],
    ["adminKey", `sk-${SECRET}ü`],
    ["organization", `org ${SECRET}`],
    ["baseUrl", SECRET],
    ["baseUrl", `https://user:${SECRET}@api.openai.com/v1`],
    ["baseUrl", `https://${SECRET}@api.openai.com/v1`],
    ["baseUrl", `https://api.openai.com/v1?key=${SECRET}`],
    ["baseUrl", `https://api.openai.com/v1#${SECRET}`],
    ["baseUrl", `http://api.openai.com/${SECRET}`],
    ["caBundle", SECRET],
    ["caBundle", `-----BEGIN PUBLIC KEY-----\n${SECRET}\n-----END PUBLIC KEY-----`],
    ["caBundle", `-----BEGIN CERTIFICATE-----\n${SECRET}\n-----END CERTIFICATE-----`],
    ["timeoutSeconds", SECRET],
    ["retryTimeoutSeconds", SECRET],
  ])("(%s: %j) is named both ways, and its value is not repeated", (setting, value) => {
    const text = refusal(() => resolve({ [setting]: value }));
    expect(text).toContain(`openai-certificates:${setting} (${SETTINGS[setting]})`);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(ADMIN_KEY);
  });

  test.each(["0", "0.9", "-1", "86401", "1e3", "Infinity", "NaN", "0x10", "30s", "1,5"])(
    "(a time-out of %j) is rejected with the allowed values",
    (timeoutSeconds) => {
      expect(refusal(() => resolve({ timeoutSeconds }))).toMatch(/number of seconds from 1 to 86400\.$/);
    },
  );
});

describe("whether a preview calls the API", () => {
  const verifies = (value?: string): string => previewVerification(new Settings(() => value, {}));

  test.each([
    [undefined, "attempted"],
    ["", "attempted"],
    ["true", "attempted"],
    ["false", "off"],
    ["required", "required"],
  ])("is set by %j to %p", (value, expected) => {
    expect(verifies(value)).toBe(expected);
  });

  test.each(["no", "yes", "0", "False", "falsch"])("is not guessed from %j", (value) => {
    expect(refusal(() => resolve({ verifyInPreview: value }))).toMatch(
      /verifyInPreview .+ must be true, false or required\.$/,
    );
    expect(refusal(() => verifies(value))).toBe(
      "openai-certificates:verifyInPreview (OPENAI_VERIFY_IN_PREVIEW) must be true, false or required.",
    );
  });
});
