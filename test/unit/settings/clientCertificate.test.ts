import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadClientCertificate } from "../../../provider/settings/clientCertificate";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../../emulator/certificates/issue";
import { ADMIN_KEY, refusal, resolve } from "./resolved";
import type { Given } from "./resolved";

const PASSPHRASE = "correct horse battery staple";
const CERTIFICATE = "openai-certificates:clientCertificate (OPENAI_MTLS_CERT_CHAIN)";
const KEY = "openai-certificates:clientKey (OPENAI_MTLS_KEY)";
const PASSPHRASE_SETTING = "openai-certificates:clientKeyPassphrase (OPENAI_MTLS_KEY_PASSPHRASE)";
const DAY_MS = 24 * 60 * 60 * 1000;

let folder: string;
let intermediate: Authority;
let client: IssuedCertificate;
let other: IssuedCertificate;
let encryptedKey: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "identity-"));
  intermediate = await issueIntermediate(await issueCa());
  client = await issueClient(intermediate);
  other = await issueClient(intermediate);
  encryptedKey = createPrivateKey(client.keyPem)
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })
    .toString();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Refused; and nothing of any key, certificate or passphrase is in the text. */
function refused(given: Given): string {
  const text = refusal(() => resolve(given));
  const secrets = [client, other].flatMap(({ keyPem, pem }) => [keyPem, pem]).concat(encryptedKey);
  const lines = secrets
    .flatMap((pem) => pem.split("\n"))
    .filter((line) => line !== "" && !line.startsWith("--"));
  for (const secret of [ADMIN_KEY, PASSPHRASE, ...lines]) expect(text).not.toContain(secret);
  return text;
}

describe("a client certificate", () => {
  test("is presented with its intermediates, in their order, to the host for mutual TLS", () => {
    const { clientCertificate, baseUrl } = resolve({
      clientCertificate: client.chainPem,
      clientKey: client.keyPem,
    });
    expect(clientCertificate?.chain.map(({ subject }) => subject)).toEqual(["CN=client", "CN=intermediate"]);
    expect(clientCertificate).toMatchObject({
      chainPem: client.chainPem,
      keyPem: client.keyPem,
    });
    expect(baseUrl).toBe("https://mtls.api.openai.com/v1");
  });

  test("does not change a base URL that was given", () => {
    const baseUrl = "https://mtls-eu.api.openai.com/v1";
    const given = { clientCertificate: client.chainPem, clientKey: client.keyPem, baseUrl };
    expect(resolve(given).baseUrl).toBe(baseUrl);
  });

  test("may be in files, together with its key", () => {
    const clientCertificate = file("chain.pem", `Bag Attributes\n${client.chainPem}`);
    const resolved = resolve({ clientCertificate, clientKey: file("key.pem", client.keyPem) });
    expect(resolved.clientCertificate?.chain).toHaveLength(2);
    expect(resolved.clientCertificate?.keyPem).toBe(client.keyPem);
  });

  test("may have an encrypted key", () => {
    const given = { clientCertificate: client.pem, clientKey: encryptedKey, clientKeyPassphrase: PASSPHRASE };
    expect(resolve(given).clientCertificate).toMatchObject({
      keyPem: encryptedKey,
      passphrase: PASSPHRASE,
    });
  });

  test("may have a key whose passphrase begins and ends with white space", () => {
    const passphrase = ` ${PASSPHRASE}\n`;
    const clientKey = createPrivateKey(client.keyPem)
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })
      .toString();
    const given = { clientCertificate: client.pem, clientKey, clientKeyPassphrase: passphrase };
    expect(resolve(given).clientCertificate).toMatchObject({ passphrase });
  });

  test("is absent when neither half of it is given, even if a passphrase is", () => {
    expect(resolve({ clientKeyPassphrase: PASSPHRASE })).not.toHaveProperty("clientCertificate");
  });
});

