import type { EnforcementChange } from "../activation/guards/enforcement";
import type { ListedCertificate } from "../api/listedCertificate";
import { scopeLabel } from "../api/scope";
import type { Scope } from "../api/scope";
import type { UnknownIds } from "../run/facts";
import { formatCertificate, formatDate, formatDay, formatIds, pluralize } from "../shared/format";
import { sanitize } from "../shared/sanitize";
import type { Identity } from "./identity";
import type { Counts, PlanSummary } from "./summarize";

/** What happens to enforcement, as the end of a sentence that begins with "mTLS". */
export const ENFORCEMENT = {
  "turns on": "will be enforced",
  "turns off": "will be turned off",
  "stays on": "stays enforced",
  "stays off": "stays off",
} as const satisfies Readonly<Record<EnforcementChange, string>>;

/** The same, while it is not known yet what other resources of the program do. */
const POSSIBLE_ENFORCEMENT = {
  "turns on": "will be enforced",
  "turns off": "may be turned off",
  "stays on": "stays enforced unless other resources deactivate the remaining certificates",
  "stays off": "may be enforced",
} as const satisfies Readonly<Record<EnforcementChange, string>>;

/** Of a project, which inherits the active certificates of its organization. */
export const ENFORCED_BY_ORGANIZATION = "stays enforced while certificates of the organization are active";

export type EnforcementText =
  | (typeof ENFORCEMENT)[EnforcementChange]
  | (typeof POSSIBLE_ENFORCEMENT)[EnforcementChange]
  | typeof ENFORCED_BY_ORGANIZATION;

export const ENFORCEMENT_TEXTS: readonly EnforcementText[] = [
  ...Object.values(ENFORCEMENT),
  ...Object.values(POSSIBLE_ENFORCEMENT),
  ENFORCED_BY_ORGANIZATION,
];

/**
 * A summary as a reviewer reads it in the preview: the headline, then one line for each certificate.
 * @param now Unix seconds.
 * @param identityOf which CA a certificate is, where its text is known.
 */
export function renderSummary(
  summary: PlanSummary,
  now: number,
  identityOf: (id: string) => Identity | undefined = () => undefined,
): string {
  const renderCertificate = (certificate: ListedCertificate): string =>
    [renderValidity(certificate, now), ...renderIdentity(identityOf(certificate.id))].join(", ");
  return [
    renderHeadline(summary),
    ...summary.activate.map((certificate) => `  + ${renderCertificate(certificate)}`),
    ...summary.deactivate.map(
      ({ certificate, isUnmanaged }) =>
        `  - ${renderCertificate(certificate)}${isUnmanaged ? "; unmanaged, deactivated because exclusive is set" : ""}` +
        (summary.unknownIds === "any"
          ? "; unless it is one of the ids that are not known until the update"
          : ""),
    ),
    ...summary.adopted.map(
      ({ certificate, isMoved }) =>
        `  = ${renderCertificate(certificate)}; ${isMoved ? "moved here from another resource, active afterwards" : "already active"}`,
    ),
    ...(summary.deactivate.length > 0 && summary.enforcement !== "turns off" ? [FEDERATION_ENDS] : []),
  ].join("\n");
}

/** What happens, to clients of a deactivated certificate, in addition to the rejection of their requests. */
const FEDERATION_ENDS =
  "  X.509 workload identity federation ends for the clients of deactivated certificates, too.";

/**
 * What a preview says of a set of which nothing is known yet.
 * @param managed the ids in the state.
 */
export function renderUnknownSet(scope: Scope, managed: readonly string[]): string {
  const now = managed.length === 0 ? "none" : formatIds(managed);
  return `${scopeLabel(scope)}: ids not known until the update; managed now: ${now}; mTLS not known`;
}

/** A warning about the certificates of a scope, without the severity. */
export function renderWarning(scope: Scope, warning: string): string {
  return `${scopeLabel(scope)}: ${warning}`;
}

/** What happens to the certificates of a scope: "2 to activate, 1 to deactivate, 11 unmanaged". */
export function renderChange({
  unknown,
  activate,
  adopted,
  deactivate,
  unchanged,
  unmanaged,
  unknownIds = "uploads",
}: Counts & { readonly unknownIds?: UnknownIds }): string {
  const isOpen = unknownIds === "any";
  const parts = [
    [unknown, isOpen ? "to activate whose id is not known until the update" : "to activate after upload"],
    [activate, "to activate"],
    [adopted, "already active"],
    [deactivate, isOpen ? "possibly to deactivate" : "to deactivate"],
    [unchanged, "unchanged"],
    [unmanaged, "unmanaged"],
  ] as const;
  const present = parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  return present.length > 0 ? present.join(", ") : NO_CHANGE;
}

const NO_CHANGE = "nothing to activate or deactivate";

function renderHeadline(summary: PlanSummary): string {
  const { scope, activate, adopted, deactivate, unknown, calls } = summary;
  const change = renderChange({
    ...summary,
    activate: activate.length,
    adopted: adopted.length,
    deactivate: deactivate.length,
  });
  const apiCalls = `${unknown > 0 ? "at least " : ""}${pluralize(calls, "API call")}`;
  return `${scopeLabel(scope)}: ${change}; mTLS ${enforcementText(summary)}; ${apiCalls}`;
}

function enforcementText({
  enforcement,
  isEnforcementCertain,
  isEnforcedByOrganization,
}: PlanSummary): EnforcementText {
  if (isEnforcedByOrganization) return ENFORCED_BY_ORGANIZATION;
  return (isEnforcementCertain ? ENFORCEMENT : POSSIBLE_ENFORCEMENT)[enforcement];
}

function renderValidity(certificate: ListedCertificate, now: number): string {
  const { validAt, expiresAt } = certificate.certificateDetails;
  return [
    formatCertificate(certificate),
    ...(validAt === undefined ? [] : [`valid from ${formatDay(validAt)}`]),
    ...(expiresAt === undefined ? [] : [`expires ${formatDate(expiresAt, now)}`]),
  ].join(", ");
}

function renderIdentity(identity: Identity | undefined): readonly string[] {
  if (!identity) return [];
  const [subject, issuer] = [identity.subject, identity.issuer].map((name) => JSON.stringify(sanitize(name)));
  return [`subject ${subject}`, `issuer ${issuer}`, `SHA-256 ${identity.sha256}`];
}
