import { inspect } from "node:util";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { countCalls } from "../emulator/index";
import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

type Environment = Readonly<Record<string, string>>;

let server: Awaited<ReturnType<typeof issueServer>>;
let [older, newer, foreign]: Authority[] = [];
let trusting: Environment;

beforeAll(async () => {
  server = await issueServer();
  older = await issueCa({ name: "older" });
  newer = await issueCa({ name: "newer" });
  foreign = await issueCa({ name: "foreign" });
  trusting = { OPENAI_CA_BUNDLE: server.authorityPem };
});

/** An emulator that enforces mTLS and has CA certificates in addition to the others. */
async function setTlsScene(): Promise<Fixture> {
  const fixture = await createFixture({}, { tls: { certificate: server.pem, key: server.keyPem } });
  fixture.emulator.seed([
    { id: "cert_older", name: "older", pem: given(older).pem },
    { id: "cert_newer", name: "newer", pem: given(newer).pem },
    { id: "cert_foreign", name: "foreign", pem: given(foreign).pem },
  ]);
  return fixture;
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not issued yet");
  return value;
}

function presenting({ chainPem, keyPem }: IssuedCertificate): Environment {
  return { ...trusting, OPENAI_MTLS_CERT_CHAIN: chainPem, OPENAI_MTLS_KEY: keyPem };
}

const up = (fixture: Fixture, env: Environment) =>
  fixture.stack.run(["up", "--yes", "--skip-preview"], { ...env });

describe("the life of a set under mTLS", () => {
  let fixture: Fixture;
  let identity: Environment;
  let client: IssuedCertificate;
  beforeAll(async () => {
    fixture = await setTlsScene();
    client = await issueClient(given(older), { name: "pipeline" });
    identity = presenting(client);
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("begins with a preview that describes what turning it on means", async () => {
    await fixture.setIds(["cert_older"]);
    const { output } = await fixture.stack.run(["preview"], { ...identity });
    expect(output).toContain("mTLS will be enforced");
    expect(output).toContain(
      "mTLS will be enforced for the organization: the API will reject every request without a client certificate",
    );
    expect(output).toContain("mtls.api.openai.com");
  });

  test("is turned on by a provider that presents its certificate", async () => {
    const { exitCode, output } = await up(fixture, identity);
    expect(output).toContain("mTLS will be enforced for the organization");
    expect(exitCode).toBe(0);
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, get: 1, activate: 1 });
    expect(fixture.emulator.activeIds()).toEqual(["cert_older"]);
  });

  test("continues: the provider is accepted with its certificate, and rejected without it", async () => {
    expect(await fixture.stack.run(["refresh", "--yes", "--skip-preview"], { ...identity })).toMatchObject({
      exitCode: 0,
    });
    expect(fixture.emulator.log).toMatchObject([{ endpoint: "list", clientCertificate: "CN=pipeline" }]);
    const { exitCode, output } = await fixture.stack.run(["refresh", "--yes", "--skip-preview"], {
      ...trusting,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("certificate_required");
    expect(output).toContain("Set openai-certificates:clientCertificate and openai-certificates:clientKey");
    expect(Object.keys((await activationIn(fixture.stack))?.outputs?.["certificateIds"] ?? {})).toEqual([
      "cert_older",
    ]);
  });

  test("is not rotated away from the provider's own certificate", async () => {
    await fixture.setIds(["cert_newer"]);
    const { exitCode, output } = await up(fixture, identity);
    expect(exitCode).not.toBe(0);
    expect(output).toContain("error: this would lock the provider out of the API.");
    expect(output).toContain("No changes were made.");
    expect(output).toContain("CN=pipeline");
    expect(output).toContain("Filters that are set in the dashboard are not visible to this provider");
    expect(fixture.emulator.activeIds()).toEqual(["cert_older"]);
    expect(countCalls(fixture.emulator.log)).not.toHaveProperty("activate");
  });

  test("is rotated with an overlap once the provider presents a certificate of the new CA", async () => {
    await fixture.setIds(["cert_older", "cert_newer"]);
    expect(await up(fixture, identity)).toMatchObject({ exitCode: 0 });
    const successor = presenting(await issueClient(given(newer), { name: "pipeline 2" }));
    await fixture.setIds(["cert_newer"]);
    expect(await up(fixture, successor)).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(["cert_newer"]);
    identity = successor;
  });

  test("ends with a preview and an up that describe what turning it off means", async () => {
    await fixture.setIds([]);
    const preview = await fixture.stack.run(["preview"], { ...identity });
    expect(preview.output).toContain("mTLS will be turned off");
    const { exitCode, output } = await up(fixture, identity);
    expect(output).toContain("mTLS will be turned off for the organization");
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds()).toEqual([]);
  });

  test("leaves no key in the state", async () => {
    const state = inspect(await fixture.stack.state(), { depth: Infinity, maxStringLength: Infinity });
    const secret = client.keyPem.split("\n")[1] ?? "no key";
    expect(state).not.toContain(secret);
    expect(state).not.toContain(fixture.emulator.adminKey);
  });
});

describe("a provider that locks itself out halfway, because it has no certificate", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await setTlsScene();
    await fixture.setIds(["cert_older", ...ids(1, 12)].sort());
  });
  afterAll(() => fixture.dispose());

  test("was warned, and the error lists the active ids and the settings", async () => {
    const { exitCode, output } = await up(fixture, trusting);
    expect(exitCode).not.toBe(0);
    expect(output).toContain("no client certificate is configured for the provider");
    expect(output).toContain("activate, chunk 2 of 2 in the organization failed");
    expect(output).toContain(`active now (10): ${ids(1, 10).join(", ")}`);
    expect(output).toContain("not active yet (3): cert_11, cert_12, cert_older");
    expect(output).toContain("Set openai-certificates:clientCertificate and openai-certificates:clientKey");
    expect(output).toContain("deactivate certificates in the dashboard, where mTLS does not apply");
    expect(Object.keys((await activationIn(fixture.stack))?.outputs?.["certificateIds"] ?? {})).toEqual(
      ids(1, 10),
    );
  });

  test("continues after a deactivation in the dashboard", async () => {
    for (const id of ids(1, 10)) fixture.emulator.setActive(id, false);
    fixture.emulator.setActive("cert_older", true);
    const identity = presenting(await issueClient(given(older), { name: "pipeline" }));
    expect(await up(fixture, identity)).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual([...ids(1, 12), "cert_older"]);
  });
});