describe("a client certificate is refused", () => {
  test("without its key, and a key without its certificate: the missing half is named", () => {
    expect(refused({ clientCertificate: client.pem })).toContain(
      `${KEY} is not set. Set both the client certificate and its key`,
    );
    expect(refused({ clientKey: client.keyPem })).toContain(
      `${CERTIFICATE} is not set. Set both the client certificate and its key`,
    );
  });

  test("with another's key, naming both settings", () => {
    const text = refused({ clientCertificate: client.chainPem, clientKey: other.keyPem });
    expect(text).toContain(`${KEY} is not the private key of the first certificate in ${CERTIFICATE}`);
  });

  test("after its intermediates, with the right order in the message", () => {
    const clientCertificate = intermediate.pem + client.pem;
    expect(refused({ clientCertificate, clientKey: client.keyPem })).toMatch(
      /the client's certificate before its intermediates\.$/,
    );
  });

  test.each([
    ["has expired", { validFrom: new Date(Date.now() - 2 * DAY_MS), expires: new Date(Date.now() - DAY_MS) }],
    ["is not valid yet", { validFrom: new Date(Date.now() + DAY_MS) }],
  ])("when it %s, with its dates", async (_, dates) => {
    const { pem, keyPem } = await issueClient(intermediate, dates);
    expect(refused({ clientCertificate: pem, clientKey: keyPem })).toMatch(
      /^the client certificate in openai-certificates:clientCertificate \(OPENAI_MTLS_CERT_CHAIN\) is valid only from \S+Z to \S+Z, and this machine's clock shows \S+Z\. Set one that is valid now, or correct the clock\.$/,
    );
  });

  test("outside its validity to the second, and accepted within", async () => {
    const [from, to] = [Date.UTC(2030, 0, 1), Date.UTC(2031, 0, 1)];
    const issued = await issueClient(intermediate, { validFrom: new Date(from), expires: new Date(to) });
    const load = (now: number) => () =>
      loadClientCertificate(
        {
          certificate: { name: CERTIFICATE, value: issued.pem },
          key: { name: KEY, value: issued.keyPem },
          passphrase: { name: PASSPHRASE_SETTING },
        },
        now,
      );
    expect(load(from)).not.toThrow();
    expect(load(to)).not.toThrow();
    expect(refusal(load(from - 1))).toContain("2030-01-01T00:00:00.000Z");
    expect(refusal(load(to + 1))).toContain("2031-01-01T00:00:00.000Z");
  });

  test.each([
    ["with another passphrase", "a wrong one", `${KEY} cannot be decrypted with ${PASSPHRASE_SETTING}.`],
    ["without a passphrase", "", `${KEY} is encrypted, and ${PASSPHRASE_SETTING} is not set.`],
  ])("when its key is encrypted, %s", (_, clientKeyPassphrase, why) => {
    const text = refused({ clientCertificate: client.pem, clientKey: encryptedKey, clientKeyPassphrase });
    expect(text).toBe(`${why} Set its passphrase.`);
  });

  test("when a file cannot be read, without the path: it may be a key that lost its first line", () => {
    const [, body = ""] = client.keyPem.split("\n");
    // The system's code in brackets is left open: under jest, errors of node's own modules are of another realm.
    const unreadable = "is neither PEM text nor a readable file (";
    expect(refused({ clientCertificate: client.pem, clientKey: body })).toContain(`${KEY} ${unreadable}`);
    const relative = refused({ clientCertificate: "client.pem", clientKey: client.keyPem });
    expect(relative).toContain(`It was ${process.cwd()}. Set an absolute path`);
    const text = refused({ clientCertificate: folder, clientKey: client.keyPem });
    expect(text).not.toContain("relative");
    expect(text).toContain(`${CERTIFICATE} ${unreadable}`);
    expect(text).not.toContain(folder);
  });

  test("when a file contains something else", () => {
    expect(refused({ clientCertificate: file("empty.pem", ""), clientKey: client.keyPem })).toBe(
      `${CERTIFICATE} contains no certificate in PEM format.`,
    );
    expect(refused({ clientCertificate: client.pem, clientKey: file("text.pem", "no key") })).toMatch(
      /^openai-certificates:clientKey \(OPENAI_MTLS_KEY\) contains no private key in PEM format/,
    );
  });

  test("when certificate and key were swapped", () => {
    expect(refused({ clientCertificate: client.keyPem, clientKey: client.pem })).toBe(
      `${CERTIFICATE} contains no certificate in PEM format, only PRIVATE KEY.`,
    );
  });

  test("when the chain is damaged anywhere", () => {
    const damaged = client.pem + intermediate.pem.replace(/\n.{10}/, "\n!!!!!!!!!!");
    expect(refused({ clientCertificate: damaged, clientKey: client.keyPem })).toBe(
      `${CERTIFICATE} has a block CERTIFICATE whose content is not base64: it was cut or changed. Set it again, as it was issued.`,
    );
  });
});
