import { formatDate, formatDay } from "../shared/format";
import { sanitize } from "../shared/sanitize";
import type { KnownClient } from "./knownClient";
import type { Outcome } from "./outcome";
import type { Candidate } from "./readingOrder";
import type { Rejection } from "./rejection";
import type { CertificateRejection, Standing } from "./standing";
import { issuerOf } from "./subject";

/** What messages call the things that an outcome names. */
export interface Named {
  readonly client: KnownClient;
  /** The certificates of the update, for their names. */
  readonly candidates: readonly Candidate[];
  /** Unix seconds. */
  readonly now: number;
}

/** Said once where clients are judged. */
export const FILTERS_NOTICE =
  "filters that are set in the dashboard are not visible to this provider: they may reject clients that are reported as trusted here";

/** Maximum number of certificates that a message lists. */
const MAX_LISTED = 5;

/** Why an update would lock a client out, and what to do instead. */
export function lockoutMessage({ before, after }: Outcome, named: Named): string {
  const { client } = named;
  if (before.kind === "trusted") {
    const gone = listOf(before.by, named, "and");
    return (
      `${client.name} would be rejected: ${client.isIssuer ? "trusted" : "issued"} by ${gone}, which this update ` +
      `deactivates${reasonsOf(after, named)}. ${deployment(after, named)} first, or keep ${listOf(before.by, named, "or")}.`
    );
  }
  return (
    `${client.name} would be rejected as soon as mTLS is enforced: no certificate that this update activates trusts ` +
    `it, issued by ${issuerOf(client.chain[0])}${reasonsOf(after, named)}. Activate the certificate of its issuer, or ` +
    `${uncapitalize(deployment(after, named))} first.`
  );
}

/** Reports a client that could not connect before either. */
export function rejectedMessage({ before, after }: Outcome, named: Named): string {
  const { client } = named;
  const standing = after.kind === "rejected" ? after : before;
  return (
    `${client.name} is rejected already${reasonsOf(standing, named) || `: issued by ${issuerOf(client.chain[0])}, which is not active`}. ` +
    `${deployment(standing, named)}, or remove it from clients if it is no longer in use.`
  );
}

/** Reports that it is not known whether a client would be locked out. */
export function undeterminedMessage({ after, before }: Outcome, named: Named): string {
  return `whether ${named.client.name} would be rejected was not determined: ${whyNotDetermined(after, before, named)}.`;
}

/** Reports that it is not known whether a client can connect, although the update does not change that. */
export function unaffectedMessage({ after, before }: Outcome, named: Named): string {
  return (
    `whether ${named.client.name} is trusted was not determined: ${whyNotDetermined(after, before, named)}. The update ` +
    "deactivates no certificate that might trust it."
  );
}

/** Reports clients whose certificates a preview does not know. @param isUnknown whether not even the names are known. */
export function unknownClientWarnings(names: readonly string[], isUnknown: boolean): readonly string[] {
  const notDetermined = (which: string, what: string): string =>
    `whether ${which} would be rejected was not determined: ${what} known only during the update.`;
  return [
    ...(isUnknown ? [notDetermined("any client", "clients is")] : []),
    ...names.map((name) => notDetermined(name, "its certificates are")),
  ];
}

/** Reports how long a client can still connect. @param until Unix seconds. */
export function expiryMessage({ client, now }: Named, until: number): string {
  const what = client.expiresAt <= until ? client.subject : "a certificate above it";
  return `${client.name}: ${what} ${until <= now ? "expired" : "expires"} ${formatDate(until, now)}. Deploy its successor before then.`;
}

/** A rejection as the end of a sentence that begins with the certificate that does not trust the client. */
export function describeRejection({ reason, subject, at, detail }: Rejection): string {
  const whose = subject ?? "a certificate of the path";
  switch (reason) {
    case "another issuer":
      return "did not issue it";
    case "expired":
      return `${whose} expired${at === undefined ? "" : ` on ${formatDay(at)}`}`;
    case "not yet valid":
      return `${whose} is not valid before ${at === undefined ? "a later date" : formatDay(at)}`;
    case "usage":
      return `${whose} ${detail ?? "is not meant for client authentication"}`;
    case "not a CA":
      return `${whose} is not a CA`;
    case "path length":
      return "the path is longer than one of its CAs allows";
    case "name constraints":
      return `the name constraints of ${subject ?? "a CA"} do not allow its names`;
    case "unknown critical extension":
      return `${whose} has a critical extension that servers do not know${detail === undefined ? "" : ` (${detail})`}`;
    case "key identifiers":
      return "the key identifiers of the path do not match";
    case "weak key":
      return `${whose} has a weak key${detail === undefined ? "" : ` (${detail})`}`;
    case "weak digest":
      return `${whose} is signed with a weak digest${detail === undefined ? "" : ` (${detail})`}`;
    case "unreadable":
      return "a certificate of the path cannot be read";
    case "other":
      return `OpenSSL rejects the path${detail === undefined ? "" : ` (${sanitize(detail)})`}`;
  }
}

/** Certificates of another issuer need no mention. */
function reasonsOf(standing: Standing, named: Named): string {
  if (standing.kind !== "rejected") return "";
  const telling = standing.rejections.filter(({ rejection }) => rejection.reason !== "another issuer");
  return telling.length === 0
    ? ""
    : ` (${shorten(
        telling.map((each) => describeCertificateRejection(each, named)),
        "; ",
      )})`;
}

function describeCertificateRejection(
  { id, rejection }: CertificateRejection,
  { candidates }: Named,
): string {
  return `${labelOf(id, candidates)}: ${describeRejection(rejection)}`;
}

/** The remedy: what the client has to present. */
function deployment(after: Standing, named: Named): string {
  const what = named.client.isIssuer ? "Issue clients from" : "Deploy a certificate of";
  const ids = after.kind === "rejected" ? after.rejections.map(({ id }) => id) : [];
  return ids.length === 0 ? `${what} an active certificate` : `${what} ${listOf(ids, named, "or")}`;
}

function whyNotDetermined(after: Standing, before: Standing, named: Named): string {
  if (after.kind !== "not determined") {
    const unknown = before.kind === "not determined" ? before.undecided : [];
    return `${listOf(unknown, named, "and")} could not be read, so it is not known whether it was trusted before`;
  }
  const reasons = [
    ...(after.undecided.length > 0 ? [`${listOf(after.undecided, named, "and")} could not be read`] : []),
    ...(after.possibly.length > 0
      ? [`it depends on whether ${listOf(after.possibly, named, "or")} is active after the update`]
      : []),
  ];
  return reasons.length > 0
    ? reasons.join("; ")
    : "some of the certificates to activate are known only during the update";
}

function listOf(ids: readonly string[], { candidates }: Named, word: "and" | "or"): string {
  const labels = ids.map((id) => labelOf(id, candidates));
  if (labels.length > MAX_LISTED) return shorten(labels, ", ");
  const last = labels.at(-1) ?? "none";
  return labels.length > 1 ? `${labels.slice(0, -1).join(", ")} ${word} ${last}` : last;
}

function shorten(texts: readonly string[], separator: string): string {
  const listed = texts.slice(0, MAX_LISTED).join(separator);
  return texts.length > MAX_LISTED ? `${listed}${separator}and ${texts.length - MAX_LISTED} more` : listed;
}

function labelOf(id: string, candidates: readonly Candidate[]): string {
  const name = candidates.find((candidate) => candidate.id === id)?.name ?? null;
  return name === null ? id : `${JSON.stringify(sanitize(name))} (${id})`;
}

function uncapitalize(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
