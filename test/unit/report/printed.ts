import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ORGANIZATION } from "../../../provider/api/scope";
import { renderSummary } from "../../../provider/planSummary/render";
import { summarize } from "../../../provider/planSummary/summarize";

const NOW = 1_800_000_000;

/** Certificates that the API lists. */
export function listed(active: readonly string[], inactive: readonly string[] = []): ListedCertificate[] {
  const certificate = (id: string, isActive: boolean): ListedCertificate => ({
    id,
    name: null,
    active: isActive,
    createdAt: 0,
    certificateDetails: {},
  });
  return [...active.map((id) => certificate(id, true)), ...inactive.map((id) => certificate(id, false))];
}

/** The lines that the provider prints of a change of a set, given what is active in the organization. */
export function printed(
  {
    before = [],
    after = [],
    exclusive = false,
    unknown = 0,
  }: {
    readonly before?: readonly string[];
    readonly after?: readonly string[];
    readonly exclusive?: boolean;
    readonly unknown?: number;
  },
  certificates: readonly ListedCertificate[],
): readonly string[] {
  const summary = summarize({
    scope: ORGANIZATION,
    desired: { ids: new Set(after), exclusive, enforcementChange: "warn" },
    managed: new Set(before),
    declared: new Set<string>(),
    announced: new Set<string>(),
    listed: certificates,
    unknown,
    unknownIds: unknown > 0 ? "uploads" : "none",
    confirmed: new Set<string>(),
    program: { declared: new Set(), isComplete: true },
    isEnforcedByOrganization: false,
    expiryWarningDays: 30,
    hasClientCertificate: false,
    now: NOW,
  });
  return renderSummary(summary, NOW).split("\n");
}
