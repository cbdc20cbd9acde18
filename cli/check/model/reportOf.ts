import type { ClientAccess } from "../../../provider/activation/guards/enforcement";
import { scopeLabel } from "../../../provider/api/scope";
import { sanitize } from "../../../provider/shared/sanitize";
import type { AssessedClient } from "../look/assess";
import type { Observed, ObservedScope } from "../look/look";
import { enforcementIn, locateCertificates, untilOf } from "./observations";
import type { LocatedCertificate } from "./observations";
import { problemsOf } from "./problems";
import type { Expectations } from "./problems";
import type { CertificateReport, CheckReport, ClientReport, ScopeReport, TrustReport } from "./report";

/** The settings of the requests. */
export interface ReportedSettings {
  readonly baseUrl: string;
  readonly organization?: string;
  readonly presented: ClientAccess;
}

/** @param now Unix seconds. */
export function reportOf(
  { baseUrl, organization, presented }: ReportedSettings,
  observed: Observed,
  expectations: Expectations,
  now: number,
): CheckReport {
  const { scopes, own, clients } = observed;
  const hasAccess = scopes[0]?.failure === undefined;
  return {
    checkedAt: Math.floor(now),
    days: expectations.days,
    access: {
      baseUrl: sanitize(baseUrl),
      ...(organization !== undefined && { organization: sanitize(organization) }),
      reading: hasAccess ? "works" : "failed",
      writing: "not tested",
      clientCertificate: { presented, ...(own && { trust: trustReport(own) }) },
    },
    scopes: hasAccess ? scopes.map((scope) => scopeReport(scope, scopes)) : [],
    certificates: locateCertificates(scopes).map(certificateReport),
    clients: clients.map(clientReport),
    problems: problemsOf(
      hasAccess ? observed : { ...observed, scopes: scopes.slice(0, 1) },
      expectations,
      now,
    ),
  };
}

/** The report when the settings are invalid. */
export function reportWithoutSettings(failure: string, { days }: Expectations, now: number): CheckReport {
  return {
    checkedAt: Math.floor(now),
    days,
    access: { reading: "failed", writing: "not tested" },
    scopes: [],
    certificates: [],
    clients: [],
    problems: [{ kind: "no access", severity: "error", message: failure }],
  };
}

function scopeReport(observed: ObservedScope, all: readonly ObservedScope[]): ScopeReport {
  const { scope, certificates, failure } = observed;
  return {
    ...(scope.kind === "project" && { projectId: sanitize(scope.projectId) }),
    enforcement: enforcementIn(observed, all),
    ...(failure === undefined && { active: certificates.filter(({ active }) => active).length }),
  };
}

function certificateReport({ certificate, activeIn }: LocatedCertificate): CertificateReport {
  const { id, name, certificateDetails } = certificate;
  return {
    id: sanitize(id),
    name: name === null ? null : sanitize(name),
    activeIn: activeIn.map((scope) => sanitize(scopeLabel(scope))),
    ...certificateDetails,
  };
}

function clientReport(assessed: AssessedClient): ClientReport {
  return { name: sanitize(assessed.client.name), ...trustReport(assessed) };
}

function trustReport(assessed: AssessedClient): TrustReport {
  const { client, standing } = assessed;
  return {
    subject: client.subject,
    result: standing.kind === "not enforced" ? "not required" : standing.kind,
    trustedBy: standing.kind === "trusted" ? standing.by : [],
    ...(standing.kind !== "rejected" && { until: untilOf(assessed) }),
  };
}
