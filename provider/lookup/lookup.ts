import { X509Certificate } from "node:crypto";
import { listCertificates, readContent } from "../api/certificates";
import { ApiError } from "../api/errors/apiError";
import type { FoundCertificate, ListedCertificate } from "../api/listedCertificate";
import { ORGANIZATION } from "../api/scope";
import type { Scope } from "../api/scope";
import { requestContexts } from "../session/operation";
import { sessionOf } from "../session/session";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { formatIds } from "../shared/format";
import { unknownArgument } from "../shared/nearestName";
import { sanitize } from "../shared/sanitize";
import { UserError } from "../shared/userError";

/** Which certificates to find. */
export interface ListQuery {
  /** Whether to find only active (true) or only inactive (false) ones. Absent for all. */
  readonly active?: boolean | undefined;
  /** Absent for the organization. */
  readonly projectId?: string | undefined;
}

/** The property by which to find a certificate. */
type Query = { readonly id: string } | { readonly name: string } | { readonly fingerprint: string };

/** Which certificate to find: by exactly one of `id`, `name` and `fingerprint`. */
export interface CertificateQuery {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly fingerprint?: string | undefined;
  /** Whether to return the PEM text. */
  readonly withContent?: boolean | undefined;
}

/** The arguments of the functions of the dynamic provider: the queries, and the namespace of the settings. */
const ARGUMENTS = {
  getCertificates: ["active", "projectId", "connection"],
  getCertificate: ["id", "name", "fingerprint", "withContent", "connection"],
} as const satisfies {
  readonly getCertificates: readonly (keyof ListQuery | "connection")[];
  readonly getCertificate: readonly (keyof CertificateQuery | "connection")[];
};

/** @throws UserError when a program passes an argument that does not exist. */
export function assertArguments(name: keyof typeof ARGUMENTS, args: object): void {
  const known: readonly string[] = ARGUMENTS[name];
  const [unknown] = Object.keys(args).filter((key) => !known.includes(key));
  if (unknown !== undefined) throw new UserError(`${name}: ${unknownArgument(unknown, known)}`);
}

/** @throws UserError unless exactly one of the properties is given. */
function queryOf({ id, name, fingerprint }: CertificateQuery): Query {
  const [query, ...others] = [
    id !== undefined && { id },
    name !== undefined && { name },
    fingerprint !== undefined && { fingerprint },
  ].filter((each) => each !== false);
  if (query && others.length === 0) return query;
  throw new UserError("getCertificate requires exactly one of id, name and fingerprint");
}

/**
 * Finds certificates of the organization or of a project. Makes one API call for each hundred.
 * @throws SettingsError, ApiError
 */
export async function findCertificates(
  { active, projectId }: ListQuery,
  connection = DEFAULT_CONNECTION,
): Promise<ListedCertificate[]> {
  const session = sessionOf(connection);
  const scope: Scope = projectId === undefined ? ORGANIZATION : { kind: "project", projectId };
  const all = await listCertificates(session.client, scope, requestContexts(session, "look-up")("list"));
  return all.filter((certificate) => active === undefined || certificate.active === active);
}

/**
 * Finds one certificate of the organization. Lists the certificates, and makes one more API call for each PEM text.
 * @throws UserError when no certificate or more than one matches, or when not exactly one property is given;
 * SettingsError; ApiError.
 */
export async function findCertificate(
  args: CertificateQuery,
  connection = DEFAULT_CONNECTION,
): Promise<FoundCertificate> {
  const query = queryOf(args);
  const session = sessionOf(connection);
  const context = requestContexts(session, "look-up");
  const read = (id: string): Promise<string> => readContent(session.client, id, context(`read ${id}`));
  const all = await listCertificates(session.client, ORGANIZATION, context("list"));
  if ("fingerprint" in query) return findByFingerprint(query.fingerprint, all, read);
  const found = single(query, all.filter(matches(query)));
  return args.withContent ? { ...found, content: await read(found.id) } : found;
}

function matches(query: { readonly id: string } | { readonly name: string }) {
  return ({ id, name }: ListedCertificate): boolean =>
    "id" in query ? id === query.id : name === query.name;
}

function single(query: Query, found: readonly ListedCertificate[]): ListedCertificate {
  const [first, ...others] = found;
  if (!first) throw notFound(query);
  if (others.length === 0) return first;
  const ids = formatIds(found.map(({ id }) => id));
  throw new UserError(
    `${found.length} certificates have ${describeQuery(query)}: ${ids}. Find one by its id.`,
  );
}

async function findByFingerprint(
  fingerprint: string,
  certificates: readonly ListedCertificate[],
  read: (id: string) => Promise<string>,
): Promise<FoundCertificate> {
  const digits = hexDigits(fingerprint);
  const unreadable: string[] = [];
  for (const certificate of certificates) {
    const content = await readIfValid(certificate.id, read);
    if (content === undefined) unreadable.push(certificate.id);
    else if (hexDigits(content.fingerprint) === digits) return { ...certificate, content: content.pem };
  }
  throw notFound({ fingerprint }, unreadable);
}

interface Content {
  readonly pem: string;
  readonly fingerprint: string;
}

/** @returns undefined when only this certificate cannot be read: it cannot be parsed, or was deleted meanwhile. */
async function readIfValid(id: string, read: (id: string) => Promise<string>): Promise<Content | undefined> {
  try {
    return parseContent(await read(id));
  } catch (error) {
    if (error instanceof ApiError && concernsOneCertificate(error)) return undefined;
    throw error;
  }
}

function concernsOneCertificate({ failure }: ApiError): boolean {
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

/** @param unreadable The ids of certificates whose content could not be read. */
function notFound(query: Query, unreadable: readonly string[] = []): UserError {
  const skipped =
    unreadable.length === 0 ? "" : ` Skipped because they could not be read: ${unreadable.join(", ")}.`;
  return new UserError(
    `no certificate of the organization has ${describeQuery(query)}: it was never uploaded there, or was ` +
      `deleted. Call getCertificates() to list all certificates.${skipped}`,
  );
}

function describeQuery(query: Query): string {
  if ("id" in query) return `the id ${sanitize(query.id)}`;
  return "name" in query
    ? `the name ${JSON.stringify(sanitize(query.name))}`
    : `the SHA-256 fingerprint ${sanitize(query.fingerprint)}`;
}

/** A fingerprint without colons, in lower case, for comparison. */
function hexDigits(fingerprint: string): string {
  return fingerprint.replaceAll(":", "").toLowerCase();
}
