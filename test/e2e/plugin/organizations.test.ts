import { issueCa } from "../../emulator/certificates/issue";
import type { Emulator } from "../../emulator/index";
import { countCalls } from "../../emulator/index";
import { startGateway } from "../../support/gateway";
import type { Gateway } from "../../support/gateway";
import type { Fixture } from "../fixture";
import { withTwoOrganizations } from "../organizations";
import type { TwoOrganizations } from "../organizations";
import { declaring } from "../transition";
import { pluginProgram, PROJECT } from "./program";

let both: TwoOrganizations;
let fixture: Fixture;
withTwoOrganizations(pluginProgram(""), (organizations, started) => {
  both = organizations;
  fixture = started;
});
afterEach(async () => {
  const { deployment } = await fixture.stack.state();
  if (deployment.resources?.length) {
    const { exitCode, output } = await fixture.stack.destroy();
    expect(exitCode === 0 ? "" : output).toBe("");
  }
  expect(both.active()).toEqual({ eu: [], us: [] });
});

const provider = (name: string, { adminKey, url }: Pick<Emulator, "adminKey" | "url">, more = "") =>
  `const ${name} = new Provider("${name}", { adminKey: "${adminKey}", baseUrl: "${url}", ${more} });`;
const activation = (id: string, options: string, more = "") =>
  `new OrgCertificateActivation("mtls", { certificateIds: ["${id}"], ${more} }, { ${options} });`;

async function up(body: string): Promise<void> {
  const { exitCode, output } = await tryUp(body);
  expect(exitCode === 0 ? "" : output).toBe("");
}

async function tryUp(body: string) {
  await fixture.stack.replaceProgram(pluginProgram(body));
  return fixture.stack.up();
}

async function expectNothingPending(): Promise<void> {
  both.eu.clearLog();
  both.us.clearLog();
  expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  expect([...both.eu.log, ...both.us.log]).toEqual([]);
}

