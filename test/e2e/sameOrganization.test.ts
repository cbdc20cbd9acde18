import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { issueCredentials } from "../integration/ownAccess";
import type { Credentials } from "../integration/ownAccess";
import { startVendorStandIn } from "../support/vendorStandIn";
import type { VendorStandIn } from "../support/vendorStandIn";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram, PROJECT } from "./plugin/program";
import { declaring } from "./transition";

/** The settings that change, in the stack's configuration. */
const SETTINGS = ["baseUrl", "organization", "clientCertificate", "clientKey"];

const resources = (ids: string, options: string) => `
  new Certificate("unused", { certificate: new pulumi.Config().require("pem") }, ${options});
  new OrgCertificateActivation("mtls", { certificateIds: ${ids} }, ${options});`;
const WITH_PROVIDER = `
  const settings = new pulumi.Config("openai-certificates");
  const provider = new Provider("acme", {
    adminKey: settings.requireSecret("adminKey"),
    caBundle: settings.require("caBundle"),
    ${SETTINGS.map((name) => `${name}: settings.get("${name}") || undefined,`).join("\n")}
  });`;

let credentials: Credentials;
let emulator: Emulator;
let vendor: VendorStandIn;
let fixture: Fixture;

beforeAll(async () => {
  credentials = await issueCredentials();
  const { pem, keyPem } = credentials.server;
  emulator = await startEmulator({ tls: { certificate: pem, key: keyPem } });
  vendor = await startVendorStandIn(emulator);
  fixture = await createFixture({
    program: declaring(""),
    env: { OPENAI_ADMIN_KEY: "", OPENAI_BASE_URL: "", HTTPS_PROXY: vendor.url, NO_PROXY: "", no_proxy: "" },
  });
});
afterAll(async () => {
  await fixture.dispose();
  await vendor.close();
  await emulator.close();
});

describe.each([
  ["dynamic resources", (ids: string) => ({ "Pulumi.yaml": PROJECT, ...declaring(resources(ids, "{}")) })],
  ["the plugin's resources", (ids: string) => pluginProgram(resources(ids, "{}"))],
  [
    "the plugin's resources with a provider of the program",
    (ids: string) => pluginProgram(WITH_PROVIDER + resources(ids, "{ provider }")),
  ],
])("%s at the vendor", (_adapter, program) => {
  const configure = (settings: Readonly<Record<string, string>>, secrets = {}) => {
    const named = (values: object) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`openai-certificates:${name}`, String(value)]),
      );
    return fixture.stack.setConfig(named(settings), named(secrets));
  };

  beforeAll(async () => {
    emulator.seed([{ id: "cert_a", pem: credentials.ca.pem }]);
    await fixture.stack.setConfig({ pem: credentials.other.pem });
    await configure(
      {
        ...Object.fromEntries(SETTINGS.map((name) => [name, ""])),
        caBundle: credentials.server.authorityPem,
      },
      { adminKey: emulator.adminKey },
    );
    await fixture.stack.replaceProgram(program("[]"));
    await succeed("up");
  });

  async function succeed(command: string): Promise<string> {
    emulator.clearLog();
    const { exitCode, output } = await fixture.stack.run([command, "--yes", "--skip-preview"]);
    expect(exitCode === 0 ? "" : output).toBe("");
    return output;
  }

  test.each<[string, Readonly<Record<string, string>>, () => object]>([
    ["the base URL is set to the default", { baseUrl: "https://api.openai.com/v1" }, () => ({})],
    ["an organization is set for the first time", { organization: "org-acme" }, () => ({})],
    [
      "a client certificate is set for the first time, and the host that accepts it",
      { baseUrl: "https://mtls.api.openai.com/v1" },
      () => ({ clientCertificate: credentials.client.chainPem, clientKey: credentials.client.keyPem }),
    ],
    ["the base URL is left to the default, which is the same host", { baseUrl: "" }, () => ({})],
  ])("stay as they are without a call when %s", async (_change, settings, secrets) => {
    await configure(settings, secrets());
    expect(await succeed("up")).not.toMatch(/replac|another organization/);
    expect(emulator.log).toEqual([]);
  });

  test("are then updated and destroyed through that host, with the client certificate", async () => {
    await fixture.stack.replaceProgram(program('["cert_a"]'));
    await succeed("up");
    expect(emulator.activeIds()).toEqual(["cert_a"]);
    await succeed("destroy");
    expect(emulator.activeIds()).toEqual([]);
    expect(emulator.certificates.map(({ id }) => id)).toEqual(["cert_a"]);
    expect(vendor.hosts.at(-1)).toBe("mtls.api.openai.com");
    expect(emulator.log.at(-1)).toMatchObject({
      clientCertificate: "CN=pipeline",
      requestHeaders: { organization: "org-acme" },
    });
  });
});
