import type { ListedCertificate } from "../api/shapes";
import type { UploadedCertificate } from "../api/uploads";
import { type Anchor, parseAnchor } from "./anchor";

/**
 * Age, in seconds, up to which a certificate may be what an earlier attempt has uploaded without hearing of it. An older
 * one that is equal belongs to somebody else.
 */
const RECENT_SECONDS = 24 * 60 * 60;

/** What is to be uploaded. */
export interface Wanted {
  readonly anchor: Anchor;
  readonly name?: string | undefined;
}

/**
 * The certificates of a list that an upload whose answer was lost may have left: of the wanted name and validity,
 * uploaded of late, and not active, since nobody knew the id. Whether one is the wanted certificate, its text tells.
 * @param others ids that are surely something else.
 * @param now Unix seconds.
 */
export function twinCandidates(
  { anchor, name = null }: { readonly anchor: Anchor; readonly name?: string | null | undefined },
  listed: readonly ListedCertificate[],
  others: ReadonlySet<string>,
  now: number,
): readonly ListedCertificate[] {
  return listed.filter(
    (certificate) =>
      !others.has(certificate.id) &&
      !certificate.active &&
      certificate.name === name &&
      now - (certificate.createdAt ?? now) <= RECENT_SECONDS &&
      isIn(certificate.certificateDetails.validAt, anchor.validAt) &&
      isIn(certificate.certificateDetails.expiresAt, anchor.expiresAt),
  );
}

/** Finds, among candidates, the certificate that has the wanted content. */
export async function findTwin(
  { anchor }: Wanted,
  candidates: readonly ListedCertificate[],
  readContent: (id: string) => Promise<string>,
): Promise<UploadedCertificate | undefined> {
  for (const candidate of candidates) {
    const parsed = parseAnchor(await readContent(candidate.id));
    if ("anchor" in parsed && parsed.anchor.pem === anchor.pem) return candidate;
  }
  return undefined;
}

/** The list may leave a time out. */
function isIn(listed: number | undefined, read: number): boolean {
  return listed === undefined || listed === read;
}
