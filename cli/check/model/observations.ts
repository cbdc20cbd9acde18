import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import type { Scope } from "../../../provider/api/scope";
import type { AssessedClient } from "../look/assess";
import type { ObservedScope } from "../look/look";
import type { ScopeReport } from "./report";

/** A certificate of some scopes. */
export interface LocatedCertificate {
  readonly certificate: ListedCertificate;
  /** The scopes in which it is active. */
  readonly activeIn: readonly Scope[];
}

/** The certificates of all scopes, each once: those that are active first, and then those that expire first. */
export function locateCertificates(scopes: readonly ObservedScope[]): readonly LocatedCertificate[] {
  const byId = new Map(scopes.flatMap(({ certificates }) => certificates.map((each) => [each.id, each])));
  return [...byId.values()]
    .map((certificate) => ({
      certificate,
      activeIn: scopes
        .filter(({ certificates }) => certificates.some(({ id, active }) => active && id === certificate.id))
        .map(({ scope }) => scope),
    }))
    .sort((a, b) => rank(a) - rank(b) || compareExpiry(a.certificate, b.certificate));
}

/** Those that are active in at least one of the scopes. */
export function activeCertificates(scopes: readonly ObservedScope[]): readonly LocatedCertificate[] {
  return locateCertificates(scopes).filter(({ activeIn }) => activeIn.length > 0);
}

function rank({ activeIn }: LocatedCertificate): number {
  return activeIn.length > 0 ? 0 : 1;
}

function compareExpiry(a: ListedCertificate, b: ListedCertificate): number {
  const [first, second] = [a, b].map(({ certificateDetails: { expiresAt = Infinity } }) => expiresAt);
  return first === second ? (a.id < b.id ? -1 : 1) : Number(first) - Number(second);
}

/** Whether mTLS is enforced in a scope. @param scopes all scopes, the organization first. */
export function enforcementIn(
  { scope, certificates, failure }: ObservedScope,
  scopes: readonly ObservedScope[],
): ScopeReport["enforcement"] {
  if (certificates.some(({ active }) => active)) return "enforced";
  const [organization] = scopes;
  const inherits = scope.kind === "project" && organization?.certificates.some(({ active }) => active);
  if (inherits === true) return "inherited";
  return failure === undefined ? "not enforced" : "not known";
}

/** How long a client can connect, if nothing else changes. Unix seconds. */
export function untilOf({ client, standing }: AssessedClient): number {
  return standing.kind === "trusted" ? Math.min(standing.until, client.expiresAt) : client.expiresAt;
}
