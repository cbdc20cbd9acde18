import "reflect-metadata";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from "@peculiar/x509";

/** The extensions of a certificate that node:crypto does not expose. */
export interface Extensions {
  /** Whether it has the CA flag, and so may issue others. */
  readonly isCa: boolean;
  /** Whether its key usage has Certificate Sign. */
  readonly signsCertificates: boolean;
  /** Whether its key usage has CRL Sign. */
  readonly signsRevocations: boolean;
  readonly hasSubjectKeyIdentifier: boolean;
  readonly hasAuthorityKeyIdentifier: boolean;
}

/** @param der a certificate. @throws Error when an extension cannot be read. */
export function readExtensions(der: Uint8Array<ArrayBuffer>): Extensions {
  const certificate = new X509Certificate(der);
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  const has = (flag: KeyUsageFlags): boolean => (usages & flag) !== 0;
  return {
    isCa: certificate.getExtension(BasicConstraintsExtension)?.ca === true,
    signsCertificates: has(KeyUsageFlags.keyCertSign),
    signsRevocations: has(KeyUsageFlags.cRLSign),
    hasSubjectKeyIdentifier: certificate.getExtension(SubjectKeyIdentifierExtension) !== null,
    hasAuthorityKeyIdentifier: certificate.getExtension(AuthorityKeyIdentifierExtension) !== null,
  };
}
