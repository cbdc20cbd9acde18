import { ApiError } from "../api/errors/apiError";
import { MAX_CERTIFICATES } from "../api/limits";
import type { ListedCertificate } from "../api/listedCertificate";
import type { UploadedCertificate } from "../api/uploads";
import { formatCertificate } from "../shared/format";
import { UserError } from "../shared/userError";
import type { UploadApi } from "./certificateApi";
import { reportUnusedCopies } from "./reportUnusedCopies";
import { isContentOf, mayBeUnusedCopy } from "./sameCertificate";
import type { Upload } from "./sameCertificate";
import { formatSubject } from "./validateCaCertificate";

const NEXT_UP =
  "The next `pulumi up` uploads a new one, and reports the id of one that this update has left behind.";

/**
 * Uploads a certificate as a new one of its own. When the response is lost, the upload is looked for among the
 * certificates that did not exist before, so that it is not repeated if the API has acted. No certificate from before
 * the operation is ever adopted: it may belong to another stack, or be active in a project.
 * @param now milliseconds since 1970.
 * @throws Error when the API rejects the upload, or when it cannot be determined which certificate was uploaded.
 */
export async function uploadWithRecovery(
  api: UploadApi,
  upload: Upload,
  now: number,
): Promise<UploadedCertificate> {
  const listed = await api.list();
  if (listed.length >= MAX_CERTIFICATES) api.warn(fullWarning(listed));
  await reportUnusedCopies(api, upload, listed, now / 1000);

  const before = new Set(listed.map(({ id }) => id));
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await api.upload(upload.caCertificate.pem, upload.name);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.failure.mayHaveActed) throw error;
      const hasTime = await api.pause(attempts, error);
      const found = await recover(api, upload, before, error);
      if (found) return found;
      if (!hasTime) {
        throw new UserError(
          `${error.message}\nThe list does not show it, but it may be left if the API acts late. ${NEXT_UP}`,
        );
      }
      api.warn(repeatedWarning(upload));
    }
  }
}

/** @returns the lost upload, undefined when there is none. @throws Error when that cannot be determined. */
async function recover(
  api: UploadApi,
  upload: Upload,
  before: ReadonlySet<string>,
  lost: ApiError,
): Promise<UploadedCertificate | undefined> {
  let found: readonly ListedCertificate[];
  try {
    found = await findLostUploads(api, upload, before);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      [
        `it is not known whether ${formatSubject(upload.caCertificate)} was uploaded; it may be left in the organization.`,
        lost.message,
        `Looking for it failed, too: ${why}`,
        NEXT_UP,
      ].join("\n"),
    );
  }
  if (found.length > 1) throw new UserError(ambiguous(upload, found, lost));
  return found[0];
}

/**
 * Finds the certificates of uploads whose response was lost: they did not exist before the operation, have the content and
 * name of the upload, and are not active, since only the lost response named their id.
 * @param before ids of all certificates that existed before the first attempt.
 */
async function findLostUploads(
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

/** Another stack may have uploaded the same certificate in the same seconds, and nothing distinguishes the two apart. */
function ambiguous({ caCertificate }: Upload, found: readonly ListedCertificate[], lost: ApiError): string {
  return [
    `${found.length} certificates of ${formatSubject(caCertificate)} were uploaded during this operation, and it is not known ` +
      `which of them is this resource's: ${found.map(formatCertificate).join(", ")}.`,
    lost.message,
    "Delete those that no other stack owns. The next `pulumi up` uploads a new one.",
  ].join("\n");
}

function repeatedWarning({ caCertificate }: Upload): string {
  return (
    `the response to the upload of ${formatSubject(caCertificate)} was lost and the list does not show the ` +
    "certificate, so it is uploaded again. If the API completes the first upload later, a second certificate with " +
    "the same content appears: delete the one whose id is not in the stack's state."
  );
}

function fullWarning(listed: readonly ListedCertificate[]): string {
  const inactive = listed.filter(({ active }) => !active);
  const unused =
    inactive.length === 0
      ? ""
      : ` Not active in the organization, but possibly in a project: ${inactive.map(formatCertificate).sort().join(", ")}.`;
  return (
    `the organization holds ${listed.length} certificates, and the documented limit is ${MAX_CERTIFICATES}, so ` +
    "the API may refuse another one. In that case, delete one that is used nowhere. (A replacement needs room for both " +
    `certificates, unless deleteBeforeReplace is set and the old one is not active.)${unused}`
  );
}
