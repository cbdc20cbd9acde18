import { execFileSync } from "node:child_process";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { issueCa, issueClient, issueIntermediate } from "../../emulator/certificates/issue";
import type { IssuedCertificate } from "../../emulator/certificates/issue";
import { anyForm, PEM_FORMS } from "../shared/pemForms";
import { refusal, resolve } from "./resolved";

const KEY = "openai-certificates:clientKey (OPENAI_MTLS_KEY)";
const CERTIFICATE = "openai-certificates:clientCertificate (OPENAI_MTLS_CERT_CHAIN)";

let folder: string;
let client: IssuedCertificate;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pem-forms-"));
  client = await issueClient(await issueIntermediate(await issueCa()));
  writeFileSync(join(folder, "client.key"), client.keyPem);
  writeFileSync(join(folder, "client.pem"), client.pem);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function openssl(...args: readonly string[]): string {
  return execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] }).toString();
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("a certificate, its chain and its key", () => {
  test("are used as they were issued, whatever form each of them has in a setting or a file", () => {
    fc.assert(
      fc.property(anyForm, anyForm, fc.boolean(), (chain, key, inFiles) => {
        const [chainText, keyText] = [chain.apply(client.chainPem), key.apply(client.keyPem)];
        const { clientCertificate, caBundle } = resolve({
          clientCertificate: inFiles ? file("any.pem", chainText) : chainText,
          clientKey: inFiles ? file("any.key", keyText) : keyText,
          caBundle: chainText,
        });
        expect(clientCertificate).toMatchObject({ chainPem: client.chainPem, keyPem: client.keyPem });
        expect(caBundle?.join("")).toBe(client.chainPem);
      }),
      { numRuns: 60 },
    );
  });

  test("may be in one file, in UTF-16", () => {
    const both = file("both.pem", Buffer.from(`\ufeff${client.keyPem}${client.pem}`, "utf16le"));
    const { clientCertificate } = resolve({ clientCertificate: both, clientKey: both });
    expect(clientCertificate).toMatchObject({ chainPem: client.pem, keyPem: client.keyPem });
  });

  test("may be what OpenSSL writes with its own labels", () => {
    const trusted = openssl("x509", "-in", "client.pem", "-trustout", "-addtrust", "clientAuth");
    expect(trusted).toContain("TRUSTED CERTIFICATE");
    const clientKey = openssl("ecparam", "-name", "prime256v1") + openssl("ec", "-in", "client.key");
    expect(clientKey).toMatch(/EC PARAMETERS[^]+EC PRIVATE KEY/);
    const { clientCertificate } = resolve({ clientCertificate: trusted, clientKey });
    expect(clientCertificate?.chainPem).toBe(client.pem);
  });
});

/** Encrypts the client's key. */
function encrypted(form: "pkcs8" | "traditional", cipher: readonly string[]): string {
  const providers = ["-provider", "legacy", "-provider", "default"];
  return form === "pkcs8"
    ? openssl("pkcs8", "-topk8", "-in", "client.key", ...cipher, "-passout", "pass:right", ...providers)
    : openssl("ec", "-in", "client.key", ...cipher, "-passout", "pass:right", ...providers);
}

