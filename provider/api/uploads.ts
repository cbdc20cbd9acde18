import { setTimeout as sleep } from "node:timers/promises";
import type { GenericSchema, InferOutput } from "valibot";
import { unreadableResponse } from "./certificates";
import type { Client, RequestContext, Request } from "./client";
import { backoffMs } from "./retry";
import { certificatesPath, ORGANIZATION, pathSegment } from "./scope";
import {
  certificate,
  type CertificateInfo as UploadedCertificate,
  certificateWithContent,
  deleteResponse,
  parse,
} from "./schemas";

export type { CertificateInfo as UploadedCertificate } from "./schemas";

const COLLECTION = certificatesPath(ORGANIZATION);

/**
 * Uploads a certificate, once: when the answer is lost, whether it was uploaded has to be looked up.
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
  if (renamed.id !== id)
    throw unreadableResponse(request, `it is about another certificate than ${id}`, true);
  if (renamed.name !== null && renamed.name.trim() !== name.trim()) {
    throw unreadableResponse(request, "it has another name than the request", true);
  }
  return { ...renamed, name };
}

/** Reads a certificate with its PEM text, in one call. @throws ApiError */
export async function getWithContent(
  client: Client,
  id: string,
  context: RequestContext,
): Promise<UploadedCertificate & { readonly content: string }> {
  const query = { "include[]": "content" };
  const request = { method: "GET", path: pathOf(id), endpoint: "get", query } as const;
  const answer = await client.send(request, context);
  const content = parseResponse(request, certificateWithContent, answer).certificate_details.content;
  return { ...parseResponse(request, certificate, answer), content };
}

/**
 * Deletes a certificate that is active nowhere.
 * @throws ApiError, also when there is none of this id, and when the response does not confirm that it was deleted:
 * then only a list can tell.
 */
export async function deleteCertificate(client: Client, id: string, context: RequestContext): Promise<void> {
  const request = { method: "DELETE", path: pathOf(id), endpoint: "delete" } as const;
  const response = await sendAndParse(client, request, deleteResponse, context);
  const isConfirmed = response.deleted ?? response.object === "certificate.deleted";
  if (!isConfirmed) throw unreadableResponse(request, "it does not confirm the deletion", true);
  if ((response.id ?? id) !== id)
    throw unreadableResponse(request, `it is about another certificate than ${id}`, true);
}

/**
 * Waits before an upload is tried again whose answer was lost.
 * @param tries how often it was tried, from 1.
 * @returns false, and waits for nothing, when the errand's time does not allow another try.
 */
export async function waitBeforeNewUpload(
  { budget, onWait }: RequestContext,
  tries: number,
): Promise<boolean> {
  const lost = { retryable: true, mayHaveActed: true, rateLimited: false, retryAfterMs: 0 };
  const milliseconds = backoffMs(lost, tries);
  if (!budget.spend(milliseconds)) return false;
  onWait("no usable answer", milliseconds);
  await sleep(milliseconds);
  return true;
}

function pathOf(id: string): string {
  return `${COLLECTION}/${pathSegment(id)}`;
}

async function sendAndParse<const TSchema extends GenericSchema>(
  client: Client,
  request: Request,
  schema: TSchema,
  context: RequestContext,
): Promise<InferOutput<TSchema>> {
  return parseResponse(request, schema, await client.send(request, context));
}

function parseResponse<const TSchema extends GenericSchema>(
  request: Request,
  schema: TSchema,
  answer: unknown,
): InferOutput<TSchema> {
  const shaped = parse(schema, answer);
  if ("problem" in shaped) throw unreadableResponse(request, shaped.problem, request.method !== "GET");
  return shaped.value;
}
