import type { KeyObject, X509Certificate } from "node:crypto";
import { fromBER, ObjectIdentifier } from "asn1js";
import { elementsOf } from "./der";
import { fieldsOf } from "./fields";

/**
 * Minimum strength, in bits, of keys and digests. Source: OpenSSL, "SSL_CTX_set_security_level": level 2, the default
 * since OpenSSL 3.2. It is the same for each version of Node.js, although some contain an older OpenSSL.
 */
const MIN_SECURITY_BITS = 112;

/** The digests of signatures that are strong enough, by object identifiers. */
const STRONG_SIGNATURES: ReadonlySet<string> = new Set([
  ...["11", "12", "13", "14", "15", "16"].map((last) => `1.2.840.113549.1.1.${last}`), // RSA with SHA-2
  ...["1", "2", "3", "4"].map((last) => `1.2.840.10045.4.3.${last}`), // ECDSA with SHA-2
  ...["1", "2", "3", "4"].map((last) => `2.16.840.1.101.3.4.3.${last}`), // DSA with SHA-2
  ...["9", "10", "11", "12", "13", "14", "15", "16"].map((last) => `2.16.840.1.101.3.4.3.${last}`), // with SHA-3
  "1.3.101.112", // Ed25519
  "1.3.101.113", // Ed448
]);

const RSASSA_PSS = "1.2.840.113549.1.1.10";

/** SHA-2 and SHA-3, as parameters of RSASSA-PSS. */
const STRONG_DIGEST = /^2\.16\.840\.1\.101\.3\.4\.2\.(?:[1-9]|10)$/;

/** The names of weak ones, for messages. */
const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.2": "MD2",
  "1.2.840.113549.1.1.4": "MD5",
  "1.2.840.113549.1.1.5": "SHA-1",
  "1.2.840.10045.4.1": "SHA-1",
  "1.2.840.10040.4.3": "SHA-1",
};

/** What is weak in a path, by its position. */
export interface Weakness {
  readonly index: number;
  readonly kind: "key" | "digest";
  /** What it is: "RSA with 1024 bits", "SHA-1". */
  readonly what: string;
}

/**
 * The first weak key or digest of a path, as OpenSSL's `check_auth_level` looks for it: all keys, and all signatures but
 * the trust anchor's.
 * @param path from the client's certificate to the trust anchor.
 */
export function weaknessOf(path: readonly X509Certificate[]): Weakness | undefined {
  for (const [index, certificate] of path.entries()) {
    const key = weakKey(certificate);
    if (key !== undefined) return { index, kind: "key", what: key };
    const digest = index < path.length - 1 ? weakDigest(certificate) : undefined;
    if (digest !== undefined) return { index, kind: "digest", what: digest };
  }
  return undefined;
}

function weakKey(certificate: X509Certificate): string | undefined {
  try {
    const key = certificate.publicKey;
    return securityBits(key) < MIN_SECURITY_BITS ? describeKey(key) : undefined;
  } catch {
    return "a key of an unknown kind";
  }
}

function describeKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  const kind = (asymmetricKeyType ?? "unknown").toUpperCase();
  if (modulusLength !== undefined) return `${kind} with ${modulusLength} bits`;
  return namedCurve === undefined ? `${kind} without a named curve` : `${kind} ${namedCurve}`;
}

/** Source: OpenSSL, `EVP_PKEY_get_security_bits`. */
function securityBits({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): number {
  const { modulusLength = 0, divisorLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  const bits: Readonly<Record<string, number>> = {
    rsa: bitsOfModulus(modulusLength),
    "rsa-pss": bitsOfModulus(modulusLength),
    dsa: Math.min(bitsOfModulus(modulusLength), Math.floor(divisorLength / 2)),
    // The names of all curves in use contain their size: prime256v1, secp384r1, brainpoolP512r1.
    ec: Math.floor(Number(/\d{3}/.exec(namedCurve)?.[0] ?? 0) / 2),
    ed25519: 128,
    ed448: 224,
  };
  return bits[asymmetricKeyType ?? ""] ?? 0;
}

/** Source: OpenSSL, `ossl_ifc_ffc_compute_security_bits`, after SP 800-56B rev 2, appendix D: rounded to a multiple of 8. */
function bitsOfModulus(length: number): number {
  if (length < 8) return 0;
  const x = length * Math.LN2;
  const bits = (1.923 * Math.cbrt(x * Math.log(x) ** 2) - 4.69) / Math.LN2;
  return Math.floor((Math.floor(bits) + 4) / 8) * 8;
}

/** @returns the digest of a certificate's signature if it is weak or unknown. */
function weakDigest(certificate: X509Certificate): string | undefined {
  const [identifier, parameters] = elementsOf(fieldsOf(certificate).signatureAlgorithm);
  const algorithm = textOf(identifier);
  if (STRONG_SIGNATURES.has(algorithm)) return undefined;
  if (algorithm !== RSASSA_PSS) return WEAK_SIGNATURES[algorithm] ?? `an unknown digest (${algorithm})`;
  const digest = pssDigest(parameters);
  if (digest === undefined) return "SHA-1";
  return STRONG_DIGEST.test(digest) ? undefined : `an unknown digest (${digest})`;
}

/** The digest of RSASSA-PSS; SHA-1 when it is absent. Source: RFC 4055, section 3.1. */
function pssDigest(parameters: Buffer | undefined): string | undefined {
  const first = parameters && elementsOf(parameters)[0];
  if (first?.[0] !== 0xa0) return undefined;
  const [algorithm] = elementsOf(first);
  return textOf(algorithm && elementsOf(algorithm)[0]);
}

function textOf(identifier: Buffer | undefined): string {
  const { result } = fromBER(identifier ?? Buffer.alloc(0));
  return result instanceof ObjectIdentifier ? result.valueBlock.toString() : "none";
}
