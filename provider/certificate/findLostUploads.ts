import type { ListedCertificate } from "../api/listedCertificate";
import type { UploadApi } from "./certificateApi";
import { isContentOf, mayBeUnusedCopy } from "./sameCertificate";
import type { Upload } from "./sameCertificate";

/**
 * Finds what uploads whose response was lost have left: certificates that did not exist before the operation, with the
 * content and name of the upload, and not active, since only the lost response named their id.
 * @param before ids of all certificates that existed before the first attempt.
 */
export async function findLostUploads(
  api: UploadApi,
  upload: Upload,
  before: ReadonlySet<string>,
): Promise<readonly ListedCertificate[]> {
  const listed = await api.list();
  const found: ListedCertificate[] = [];
  for (const certificate of listed) {
    if (before.has(certificate.id) || !mayBeUnusedCopy(upload, certificate)) continue;
    if (isContentOf(upload.caCertificate, await api.content(certificate.id))) found.push(certificate);
  }
  return found;
}
