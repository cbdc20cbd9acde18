import { remedyFor } from "../../../provider/api/errors/remedies";
import type { FailedConnection } from "../../../provider/api/errors/remedies";
import { resolveConnection } from "../../../provider/settings/connection";
import { ENVIRONMENT, Settings } from "../../../provider/settings/settings";

function remedyOf(
  status: number,
  { names }: Pick<FailedConnection, "names">,
  code?: string,
): string | undefined {
  const failure = { method: "GET", status, body: "API error", ...(code !== undefined && { code }) } as const;
  return remedyFor(failure, { baseUrl: "https://api.openai.com/v1", names });
}

describe("settings of the stack", () => {
  test("are named by their keys and environment variables", () => {
    const { names } = new Settings(() => undefined, {});
    expect(names(["adminKey"])).toBe("openai-certificates:adminKey");
    expect(names(["adminKey"], "with environment")).toBe("openai-certificates:adminKey (OPENAI_ADMIN_KEY)");
    expect(names(["clientCertificate", "clientKey"], "with environment")).toBe(
      "openai-certificates:clientCertificate and openai-certificates:clientKey " +
        "(or OPENAI_MTLS_CERT_CHAIN and OPENAI_MTLS_KEY)",
    );
  });
});

describe("settings of a provider of the program", () => {
  const settings = (values: Readonly<Record<string, string>>) =>
    new Settings(
      (key) => values[key],
      { OPENAI_ADMIN_KEY: "sk-admin-of-another-organization" },
      "openai-certificates",
      { kind: "provider", name: "acme" },
    );

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
    expect(remedyOf(401, given)).toContain('Check adminKey of the provider "acme"');
    expect(remedyOf(401, given, "certificate_required")).toContain(
      'clientCertificate and clientKey of the provider "acme"',
    );
  });
});

describe("settings of another connection", () => {
  test("are named as its own in remedies, so that the default organization is not configured by mistake", () => {
    const acme = new Settings(() => undefined, {}, "acme");
    expect(remedyOf(401, acme)).toContain("Check acme:adminKey: it must be");
    const text = remedyOf(401, acme, "certificate_required");
    expect(text).toContain("Set acme:clientCertificate and acme:clientKey to one");
    expect(text).toContain("unless acme:baseUrl is set");
    expect(text).not.toMatch(/openai-certificates|OPENAI_/);
  });
});

describe("settings of a command", () => {
  const settingsFrom = (environment: Record<string, string>) =>
    new Settings(() => undefined, environment, "openai-certificates", ENVIRONMENT);

  test("are named by their variables alone", () => {
    const settings = settingsFrom({ OPENAI_ADMIN_KEY: "given", OPENAI_BASE_URL: "no URL" });
    expect(() => resolveConnection(settings)).toThrow(/^OPENAI_BASE_URL is not a valid URL/);
    expect(() => resolveConnection(settingsFrom({}))).toThrow(
      "no admin key is configured. Set OPENAI_ADMIN_KEY.",
    );
    expect(remedyOf(401, settings)).toContain("Check OPENAI_ADMIN_KEY: it must be");
  });
});