describe("a resource moves to the other organization, which the preview shows as a replacement", () => {
  test("with another provider, and back with another base URL and key of that one", async () => {
    const providers = provider("eu", both.eu) + provider("us", both.us);
    await up(providers + activation("cert_01", "provider: eu"));
    expect(both.active()).toEqual({ eu: ["cert_01"], us: [] });

    await fixture.stack.replaceProgram(pluginProgram(providers + activation("cert_us", "provider: us")));
    const { output } = await fixture.stack.preview();
    expect(output).toContain("+-1 to replace");
    expect(output).toContain(`The old organization (base URL ${both.eu.url}) loses what they keep there`);
    await up(providers + activation("cert_us", "provider: us"));
    expect(both.active()).toEqual({ eu: [], us: ["cert_us"] });
    await expectNothingPending();

    await up(provider("eu", both.eu) + provider("us", both.eu) + activation("cert_eu", "provider: us"));
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    await expectNothingPending();
  });

  test("with its uploaded certificate, which the old organization loses", async () => {
    await fixture.stack.setConfig({ pem: (await issueCa({ name: "gateway" })).pem });
    const providers = provider("eu", both.eu) + provider("us", both.us);
    const trusting = (name: string) =>
      `${providers}new TrustedCertificates("mtls", {
        certificates: { gateway: new pulumi.Config().require("pem") },
      }, { providers: [${name}] });`;
    const uploads = ({ certificates }: Emulator) => certificates.filter(({ name }) => name === "gateway");
    await up(trusting("eu"));
    await up(trusting("us"));
    expect(uploads(both.eu)).toEqual([]);
    expect(both.us.activeIds()).toEqual(uploads(both.us).map(({ id }) => id));
    expect(both.active()).toMatchObject({ eu: [], us: [expect.stringMatching(/^cert_/)] });
    await expectNothingPending();
  });

  test("unless it is protected, which comes before anything is created", async () => {
    const providers = provider("eu", both.eu) + provider("us", both.us);
    await up(providers + activation("cert_01", "provider: eu, protect: true"));
    const { exitCode, output } = await tryUp(
      providers + activation("cert_01", "provider: us, protect: true"),
    );
    expect(output).toContain("protect");
    expect(exitCode).not.toBe(0);
    expect(both.active()).toEqual({ eu: ["cert_01"], us: [] });
    await up(providers + activation("cert_01", "provider: eu"));
  });

  test("with another organization of the provider at the same address", async () => {
    const at = ({ adminKey }: Emulator, name: string) =>
      provider("acme", { adminKey, url: both.gateway.url }, `organization: "${name}"`);
    await up(at(both.eu, "org-eu") + activation("cert_01", "provider: acme"));
    await up(at(both.us, "org-us") + activation("cert_01", "provider: acme"));
    expect(both.active()).toEqual({ eu: [], us: ["cert_01"] });
    await expectNothingPending();
  });

  test("with other settings of the stack, and a destroy before the update reaches the old organization", async () => {
    const configure = ({ url, adminKey }: Emulator) =>
      fixture.stack.setConfig(
        { "openai-certificates:baseUrl": url },
        { "openai-certificates:adminKey": adminKey },
      );
    try {
      await configure(both.eu);
      await up(activation("cert_01", ""));
      await configure(both.us);
      await up(activation("cert_01", ""));
      expect(both.active()).toEqual({ eu: [], us: ["cert_01"] });
      await expectNothingPending();
      await configure(both.eu);
      expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(both.active()).toEqual({ eu: [], us: [] });
    } finally {
      await configure(both.us);
    }
  });

  test("only if its state does not refuse to end enforcement in the old one, which comes before anything is created", async () => {
    const providers = provider("eu", both.eu) + provider("us", both.us);
    const refusing = 'enforcementChange: "refuse"';
    both.eu.setActive("cert_eu", true);
    both.us.setActive("cert_us", true);
    await up(providers + activation("cert_01", "provider: eu", refusing));
    both.eu.setActive("cert_eu", false);
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await tryUp(providers + activation("cert_01", "provider: us", refusing));
    expect(output).toContain('Set it to "warn" and run `pulumi up` before you change the provider');
    expect(exitCode).not.toBe(0);
    expect(both.active()).toEqual({ eu: ["cert_01"], us: ["cert_us"] });
    both.us.setActive("cert_us", false);
    await up(providers + activation("cert_01", "provider: eu"));
  });
});

describe("a key of an unknown organization", () => {
  const at = (adminKey: string) =>
    provider("acme", { adminKey, url: both.gateway.url }, "retryTimeoutSeconds: 0") +
    activation("cert_eu", "provider: acme");

  test("is verified by the ids, with one list in a preview and in an update", async () => {
    await up(activation("cert_eu", "provider: acme").replace(/^/, provider("acme", both.eu)));
    const other = provider("acme2", both.eu) + activation("cert_eu", "provider: acme2");
    await fixture.stack.replaceProgram(pluginProgram(other.replace(/sk-admin-eu/, "sk-admin-eu-not-known")));
    const { exitCode, output } = await fixture.stack.preview();
    expect(exitCode === 0 ? "" : output).toBe("");
    expect(output).toContain("not verified");
    both.eu.clearLog();
    await up(other);
    expect(countCalls(both.eu.log)).toEqual({});
    await expectNothingPending();
  });

  test("changes nothing if it is of another organization, however often it is run", async () => {
    await up(at(both.eu.adminKey));
    await fixture.stack.replaceProgram(pluginProgram(at(both.us.adminKey)));
    const { stack } = fixture;
    // The engine has stored the key with the first update, so the second one does not see that it has changed.
    const commands = [
      () => stack.preview(),
      () => stack.up(),
      () => stack.up(),
      () => stack.refresh(),
      () => stack.destroy(),
    ];
    for (const command of commands) {
      const { exitCode, output } = await command();
      expect(output).toContain(
        `the organization of the admin key at ${both.gateway.url} has none of the certificates in the state of this resource: cert_eu.`,
      );
      expect(output).toContain("pulumi state delete");
      expect(exitCode).not.toBe(0);
    }
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    both.eu.clearLog();
    await up(at(both.eu.adminKey));
    expect(countCalls(both.eu.log)).toEqual({ list: 1 });
    await expectNothingPending();
  });

  test("fails the update that cannot verify it, and the next one, which can", async () => {
    await up(at(both.eu.adminKey));
    both.us.faults.add({ endpoint: "list", times: Infinity, kind: "status", status: 503 });
    expect(await tryUp(at(both.us.adminKey))).not.toMatchObject({ exitCode: 0 });
    both.us.faults.clear();
    const { exitCode, output } = await fixture.stack.up();
    expect(output).toContain("has none of the certificates in the state of this resource: cert_eu.");
    expect(exitCode).not.toBe(0);
    await up(at(both.eu.adminKey));
    await expectNothingPending();
  });
});

