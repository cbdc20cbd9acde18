import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** A key that copies of certificates have in place of their own. It protects nothing and never leaves the process. */
export interface OwnKey {
  readonly privateKey: KeyObject;
  readonly privatePem: string;
  /** As a certificate contains it. */
  readonly publicDer: Buffer;
}

const keys: OwnKey[] = [];

/** The own key of a number. Two certificates with different keys get two of them, as OpenSSL would notice a wrong issuer. */
export function ownKey(index: number): OwnKey {
  return (keys[index] ??= generateOwnKey());
}

/** P-256, because its keys are generated and used in a fraction of a millisecond. */
function generateOwnKey(): OwnKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    privateKey,
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicDer: publicKey.export({ type: "spki", format: "der" }),
  };
}
