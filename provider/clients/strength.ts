import type { KeyObject, X509Certificate } from "node:crypto";
import { fromBER, ObjectIdentifier } from "asn1js";
import { elementsOf } from "./der";
import { fieldsOf } from "./fields";

/**
 * Keys and digests are to have 112 bits of strength. Source: OpenSSL, "SSL_CTX_set_security_level": level 2, the default
 * since OpenSSL 3.2. It is the same for each version of Node.js, although some contain an older OpenSSL.
 */

/** The shortest RSA and DSA keys, in bits, to which OpenSSL gives this strength: `ossl_ifc_ffc_compute_security_bits`. */
const MIN_MODULUS_BITS = 1963;

/** The shortest elliptic curve keys, in bits: twice the strength. */
const MIN_CURVE_BITS = 224;

/** The digests of signatures that are strong enough, by object identifiers. */
const STRONG_SIGNATURES: ReadonlySet<string> = new Set([
  ...["11", "12", "13", "14", "15", "16"].map((last) => `1.2.840.113549.1.1.${last}`), // RSA with SHA-2
  ...["1", "2", "3", "4"].map((last) => `1.2.840.10045.4.3.${last}`), // ECDSA with SHA-2
  ...["1", "2", "3", "4"].map((last) => `2.16.840.1.101.3.4.3.${last}`), // DSA with SHA-2
  ...["9", "10", "11", "12", "13", "14", "15", "16"].map((last) => `2.16.840.1.101.3.4.3.${last}`), // with SHA-3
  "1.3.101.112", // Ed25519
  "1.3.101.113", // Ed448
]);

const OBJECT_IDENTIFIER_TAG = 0x06;

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
    if (!isStrong(key)) return describeKey(key);
    return hasExplicitCurve(certificate) ? "EC with explicit parameters" : undefined;
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
function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0, divisorLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  const strong: Readonly<Record<string, boolean>> = {
    rsa: modulusLength >= MIN_MODULUS_BITS,
    "rsa-pss": modulusLength >= MIN_MODULUS_BITS,
    dsa: modulusLength >= MIN_MODULUS_BITS && divisorLength >= MIN_CURVE_BITS,
    // The names of all curves in use contain their size: prime256v1, secp384r1, brainpoolP512r1.
    ec: Number(/\d{3}/.exec(namedCurve)?.[0] ?? 0) >= MIN_CURVE_BITS,
    ed25519: true,
    ed448: true,
  };
  return strong[asymmetricKeyType ?? ""] ?? false;
}

/** Whether a key describes its curve instead of naming it, which OpenSSL rejects since 3.0. */
function hasExplicitCurve(certificate: X509Certificate): boolean {
  if (certificate.publicKey.asymmetricKeyType !== "ec") return false;
  const [algorithm] = elementsOf(fieldsOf(certificate).publicKey);
  const parameters = algorithm && elementsOf(algorithm)[1];
  return parameters?.[0] !== OBJECT_IDENTIFIER_TAG;
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
