import { setTimeout as sleep } from "node:timers/promises";
import type { GenericSchema, InferOutput } from "valibot";
import { unreadable } from "./certificates";
import type { Client, Errand, Request } from "./client";
import { waitMs } from "./retry";
import { certificatesPath, ORGANIZATION, pathSegment } from "./scope";
import {
  certificate,
  type CertificateInfo as UploadedCertificate,
  certificateWithContent,
  deleteResponse,
  parseShape,
} from "./shapes";

export type { CertificateInfo as UploadedCertificate } from "./shapes";

const COLLECTION = certificatesPath(ORGANIZATION);

/**
 * Uploads a certificate, once: when the answer is lost, whether it was uploaded has to be looked up.
 * @throws ApiError
 */
export function uploadCertificate(
  client: Client,
  pem: string,
  name: string | undefined,
  errand: Errand,
): Promise<UploadedCertificate> {
  const body = { certificate: pem, ...(name !== undefined && { name }) };
  const request = { method: "POST", path: COLLECTION, endpoint: "upload", body, repeatable: false } as const;
  return ask(client, request, certificate, errand);
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
  errand: Errand,
): Promise<UploadedCertificate> {
  const request = { method: "POST", path: pathOf(id), endpoint: "rename", body: { name } } as const;
  const renamed = await ask(client, request, certificate, errand);
  if (renamed.id !== id) throw unreadable(request, `it is about another certificate than ${id}`, true);
  if (renamed.name !== null && renamed.name.trim() !== name.trim()) {
    throw unreadable(request, "it has another name than the request", true);
  }
  return { ...renamed, name };
}

/** Reads a certificate with its PEM text, in one call. @throws ApiError */
export async function getWithContent(
  client: Client,
  id: string,
  errand: Errand,
): Promise<UploadedCertificate & { readonly content: string }> {
  const query = { "include[]": "content" };
  const request = { method: "GET", path: pathOf(id), endpoint: "get", query } as const;
  const answer = await client.send(request, errand);
  const content = parsed(request, certificateWithContent, answer).certificate_details.content;
  return { ...parsed(request, certificate, answer), content };
}

/**
 * Deletes a certificate that is active nowhere.
 * @throws ApiError, also when there is none of this id, and when the response does not confirm that it was deleted:
 * then only a list can tell.
 */
export async function deleteCertificate(client: Client, id: string, errand: Errand): Promise<void> {
  const request = { method: "DELETE", path: pathOf(id), endpoint: "delete" } as const;
  const response = await ask(client, request, deleteResponse, errand);
  const isConfirmed = response.deleted ?? response.object === "certificate.deleted";
  if (!isConfirmed) throw unreadable(request, "it does not confirm the deletion", true);
  if ((response.id ?? id) !== id)
    throw unreadable(request, `it is about another certificate than ${id}`, true);
}

/**
 * Waits before an upload is tried again whose answer was lost.
 * @param tries how often it was tried, from 1.
 * @returns false, and waits for nothing, when the errand's time does not allow another try.
 */
export async function pauseAfterLoss({ budget, onWait }: Errand, tries: number): Promise<boolean> {
  const lost = { retryable: true, mayHaveActed: true, rateLimited: false, retryAfterMs: 0 };
  const milliseconds = waitMs(lost, tries);
  if (!budget.spend(milliseconds)) return false;
  onWait("no usable answer", milliseconds);
  await sleep(milliseconds);
  return true;
}

function pathOf(id: string): string {
  return `${COLLECTION}/${pathSegment(id)}`;
}

async function ask<const TSchema extends GenericSchema>(
  client: Client,
  request: Request,
  schema: TSchema,
  errand: Errand,
): Promise<InferOutput<TSchema>> {
  return parsed(request, schema, await client.send(request, errand));
}

function parsed<const TSchema extends GenericSchema>(
  request: Request,
  schema: TSchema,
  answer: unknown,
): InferOutput<TSchema> {
  const shaped = parseShape(schema, answer);
  if ("problem" in shaped) throw unreadable(request, shaped.problem, request.method !== "GET");
  return shaped.value;
}
