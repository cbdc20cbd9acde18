import { webcrypto } from "node:crypto";

/** A kind of key, with the digest of the signatures that are made with it if it is not SHA-256. */
export type KeyKind = keyof typeof KINDS;

const EXPONENT = new Uint8Array([1, 0, 1]);

const ecdsa = (namedCurve: string, hash = "SHA-256") => ({ name: "ECDSA", namedCurve, hash });
const rsa = (modulusLength: number, hash = "SHA-256", name = "RSASSA-PKCS1-v1_5") => ({
  ...{ name, modulusLength, hash, publicExponent: EXPONENT },
  ...(name === "RSA-PSS" && { saltLength: 32 }),
});

const KINDS = {
  "P-256": ecdsa("P-256"),
  "P-384": ecdsa("P-384", "SHA-384"),
  "P-521": ecdsa("P-521", "SHA-512"),
  "P-256 with SHA-1": ecdsa("P-256", "SHA-1"),
  RSA: rsa(2048),
  "RSA of 1024 bits": rsa(1024),
  "RSA with SHA-1": rsa(2048, "SHA-1"),
  "RSA-PSS": rsa(2048, "SHA-256", "RSA-PSS"),
  "RSA-PSS with SHA-1": rsa(2048, "SHA-1", "RSA-PSS"),
  Ed25519: { name: "Ed25519" },
} as const;

export const KEY_KINDS = Object.keys(KINDS) as readonly KeyKind[];

/** Whether servers reject the keys, or the signatures that are made with them. */
export const isWeakKey = (kind: KeyKind): boolean => kind === "RSA of 1024 bits";
export const isWeakSignature = (kind: KeyKind): boolean => kind.endsWith("SHA-1");

export const newKeys = async (kind: KeyKind = "P-256"): Promise<webcrypto.CryptoKeyPair> =>
  (await webcrypto.subtle.generateKey(KINDS[kind], true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;

/** How an issuer with a key of this kind signs. */
export const signingAlgorithm = (kind: KeyKind = "P-256") => KINDS[kind];
