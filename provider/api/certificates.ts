import type { Client, RequestContext } from "./client";
import { ApiError, type RequestLine } from "./errors/apiError";
import { MAX_PAGE_SIZE, MAX_PAGES } from "./limits";
import { certificatesPath, ORGANIZATION, pathSegment, type Scope } from "./scope";
import {
  certificatePage,
  certificateWithContent,
  type ListedCertificate,
  parse,
  activationResponse,
} from "./schemas";

/** Activate or deactivate: the same request with the opposite meaning. */
export type ActivationAction = "activate" | "deactivate";

/**
 * Lists the certificates of a scope, all pages.
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
  const found: ListedCertificate[] = [];
  const cursors = new Set<string>();
  let after: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = { limit: MAX_PAGE_SIZE, ...(after !== undefined && { after }) };
    const answer = parse(certificatePage, await client.send({ ...request, query }, context));
    if ("problem" in answer) throw unreadableResponse(request, answer.problem, false);
    found.push(...answer.value.data);
    if (!answer.value.has_more) return found;
    const cursor = answer.value.last_id;
    if (cursor === null || cursors.has(cursor)) {
      throw unreadableResponse(request, "has_more is true, but last_id leads nowhere new", false);
    }
    cursors.add(cursor);
    after = cursor;
  }
  throw unreadableResponse(request, `the list did not end after ${MAX_PAGES} pages`, false);
}

/**
 * Activates or deactivates certificates in a scope, all or none of them.
 * @param ids at most ten.
 * @returns the certificates of the request as the response shows them, all in the requested state.
 * @throws ApiError, also when the response does not confirm that each certificate is in the requested state: then only
 * a list can tell.
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
  } as const;
  const response = await client.send({ ...request, body: { certificate_ids: ids } }, context);
  const parsed = parse(activationResponse, response);
  if ("problem" in parsed) throw unreadableResponse(request, parsed.problem, true);
  const wanted = action === "activate";
  const byId = new Map(parsed.value.data.map((certificate) => [certificate.id, certificate]));
  return ids.map((id) => {
    const certificate = byId.get(id);
    if (!certificate) throw unreadableResponse(request, `${id} is missing in the response`, true);
    if (certificate.active !== wanted) {
      throw unreadableResponse(request, `${id} has active: ${String(certificate.active)}`, true);
    }
    return { ...certificate, active: wanted };
  });
}

/**
 * Reads a certificate's PEM text.
 * @throws ApiError
 */
export async function readContent(client: Client, id: string, context: RequestContext): Promise<string> {
  const request = {
    method: "GET",
    path: `${certificatesPath(ORGANIZATION)}/${pathSegment(id)}`,
    endpoint: "get",
  } as const;
  const query = { "include[]": "content" };
  const answer = parse(certificateWithContent, await client.send({ ...request, query }, context));
  if ("problem" in answer) throw unreadableResponse(request, answer.problem, false);
  return answer.value.certificate_details.content;
}

/** The error of a response that cannot be read, or does not confirm what was requested. */
export function unreadableResponse(
  { method, path }: RequestLine,
  problem: string,
  mayHaveActed: boolean,
): ApiError {
  const reason = `the response is not as documented: ${problem}`;
  return new ApiError({ kind: "unreadable", request: { method, path }, reason, mayHaveActed });
}
