import type { Client, RequestContext } from "./client";
import { MAX_PAGE_SIZE, MAX_PAGES } from "./limits";
import type { CertificateInfo, ListedCertificate } from "./listedCertificate";
import { activationResponse, certificatePage, certificateWithContent } from "./schemas";
import { certificatesPath, ORGANIZATION, pathSegment } from "./scope";
import type { Scope } from "./scope";
import { sendAndParse, unreadableResponse } from "./sendAndParse";

/** Activate or deactivate: the two requests differ only in their path. */
export type ActivationAction = "activate" | "deactivate";

/**
 * Lists the certificates of a scope, all pages, each certificate once.
 * @throws ApiError, also when a page's cursor repeats or the list does not end.
 */
export async function listCertificates(
  client: Client,
  scope: Scope,
  context: RequestContext,
): Promise<readonly ListedCertificate[]> {
  const request = {
    method: "GET",
    path: certificatesPath(scope),
    endpoint: `list ${scope.kind}`,
  } as const;
  // Pages overlap when something is uploaded or deleted meanwhile. The later response is the newer one.
  const found = new Map<string, ListedCertificate>();
  const cursors = new Set<string>();
  let after: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = { limit: MAX_PAGE_SIZE, ...(after !== undefined && { after }) };
    const response = await sendAndParse(client, { ...request, query }, certificatePage, context);
    for (const certificate of response.data) found.set(certificate.id, certificate);
    if (!response.has_more) return [...found.values()];
    const cursor = response.last_id;
    if (cursor === null || cursors.has(cursor))
      throw unreadableResponse(request, "has_more is true, but last_id leads nowhere new");

    cursors.add(cursor);
    after = cursor;
  }
  throw unreadableResponse(request, `the list did not end after ${MAX_PAGES} pages`);
}

/**
 * Activates or deactivates certificates in a scope, all or none of them.
 * @param ids at most ten.
 * @returns the certificates of the request as the response shows them, all in the requested state.
 * @throws ApiError, also when the response does not confirm that each certificate is in the requested state: then only
 * a list shows what the API did.
 */
export async function changeActivation(
  client: Client,
  scope: Scope,
  action: ActivationAction,
  ids: readonly string[],
  context: RequestContext,
): Promise<readonly ListedCertificate[]> {
  const request = {
    method: "POST",
    path: `${certificatesPath(scope)}/${action}`,
    endpoint: `${action} ${scope.kind}`,
    body: { certificate_ids: ids },
  } as const;
  const response = await sendAndParse(client, request, activationResponse, context);
  const active = action === "activate";
  const byId = new Map(response.data.map((certificate) => [certificate.id, certificate]));
  return ids.map((id) => {
    const certificate = byId.get(id);
    if (!certificate) throw unreadableResponse(request, `${id} is missing in the response`);
    if (certificate.active !== active)
      throw unreadableResponse(request, `${id} has active: ${String(certificate.active)}`);

    return { ...certificate, active };
  });
}

/** A certificate with its PEM text. */
export type CertificateWithContent = CertificateInfo & { readonly content: string };

/** Reads a certificate with its PEM text, in one call. @throws ApiError */
export function getWithContent(
  client: Client,
  id: string,
  context: RequestContext,
): Promise<CertificateWithContent> {
  const request = {
    method: "GET",
    path: `${certificatesPath(ORGANIZATION)}/${pathSegment(id)}`,
    endpoint: "get",
    query: { "include[]": "content" },
  } as const;
  return sendAndParse(client, request, certificateWithContent, context);
}

/** Reads a certificate's PEM text. @throws ApiError */
export async function readContent(client: Client, id: string, context: RequestContext): Promise<string> {
  return (await getWithContent(client, id, context)).content;
}
