import type { EnforcementChange } from "../activation/guards/enforcement";
import { scopeName } from "../api/scope";
import type { ListedCertificate } from "../api/schemas";
import type { PlanSummary } from "./summarize";
import { formatCertificate, pluralize, formatDay, formatDate } from "../shared/format";

const ENFORCEMENT: Readonly<Record<EnforcementChange, string>> = {
  "turns on": "turns ON",
  "turns off": "turns OFF",
  "stays on": "stays ON",
  "stays off": "stays OFF",
};

/**
 * A review as a reviewer reads it in the preview: one line that sums up, then one for each certificate.
 * @param now Unix seconds.
 */
export function renderSummary(review: PlanSummary, now: number): string {
  return [
    renderHeadline(review),
    ...review.activate.map((certificate) => `  + ${renderCertificate(certificate, now)}`),
    ...review.deactivate.map(
      ({ certificate, isUnmanaged }) =>
        `  - ${renderCertificate(certificate, now)}${isUnmanaged ? "; not in the program, goes off because the set is exclusive" : ""}`,
    ),
    ...review.moved.map(
      (certificate) => `  = ${renderCertificate(certificate, now)}; moved here, stays active`,
    ),
    ...review.warnings.map((warning) => `  warning: ${warning}`),
  ].join("\n");
}

function renderHeadline({
  scope,
  activate,
  adopted,
  deactivate,
  unchanged,
  unmanaged,
  unknown,
  enforcement,
  calls,
}: PlanSummary): string {
  const parts = [
    unknown > 0 ? `${pluralize(unknown, "id")} known after the upload` : undefined,
    activate.length > 0 ? `activate ${activate.length}` : undefined,
    adopted > 0 ? `adopt ${adopted}` : undefined,
    deactivate.length > 0 ? `deactivate ${deactivate.length}` : undefined,
    unchanged > 0 ? `keep ${unchanged}` : undefined,
    unmanaged > 0 ? `leave ${unmanaged}` : undefined,
  ].filter((part) => part !== undefined);
  const change = parts.length > 0 ? parts.join(", ") : "nothing to activate or deactivate";
  const cost = `${unknown > 0 ? "at least " : ""}${pluralize(calls, "API call")}`;
  return `${scopeName(scope)}: ${change}; enforcement ${ENFORCEMENT[enforcement]}; ${cost}`;
}

function renderCertificate(certificate: ListedCertificate, now: number): string {
  const { validAt, expiresAt } = certificate.certificateDetails;
  return [
    formatCertificate(certificate),
    ...(validAt === undefined ? [] : [`valid from ${formatDay(validAt)}`]),
    ...(expiresAt === undefined ? [] : [`expires ${formatDate(expiresAt, now)}`]),
  ].join(", ");
}
