import type { ListedCertificate } from "../api/listedCertificate";
import { parseCaCertificate } from "./caCertificate";
import type { CaCertificate } from "./caCertificate";

/** A certificate to upload. */
export interface Upload {
  readonly caCertificate: CaCertificate;
  readonly name?: string | undefined;
}

/**
 * Whether a listed certificate may be an upload of this content that nobody uses: it has the name and the validity, and
 * is not active in the organization. The list does not show its content, nor whether it is active in a project.
 */
export function mayBeUnusedCopy({ caCertificate, name }: Upload, listed: ListedCertificate): boolean {
  const { validAt, expiresAt } = listed.certificateDetails;
  return (
    !listed.active &&
    isSameName(listed.name, name) &&
    (validAt === undefined || validAt === caCertificate.validAt) &&
    (expiresAt === undefined || expiresAt === caCertificate.expiresAt)
  );
}

/** Whether a PEM text holds this certificate, in any layout. */
export function isContentOf(caCertificate: CaCertificate, pem: string): boolean {
  const parsed = parseCaCertificate(pem);
  return "caCertificate" in parsed && parsed.caCertificate.pem === caCertificate.pem;
}

/** Whether two names are the same to an API that may trim them. A missing name equals an empty one. */
export function isSameName(one: string | null | undefined, other: string | null | undefined): boolean {
  return (one ?? "").trim() === (other ?? "").trim();
}
