import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyPairKeyObjectResult } from "node:crypto";

/** A key that copies of certificates have in place of their own. It protects nothing and never leaves the process. */
export interface OwnKey {
  readonly privatePem: string;
  /** As a certificate contains it. */
  readonly publicDer: Buffer;
  /** The algorithm of its signatures, as a certificate contains it. */
  readonly signatureAlgorithm: Buffer;
  sign(content: Buffer): Buffer;
}

/**
 * Kinds of keys that are generated and used in a fraction of a millisecond, each with its algorithm: RFC 5758, section 3.2,
 * and RFC 8410, section 3.
 */
const KINDS = {
  ec: {
    generate: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
    signatureAlgorithm: Buffer.from("300a06082a8648ce3d040302", "hex"),
    digest: "sha256",
  },
  ed25519: {
    generate: () => generateKeyPairSync("ed25519"),
    signatureAlgorithm: Buffer.from("300506032b6570", "hex"),
    digest: undefined,
  },
  ed448: {
    generate: () => generateKeyPairSync("ed448"),
    signatureAlgorithm: Buffer.from("300506032b6571", "hex"),
    digest: undefined,
  },
} as const;

type OwnKind = keyof typeof KINDS;

/** Different kinds of keys stay different, because OpenSSL looks for an issuer whose key fits the signature. */
const STAND_INS: Readonly<Record<string, OwnKind>> = {
  rsa: "ed25519",
  "rsa-pss": "ed25519",
  ed25519: "ed448",
};

const keys = new Map<string, OwnKey>();

/**
 * An own key.
 * @param realKind the kind of the key that it stands for, as Node.js calls it.
 * @param number the same for the same key. Different keys have different ones, as OpenSSL would notice a wrong issuer.
 */
export function ownKey(realKind: string | undefined, number: number): OwnKey {
  const kind = STAND_INS[realKind ?? ""] ?? "ec";
  const name = `${kind} ${number}`;
  const key = keys.get(name) ?? generate(kind);
  keys.set(name, key);
  return key;
}

function generate(kind: OwnKind): OwnKey {
  const { generate: generatePair, signatureAlgorithm, digest } = KINDS[kind];
  const { privateKey, publicKey }: KeyPairKeyObjectResult = generatePair();
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicDer: publicKey.export({ type: "spki", format: "der" }),
    signatureAlgorithm,
    sign: (content) => sign(digest, content, privateKey),
  };
}
