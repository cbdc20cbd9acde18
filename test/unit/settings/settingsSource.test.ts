import { remedyFor } from "../../../provider/api/errors/remedies";
import { resolveConnection } from "../../../provider/settings/connection";
import { nameSettings, Settings } from "../../../provider/settings/settings";
import { configureProcess, STACK } from "../../../provider/settings/settingsSource";

afterEach(() => {
  configureProcess({ read: () => undefined, source: STACK });
});

describe("settings of the stack", () => {
  test("are named by their keys and environment variables", () => {
    expect(nameSettings(["adminKey"])).toBe("openai-certificates:adminKey");
    expect(nameSettings(["adminKey"], "with environment")).toBe(
      "openai-certificates:adminKey (OPENAI_ADMIN_KEY)",
    );
    expect(nameSettings(["clientCertificate", "clientKey"], "with environment")).toBe(
      "openai-certificates:clientCertificate and openai-certificates:clientKey " +
        "(or OPENAI_MTLS_CERT_CHAIN and OPENAI_MTLS_KEY)",
    );
  });
});

describe("settings of a provider of the program", () => {
  beforeEach(() => {
    configureProcess({ read: () => undefined, source: { kind: "provider", name: "acme" } });
  });
  const settings = (values: Readonly<Record<string, string>>) =>
    new Settings((key) => values[key], { OPENAI_ADMIN_KEY: "sk-admin-of-another-organization" });

  test("are not read from the environment, which may be another organization's", () => {
    expect(() => resolveConnection(settings({}))).toThrow('Set adminKey of the provider "acme".');
    const { adminKey } = resolveConnection(settings({ "openai-certificates:adminKey": "given" }));
    expect(adminKey).toBe("given");
  });

  test("are named as its arguments in errors and remedies", () => {
    const given = settings({
      "openai-certificates:adminKey": "given",
      "openai-certificates:baseUrl": "no URL",
    });
    expect(() => resolveConnection(given)).toThrow('baseUrl of the provider "acme" is not a valid URL');
    expect(remedyFor(401, undefined)).toContain('Check adminKey of the provider "acme"');
    expect(remedyFor(401, "certificate_required")).toContain(
      'clientCertificate and clientKey of the provider "acme"',
    );
  });
});
