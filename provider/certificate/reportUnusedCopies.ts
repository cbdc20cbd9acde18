import type { ListedCertificate } from "../api/listedCertificate";
import { formatAge, formatCertificate } from "../shared/format";
import type { UploadApi } from "./certificateApi";
import { isContentOf, mayBeUnusedCopy } from "./sameCertificate";
import type { Upload } from "./sameCertificate";

/** Contents that are read for the report. Each costs a call, and this report must not make an upload expensive. */
const MAX_READS = 2;

/**
 * Reports certificates of the same content that are not active in the organization, such as one that an interrupted
 * update has left. They may belong to another stack, or be active in a project, so none is adopted.
 * @param listed the organization's certificates before the upload.
 * @param now Unix seconds.
 */
export async function reportUnusedCopies(
  api: UploadApi,
  upload: Upload,
  listed: readonly ListedCertificate[],
  now: number,
): Promise<void> {
  const candidates = listed
    .filter((certificate) => mayBeUnusedCopy(upload, certificate))
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  const uncompared = candidates.slice(MAX_READS);
  for (const candidate of candidates.slice(0, MAX_READS)) {
    const pem = await api.contentIfAvailable(candidate.id);
    if (pem === undefined) uncompared.push(candidate);
    else if (isContentOf(upload.caCertificate, pem)) api.warn(copyReport(candidate, now));
  }
  if (uncompared.length > 0) api.warn(uncomparedReport(uncompared, now));
}

const REMEDY =
  "If an interrupted update left it behind, delete it in the dashboard, or use its id in certificateIds in place of " +
  "this Certificate resource. First make sure that no other resource or stack owns it and that no project uses it.";

function copyReport(certificate: ListedCertificate, now: number): string {
  return (
    `${described(certificate, now)}, has the same content and is not active in the organization. ` +
    `It is not adopted, because it may belong to another stack: a new one is uploaded. ${REMEDY}`
  );
}

function uncomparedReport(certificates: readonly ListedCertificate[], now: number): string {
  const list = certificates.map((certificate) => described(certificate, now)).join("; ");
  return (
    "these have the same name and validity and are not active in the organization; their content was not " +
    `compared: ${list}. None is adopted, and a new one is uploaded. For each with the same content: ${REMEDY}`
  );
}

function described(certificate: ListedCertificate, now: number): string {
  const { createdAt } = certificate;
  const uploaded = createdAt === undefined ? "at an unknown time" : formatAge(createdAt, now);
  return `${formatCertificate(certificate)}, uploaded ${uploaded}`;
}
