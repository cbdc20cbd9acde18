import type { X509Certificate } from "node:crypto";
import { elementsOf, unreadable } from "./der";

/** What a certificate consists of, each field as it is encoded. Source: RFC 5280, section 4.1. */
export interface CertificateFields {
  /** The version and the serial number; the version is absent in the oldest ones. */
  readonly head: readonly Buffer[];
  readonly signatureAlgorithm: Buffer;
  readonly issuer: Buffer;
  readonly validity: Buffer;
  readonly subject: Buffer;
  readonly publicKey: Buffer;
  /** Unique identifiers and extensions. */
  readonly tail: readonly Buffer[];
}

/** The tag of the version: `[0]`. */
const VERSION_TAG = 0xa0;

/** @throws Error when the certificate is not as RFC 5280 describes it. */
export function fieldsOf({ raw }: X509Certificate): CertificateFields {
  const [content = Buffer.alloc(0)] = elementsOf(raw);
  const elements = elementsOf(content);
  const headLength = elements[0]?.[0] === VERSION_TAG ? 2 : 1;
  const [signatureAlgorithm, issuer, validity, subject, publicKey, ...tail] = elements.slice(headLength);
  if (!signatureAlgorithm || !issuer || !validity || !subject || !publicKey) throw unreadable();
  const head = elements.slice(0, headLength);
  return { head, signatureAlgorithm, issuer, validity, subject, publicKey, tail };
}
