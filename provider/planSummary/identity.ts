import { X509Certificate } from "node:crypto";
import { formatDistinguishedName } from "../shared/format";

/** Which CA certificate it is: two certificates with one name differ in these. */
export interface Identity {
  /** "CN=Batch CA, O=Acme". */
  readonly subject: string;
  readonly issuer: string;
  /** In hexadecimal digits with colons. */
  readonly sha256: string;
}

/** A certificate as far as its PEM text describes it. Times are Unix seconds. */
export interface DescribedCertificate {
  readonly identity: Identity;
  readonly validAt: number;
  readonly expiresAt: number;
}

/** @returns undefined when the text is not a certificate. */
export function describeCertificate(pem: string): DescribedCertificate | undefined {
  try {
    const { subject, issuer, fingerprint256, validFromDate, validToDate } = new X509Certificate(pem);
    return {
      identity: {
        subject: formatDistinguishedName(subject),
        issuer: formatDistinguishedName(issuer),
        sha256: fingerprint256,
      },
      validAt: validFromDate.getTime() / 1000,
      expiresAt: validToDate.getTime() / 1000,
    };
  } catch {
    return undefined;
  }
}