describe("the address of a gateway in front of the organization", () => {
  let otherGateway: Gateway;
  beforeAll(async () => {
    otherGateway = await startGateway([both.eu]);
  });
  afterAll(() => otherGateway.close());

  test("changes without a deactivation if the resources have retainOnDelete", async () => {
    const at = (url: string, options = "") =>
      provider("acme", { adminKey: both.eu.adminKey, url }) +
      activation("cert_eu", `provider: acme, ${options}`);
    await up(at(both.gateway.url));
    await up(at(both.gateway.url, "retainOnDelete: true"));
    both.eu.clearLog();
    await up(at(otherGateway.url, "retainOnDelete: true"));
    expect(Object.keys(countCalls(both.eu.log))).toEqual(["list"]);
    await up(at(otherGateway.url));
    expect(both.active()).toEqual({ eu: ["cert_eu"], us: [] });
    await expectNothingPending();
  });
});

test("a certificate does not move to the dynamic provider with the settings of another organization", async () => {
  const certificate = (options: string) =>
    `new Certificate("gateway", { certificate: new pulumi.Config().require("pem") }, ${options});`;
  await fixture.stack.setConfig(
    { pem: (await issueCa()).pem, "openai-certificates:baseUrl": both.us.url },
    { "openai-certificates:adminKey": both.us.adminKey },
  );
  const inEu = provider("acme", both.eu) + certificate("{ provider: acme }");
  await up(inEu);
  await fixture.stack.replaceProgram({ "Pulumi.yaml": PROJECT, ...declaring(certificate("{}")) });
  const { exitCode, output } = await fixture.stack.up();
  expect(output).toContain(`at ${both.us.url} has none of the certificates in the state of this resource`);
  expect(exitCode).not.toBe(0);
  await up(inEu);
  await expectNothingPending();
});

describe("the name of a provider of the program", () => {
  // test/unit/plugin/configuration.test.ts has the other names.
  test("cannot be one that Pulumi gives to default providers", async () => {
    const name = "default_1_2_3_github_/api.github.com/acme/package";
    const named = provider("acme", both.eu).replace('"acme"', JSON.stringify(name));
    const { exitCode, output } = await tryUp(named + activation("cert_01", "provider: acme"));
    expect(output).toContain("Rename it");
    expect(exitCode).not.toBe(0);
    expect(both.active()).toEqual({ eu: [], us: [] });
  });

  test("may begin like that of a default provider", async () => {
    const named = provider("acme", both.eu).replace('"acme"', '"default_eu"');
    await up(named + activation("cert_01", "provider: acme"));
    expect(both.active()).toEqual({ eu: ["cert_01"], us: [] });
    expect(countCalls(both.us.log)).toEqual({});
  });
});

test("a leftover connection fails the preview, with the remedy", async () => {
  const leftover = `new OrgCertificateActivation("mtls", { certificateIds: [], connection: "acme" } as never);`;
  const { exitCode, output } = await tryUp(leftover);
  expect(output).toContain("set the option provider to a Provider");
  expect(exitCode).not.toBe(0);
});
