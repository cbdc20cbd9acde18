import { X509Certificate } from "node:crypto";
import { readContent, listCertificates } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import { sanitize } from "../shared/sanitize";
import { ORGANIZATION, type Scope } from "../api/scope";
import type { ListedCertificate } from "../api/schemas";
import { requestContexts } from "../session/operation";
import { UserError } from "../shared/userError";
import { sessionOf } from "../session/session";

/** What one certificate is looked up by: exactly one of these. */
export type Query = { readonly id: string } | { readonly name: string } | { readonly fingerprint: string };

/** A certificate of the organization, with its PEM text if that was asked for or had to be read. */
export type FoundCertificate = ListedCertificate & { readonly content?: string };

/** Lists the certificates of a scope, with one call for each hundred. @throws ConnectionError, ApiError */
export function lookUpAll(scope: Scope, connection: string): Promise<readonly ListedCertificate[]> {
  const session = sessionOf(connection);
  return listCertificates(session.client, scope, requestContexts(session, "look-up")("list"));
}

/**
 * Finds one certificate of the organization, with one list; the text of each one costs a call more.
 * @param withContent whether its PEM text is wanted, too.
 * @throws ExplainedError when there is none, or more than one of that name.
 */
export async function lookUpOne(
  wanted: Query,
  withContent: boolean,
  connection: string,
): Promise<FoundCertificate> {
  const session = sessionOf(connection);
  const context = requestContexts(session, "look-up");
  const read = (id: string): Promise<string> => readContent(session.client, id, context(`read ${id}`));
  const listed = await listCertificates(session.client, ORGANIZATION, context("list"));
  if ("fingerprint" in wanted) return findByFingerprint(wanted.fingerprint, listed, read);
  const found = only(wanted, listed.filter(matching(wanted)));
  return withContent ? { ...found, content: await read(found.id) } : found;
}

function matching(wanted: { readonly id: string } | { readonly name: string }) {
  return ({ id, name }: ListedCertificate): boolean =>
    "id" in wanted ? id === wanted.id : name === wanted.name;
}

function only(wanted: Query, found: readonly ListedCertificate[]): ListedCertificate {
  const [first, ...others] = found;
  if (!first) throw notFound(wanted);
  if (others.length === 0) return first;
  const ids = found
    .map(({ id }) => id)
    .sort()
    .join(", ");
  throw new UserError(
    `${found.length} certificates have ${describeQuery(wanted)}: ${ids}; look one up by its id`,
  );
}

async function findByFingerprint(
  fingerprint: string,
  listed: readonly ListedCertificate[],
  read: (id: string) => Promise<string>,
): Promise<FoundCertificate> {
  const wanted = hex(fingerprint);
  const unreadable: string[] = [];
  for (const certificate of listed) {
    const content = await readIfValid(certificate.id, read);
    if (content === undefined) unreadable.push(certificate.id);
    else if (hex(content.fingerprint) === wanted) return { ...certificate, content: content.pem };
  }
  throw notFound({ fingerprint }, unreadable);
}

interface Content {
  readonly pem: string;
  readonly fingerprint: string;
}

/** @returns undefined when this certificate alone cannot be read: it makes no sense, or was just deleted. */
async function readIfValid(id: string, read: (id: string) => Promise<string>): Promise<Content | undefined> {
  try {
    return parseContent(await read(id));
  } catch (error) {
    if (error instanceof ApiError && isOfOneCertificate(error)) return undefined;
    throw error;
  }
}

function isOfOneCertificate({ failure }: ApiError): boolean {
  return failure.kind === "unreadable" || failure.code === "certificate_not_found";
}

/** @returns undefined when the text is not a certificate. */
function parseContent(pem: string): Content | undefined {
  try {
    return { pem, fingerprint: new X509Certificate(pem).fingerprint256 };
  } catch {
    return undefined;
  }
}

/** @param unreadable ids of certificates that could not be compared. */
function notFound(wanted: Query, unreadable: readonly string[] = []): UserError {
  const skipped =
    unreadable.length === 0 ? "" : ` Skipped, because they could not be read: ${unreadable.join(", ")}.`;
  return new UserError(
    `no certificate of the organization has ${describeQuery(wanted)}; ` +
      `it was never uploaded there, or was deleted. getCertificates() lists all.${skipped}`,
  );
}

function describeQuery(wanted: Query): string {
  if ("id" in wanted) return `the id ${sanitize(wanted.id)}`;
  return "name" in wanted
    ? `the name ${JSON.stringify(sanitize(wanted.name))}`
    : `the SHA-256 fingerprint ${sanitize(wanted.fingerprint)}`;
}

/** A fingerprint without what tells its spellings apart. */
function hex(fingerprint: string): string {
  return fingerprint.replaceAll(":", "").toLowerCase();
}
