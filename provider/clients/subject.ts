import type { X509Certificate } from "node:crypto";
import { formatDistinguishedName } from "../shared/format";
import { sanitize } from "../shared/sanitize";

/** The subject of a certificate as messages call it, on one line. */
export function subjectOf({ subject, fingerprint256 }: X509Certificate): string {
  return printable(subject) || `a nameless subject (${fingerprint256})`;
}

/** The issuer of a certificate as messages call it, on one line. */
export function issuerOf({ issuer }: X509Certificate): string {
  return printable(issuer) || "a nameless issuer";
}

/** @param name undefined, contrary to its type, when the certificate has no such name. */
function printable(name: string | undefined): string {
  return sanitize(formatDistinguishedName(name));
}
