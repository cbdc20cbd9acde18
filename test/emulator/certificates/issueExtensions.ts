import type { webcrypto } from "node:crypto";
import "reflect-metadata";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
} from "@peculiar/x509";
import type { ExtendedKeyUsage, Extension } from "@peculiar/x509";

type Keys = webcrypto.CryptoKeyPair;

/** An extension that an authority can be issued without, although the API requires it. */
export type Omission = "crl-sign" | "key-identifiers";

export async function authorityExtensions(
  keys: Keys,
  issuerKeys: Keys,
  without?: Omission,
): Promise<readonly Extension[]> {
  const crlSign = without === "crl-sign" ? 0 : KeyUsageFlags.cRLSign;
  const usages = KeyUsageFlags.keyCertSign | crlSign;
  return [
    new BasicConstraintsExtension(true, undefined, true),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- combined flags are not an enum member
    new KeyUsagesExtension(usages, true),
    ...(without === "key-identifiers" ? [] : await keyIdentifiers(keys, issuerKeys)),
  ];
}

export async function leafExtensions(
  usage: ExtendedKeyUsage,
  keys: Keys,
  issuerKeys: Keys,
): Promise<readonly Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage]),
    ...(await keyIdentifiers(keys, issuerKeys)),
  ];
}

async function keyIdentifiers(keys: Keys, issuerKeys: Keys): Promise<readonly Extension[]> {
  return [
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuerKeys.publicKey),
  ];
}
