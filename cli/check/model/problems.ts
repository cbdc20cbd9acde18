import { scopeLabel, scopeName } from "../../../provider/api/scope";
import { describeRejection, expiryMessage } from "../../../provider/clients/messages";
import { issuerOf } from "../../../provider/clients/subject";
import { expiryWarning, isWithin, notYetValidWarning } from "../../../provider/planSummary/expiry";
import type { AssessedClient } from "../look/assess";
import type { Observed, ObservedScope } from "../look/look";
import { activeCertificates, enforcementIn, untilOf } from "./observations";
import type { LocatedCertificate } from "./observations";
import type { Problem } from "./report";

/** What counts as a problem. */
export interface Expectations {
  readonly days: number;
  readonly requiresEnforcement: boolean;
}

/** The problems of what was found out, those that hide others first. @param now Unix seconds. */
export function problemsOf(observed: Observed, expectations: Expectations, now: number): readonly Problem[] {
  const active = activeCertificates(observed.scopes);
  const all = observed.own ? [observed.own, ...observed.clients] : observed.clients;
  return [
    ...observed.scopes.flatMap(unlisted),
    ...observed.clients.flatMap((each) => undetermined(each, observed)),
    ...(expectations.requiresEnforcement ? notEnforced(observed.scopes) : []),
    ...observed.clients.flatMap(rejected),
    ...active.flatMap((each) => validityProblems(each, expectations.days, now)),
    ...all.flatMap((each) => clientExpiry(each, active, expectations.days, now)),
  ];
}

function unlisted({ scope, failure }: ObservedScope): readonly Problem[] {
  if (failure === undefined) return [];
  return scope.kind === "organization"
    ? [error("no access", failure)]
    : [error("not listed", `${scopeLabel(scope)}: ${failure}`)];
}

function undetermined(
  { client, standing }: AssessedClient,
  { scopes, unreadable }: Observed,
): readonly Problem[] {
  if (standing.kind !== "not determined") return [];
  const unlistedScopes = scopes.filter(({ failure }) => failure !== undefined);
  const reasons = [
    ...standing.undecided.flatMap((id) => {
      const failure = unreadable.get(id);
      return failure === undefined ? [] : [`${id} could not be read: ${failure}`];
    }),
    ...unlistedScopes.map(({ scope }) => `the certificates of ${scopeName(scope)} could not be listed`),
  ];
  const message = `whether ${client.name} is trusted was not determined: ${reasons.join("; ")}`;
  return [error("not determined", message.replace(/\.?$/, "."))];
}

/** Each project has to enforce mTLS; without one, the organization. */
function notEnforced(scopes: readonly ObservedScope[]): readonly Problem[] {
  const required = scopes.length > 1 ? scopes.slice(1) : scopes;
  return required
    .filter((scope) => enforcementIn(scope, scopes) === "not enforced")
    .map(({ scope }) =>
      error(
        "not enforced",
        `mTLS is not enforced for ${scopeName(scope)}: no certificate is active, so the API accepts an API key alone. ` +
          "Activate a certificate.",
      ),
    );
}

function rejected({ client, standing }: AssessedClient): readonly Problem[] {
  if (standing.kind !== "rejected") return [];
  // Certificates of another issuer need no mention.
  const reasons = standing.rejections
    .filter(({ rejection }) => rejection.reason !== "another issuer")
    .map(({ id, rejection }) => ` ${id}: ${describeRejection(rejection)}.`);
  return [
    error(
      "rejected",
      `${client.name} is rejected: no active certificate trusts ${client.subject}, issued by ` +
        `${issuerOf(client.chain[0])}.${reasons.join("")} Deploy a certificate that an active one issued, or activate ` +
        "that of its issuer.",
    ),
  ];
}

function validityProblems(
  { certificate, activeIn }: LocatedCertificate,
  days: number,
  now: number,
): readonly Problem[] {
  const where = `Active in ${activeIn.map(scopeName).join(", ")}.`;
  const isExpired = (certificate.certificateDetails.expiresAt ?? Infinity) <= now;
  return [
    ...notYetValidWarning(certificate, now).map((text) =>
      error("not yet valid", `${text}. ${where} Until then it trusts no client.`),
    ),
    ...expiryWarning(certificate, days, now).map((text) =>
      isExpired
        ? error("expired", `${text}. ${where} It trusts no client any more: activate its successor.`)
        : warning("expires", `${text}. ${where} Upload and activate its successor before then.`),
    ),
  ];
}

/** An expired client is rejected, which is reported already where mTLS is enforced. */
function clientExpiry(
  { client, standing }: AssessedClient,
  active: readonly LocatedCertificate[],
  days: number,
  now: number,
): readonly Problem[] {
  const until = untilOf({ client, standing });
  if (standing.kind === "rejected" || !isWithin(until, days, now)) return [];
  const message = expiryMessage(
    { client, candidates: active.map(({ certificate }) => certificate), now },
    until,
  );
  return [until <= now ? error("expired", message) : warning("expires", message)];
}

function error(kind: Problem["kind"], message: string): Problem {
  return { kind, severity: "error", message };
}

function warning(kind: Problem["kind"], message: string): Problem {
  return { kind, severity: "warning", message };
}