describe("an encrypted key", () => {
  test.each([
    ["pkcs8", ["-v2", "aes-256-cbc"]],
    ["pkcs8", ["-v1", "PBE-SHA1-3DES"]],
    ["traditional", ["-aes256"]],
    ["traditional", ["-des3"]],
  ] as const)(
    "(%s, %j) is decrypted, in every form with spaces, and only a wrong passphrase is blamed",
    (form, cipher) => {
      const key = encrypted(form, cipher);
      const { "on one line without spaces": _, ...forms } = PEM_FORMS;
      for (const apply of Object.values(forms)) {
        const given = { clientCertificate: client.pem, clientKey: apply(key) };
        expect(resolve({ ...given, clientKeyPassphrase: "right" }).clientCertificate?.keyPem).toBe(key);
        expect(refusal(() => resolve({ ...given, clientKeyPassphrase: "wrong" }))).toMatch(
          /^openai-certificates:clientKey \(OPENAI_MTLS_KEY\) cannot be decrypted with openai-certificates:clientKeyPassphrase/,
        );
      }
    },
  );

  test.each([
    ["pkcs8", ["-v1", "PBE-MD5-DES"]],
    ["pkcs8", ["-v1", "PBE-SHA1-RC2-40"]],
    ["pkcs8", ["-v2", "rc2-cbc"]],
    ["traditional", ["-des"]],
  ] as const)("(%s, %j) needs the legacy provider, and no passphrase is blamed", (form, cipher) => {
    const given = { clientCertificate: client.pem, clientKey: encrypted(form, cipher) };
    for (const clientKeyPassphrase of ["right", "wrong"]) {
      expect(refusal(() => resolve({ ...given, clientKeyPassphrase }))).toMatch(
        /^\S+ \(OPENAI_MTLS_KEY\) is encrypted with an old cipher.+`openssl pkcs8 .+NODE_OPTIONS=--openssl-legacy-provider\.$/,
      );
    }
  });

  test("is encrypted again by the command of the message", () => {
    file("old.key", encrypted("pkcs8", ["-v1", "PBE-MD5-DES"]));
    const message = refusal(() =>
      resolve({
        clientCertificate: client.pem,
        clientKey: join(folder, "old.key"),
        clientKeyPassphrase: "right",
      }),
    );
    const [, command = ""] = /`openssl ([^`]+)`/.exec(message) ?? [];
    const clientKey = openssl(
      ...command.split(" "),
      "-in",
      "old.key",
      "-passin",
      "pass:right",
      "-passout",
      "pass:right",
    );
    expect(
      resolve({ clientCertificate: client.pem, clientKey, clientKeyPassphrase: "right" }),
    ).toHaveProperty("clientCertificate");
  });
});

describe("a refusal names what was given:", () => {
  const small = (): { clientCertificate: string; clientKey: string } => {
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:1024",
      "-nodes",
      "-keyout",
      "small.key",
      "-out",
      "small.pem",
      "-subj",
      "/CN=s",
    );
    return {
      clientCertificate: join(folder, "small.pem"),
      clientKey: readFileSync(join(folder, "small.key"), "utf8"),
    };
  };
  const base64 = (): string => client.keyPem.split("\n").slice(1, -2).join("\n");

  test.each<[string, () => Record<string, string>, string]>([
    ["an RSA key of 1024 bits", small, "its key is too small. Issue it for an RSA key of at least 2048 bits"],
    [
      "base64 without BEGIN and END",
      () => ({ clientKey: base64() }),
      `${KEY} is base64 without the lines -----BEGIN`,
    ],
    [
      "the same on one line",
      () => ({ clientKey: base64().replaceAll("\n", "") }),
      `${KEY} is base64 without`,
    ],
    [
      "text of several lines",
      () => ({ clientKey: "a\nb" }),
      `${KEY} is a text of several lines that is not PEM`,
    ],
    [
      "a file in DER",
      () => ({ clientCertificate: file("client.der", new X509Certificate(client.pem).raw) }),
      `${CERTIFICATE} is a file in binary format (DER or PKCS #12). Convert it`,
    ],
    [
      "a key of OpenSSH",
      () => ({ clientKey: `-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----` }),
      `${KEY} is a private key in OpenSSH's own format`,
    ],
    ["two keys", () => ({ clientKey: client.keyPem + client.keyPem }), `${KEY} contains 2 private keys`],
    [
      "a public key",
      () => ({
        clientKey: generateKeyPairSync("ed25519")
          .publicKey.export({ type: "spki", format: "pem" })
          .toString(),
      }),
      `${KEY} contains no private key in PEM format, only PUBLIC KEY`,
    ],
    [
      "a key that was cut",
      () => ({ clientKey: "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----" }),
      `${KEY} contains a private key that cannot be parsed: it was cut or changed`,
    ],
  ])("%s", (_, given, why) => {
    const message = refusal(() =>
      resolve({ clientCertificate: client.pem, clientKey: client.keyPem, ...given() }),
    );
    expect(message).toContain(why);
    expect(message).not.toMatch(/passphrase/i);
    for (const line of client.keyPem.split("\n").slice(1, -2)) expect(message).not.toContain(line);
  });
});
