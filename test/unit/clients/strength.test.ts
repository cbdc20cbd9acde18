import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { weaknessOf } from "../../../provider/clients/strength";
import { issueCa, issueClient } from "../../emulator/certificates/issue";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "strength-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function openssl(...args: readonly string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
}

/** A self-signed certificate. The options of `openssl genpkey` decide its key. */
function certificateWith(options: readonly string[], signing: readonly string[] = []): X509Certificate {
  openssl("genpkey", ...options, "-out", "key.pem");
  openssl(
    "req",
    "-x509",
    "-new",
    "-key",
    "key.pem",
    "-subj",
    "/CN=x",
    "-days",
    "9",
    ...signing,
    "-out",
    "x.pem",
  );
  return new X509Certificate(readFileSync(join(folder, "x.pem")));
}

/** Whether the executable takes the certificate as a trust anchor at security level 2. */
function isStrongForOpenssl(): boolean {
  try {
    openssl("verify", "-auth_level", "2", "-CAfile", "x.pem", "x.pem");
    return true;
  } catch {
    return false;
  }
}

const rsa = (bits: number) => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];
const pss = (bits: number) => ["-algorithm", "RSA-PSS", "-pkeyopt", `rsa_keygen_bits:${bits}`];
const curve = (name: string) => ["-algorithm", "EC", "-pkeyopt", `ec_paramgen_curve:${name}`];
const EXPLICIT = ["-pkeyopt", "ec_param_enc:explicit"];

test.each<[name: string, options: readonly string[], weakness: string | undefined]>([
  ["RSA, 1024 bits", rsa(1024), "RSA with 1024 bits"],
  ["RSA, 1962 bits", rsa(1962), "RSA with 1962 bits"],
  ["RSA, 1963 bits", rsa(1963), undefined],
  ["RSA, 2048 bits", rsa(2048), undefined],
  ["RSA-PSS, 1024 bits", pss(1024), "RSA-PSS with 1024 bits"],
  ["RSA-PSS, 2048 bits", pss(2048), undefined],
  ["P-192", curve("prime192v1"), "EC prime192v1"],
  ["P-224", curve("secp224r1"), undefined],
  ["P-256", curve("P-256"), undefined],
  ["P-521", curve("P-521"), undefined],
  ["brainpoolP256r1", curve("brainpoolP256r1"), undefined],
  ["sect163k1", curve("sect163k1"), "EC sect163k1"],
  ["sect233k1", curve("sect233k1"), undefined],
  ["Ed25519", ["-algorithm", "ED25519"], undefined],
  ["Ed448", ["-algorithm", "ED448"], undefined],
])("a key is judged as OpenSSL judges it: %s", (_name, options, weakness) => {
  const certificate = certificateWith(options);
  expect(weaknessOf([certificate])).toEqual(
    weakness === undefined ? undefined : { index: 0, kind: "key", what: weakness },
  );
  expect(isStrongForOpenssl()).toBe(weakness === undefined);
});

test("a curve that is described instead of named is rejected, as OpenSSL rejects it in each path", () => {
  const ca = certificateWith([...curve("P-256"), ...EXPLICIT]);
  expect(weaknessOf([ca])).toEqual({ index: 0, kind: "key", what: "EC with explicit parameters" });
  openssl("req", "-new", "-key", "key.pem", "-subj", "/CN=client", "-out", "client.csr");
  openssl(
    ...[
      "x509",
      "-req",
      "-in",
      "client.csr",
      "-CA",
      "x.pem",
      "-CAkey",
      "key.pem",
      "-set_serial",
      "2",
      "-days",
      "9",
    ],
    ...["-out", "client.pem"],
  );
  expect(() => {
    openssl("verify", "-partial_chain", "-CAfile", "x.pem", "client.pem");
  }).toThrow("explicit ECC parameters");
});

/** The signature counts only for a certificate that is not the trust anchor. */
const weakDigest = (certificate: X509Certificate, anchor: X509Certificate) =>
  weaknessOf([certificate, anchor])?.what;

test.each([
  ["RSA", rsa(2048)],
  ["P-256", curve("P-256")],
])("the digests of signatures are judged by their names: %s", (_name, options) => {
  const digests = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-256", "sha3-256"];
  // ECDSA has no identifiers for the others.
  const possible = options.includes("EC") ? digests.filter((each) => !/md5|512-256/.test(each)) : digests;
  const weak = possible.flatMap((digest) => {
    const certificate = certificateWith(options, [`-${digest}`]);
    return weakDigest(certificate, certificate) ?? [];
  });
  expect(weak).toEqual(options.includes("EC") ? ["SHA-1"] : ["MD5", "SHA-1"]);
});

test("an unknown algorithm is weak", async () => {
  const { raw } = new X509Certificate((await issueCa()).pem);
  // ecdsa-with-SHA256, with another last byte.
  const unknown = raw
    .toString("latin1")
    .replaceAll("\x2a\x86\x48\xce\x3d\x04\x03\x02", "\x2a\x86\x48\xce\x3d\x04\x03\x7f");
  const certificate = new X509Certificate(Buffer.from(unknown, "latin1"));
  expect(weakDigest(certificate, certificate)).toBe("an unknown digest (1.2.840.10045.4.3.127)");
});

test("the digest of RSASSA-PSS is in its parameters", () => {
  const sigopt = ["-sigopt", "rsa_padding_mode:pss"];
  const strong = certificateWith(rsa(2048), ["-sha256", ...sigopt]);
  expect(weakDigest(strong, strong)).toBeUndefined();
  const sha1 = certificateWith(rsa(2048), ["-sha1", ...sigopt]);
  expect(weakDigest(sha1, sha1)).toBe("SHA-1");
});

test("the first weakness is reported, from the client upwards", async () => {
  const strong = await issueCa();
  const weak = await issueCa({ keyKind: "RSA of 1024 bits" });
  const [client, ca, other] = [(await issueClient(strong)).pem, weak.pem, strong.pem].map(
    (pem) => new X509Certificate(pem),
  ) as [X509Certificate, X509Certificate, X509Certificate];
  expect(weaknessOf([client, other, ca])).toEqual({ index: 2, kind: "key", what: "RSA with 1024 bits" });
  expect(weaknessOf([ca, other])).toMatchObject({ index: 0, kind: "key" });
  expect(weaknessOf([client, other])).toBeUndefined();
});
