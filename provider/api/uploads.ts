import { wait } from "../shared/cancellation";
import { backoffMs } from "./backoff";
import type { Client, RequestContext } from "./client";
import type { ApiError, ApiFailure, RequestLine } from "./errors/apiError";
import { FEW_ATTEMPTS } from "./limits";
import type { CertificateInfo as UploadedCertificate } from "./listedCertificate";
import { certificate, deleteResponse } from "./schemas";
import { certificatesPath, ORGANIZATION, pathSegment } from "./scope";
import { sendAndParse, unreadableResponse } from "./sendAndParse";

export type { CertificateInfo as UploadedCertificate } from "./listedCertificate";

const COLLECTION = certificatesPath(ORGANIZATION);

/**
 * Uploads a certificate, once. When the response is lost, the caller has to find out whether it was uploaded.
 * @throws ApiError
 */
export function uploadCertificate(
  client: Client,
  pem: string,
  name: string | undefined,
  context: RequestContext,
): Promise<UploadedCertificate> {
  const body = { certificate: pem, ...(name !== undefined && { name }) };
  const request = {
    method: "POST",
    path: COLLECTION,
    endpoint: "upload",
    body,
    isIdempotent: false,
  } as const;
  return sendAndParse(client, request, certificate, context);
}

/**
 * Renames a certificate.
 * @returns the certificate with its new name, also when the response leaves the name out.
 * @throws ApiError, also when the response has another id, or another name other than by white space at its ends.
 */
export async function renameCertificate(
  client: Client,
  id: string,
  name: string,
  context: RequestContext,
): Promise<UploadedCertificate> {
  const request = { method: "POST", path: pathOf(id), endpoint: "rename", body: { name } } as const;
  const renamed = await sendAndParse(client, request, certificate, context);
  if (renamed.id !== id) throw wrongId(request, id);
  if (renamed.name !== null && renamed.name.trim() !== name.trim())
    throw unreadableResponse(request, "its name differs from the requested one");

  return { ...renamed, name };
}

/**
 * Deletes a certificate that is active nowhere.
 * @throws ApiError, also when no certificate has this id, and when the response does not confirm that it was deleted:
 * then only a list shows what the API did.
 */
export async function deleteCertificate(client: Client, id: string, context: RequestContext): Promise<void> {
  const request = { method: "DELETE", path: pathOf(id), endpoint: "delete" } as const;
  const response = await sendAndParse(client, request, deleteResponse, context);
  const isConfirmed = response.deleted ?? response.object === "certificate.deleted";
  if (!isConfirmed) throw unreadableResponse(request, "it does not confirm the deletion");
  if ((response.id ?? id) !== id) throw wrongId(request, id);
}

/**
 * Waits before a lost upload is retried.
 * @param attempts the number of attempts so far, at least 1.
 * @param lost why the last one has no response.
 * @returns false, without waiting, when the retry budget does not allow another attempt, and when the wait is canceled.
 */
export async function waitBeforeNewUpload(
  { budget, onWait, signal }: RequestContext,
  attempts: number,
  { reason, status = 0 }: ApiFailure,
): Promise<boolean> {
  const isFinal = status >= 400 && status < 500 && attempts >= FEW_ATTEMPTS;
  const milliseconds = backoffMs({ rateLimited: false, retryAfterMs: 0 }, attempts);
  if (isFinal || !budget.spend(milliseconds)) return false;
  onWait(reason, milliseconds);
  return wait(milliseconds, signal);
}

function wrongId(request: RequestLine, id: string): ApiError {
  return unreadableResponse(request, `it is for a different certificate than ${id}`);
}

function pathOf(id: string): string {
  return `${COLLECTION}/${pathSegment(id)}`;
}
