import type { EnforcementChange } from "../activation/enforcement";
import { scopeName } from "../api/scope";
import type { ListedCertificate } from "../api/shapes";
import type { Review } from "./review";
import { called, counted, day, moment } from "./words";

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
export function reviewText(review: Review, now: number): string {
  return [
    headline(review),
    ...review.activate.map((certificate) => `  + ${described(certificate, now)}`),
    ...review.deactivate.map(
      ({ certificate, collateral }) =>
        `  - ${described(certificate, now)}${collateral ? "; not in the program, goes off because the set is exclusive" : ""}`,
    ),
    ...review.moved.map((certificate) => `  = ${described(certificate, now)}; moved here, stays active`),
    ...review.warnings.map((warning) => `  warning: ${warning}`),
  ].join("\n");
}

function headline({
  scope,
  activate,
  adopt,
  deactivate,
  keep,
  leave,
  unknown,
  enforcement,
  calls,
}: Review): string {
  const parts = [
    unknown > 0 ? `${counted(unknown, "id")} known after the upload` : undefined,
    activate.length > 0 ? `activate ${activate.length}` : undefined,
    adopt > 0 ? `adopt ${adopt}` : undefined,
    deactivate.length > 0 ? `deactivate ${deactivate.length}` : undefined,
    keep > 0 ? `keep ${keep}` : undefined,
    leave > 0 ? `leave ${leave}` : undefined,
  ].filter((part) => part !== undefined);
  const change = parts.length > 0 ? parts.join(", ") : "nothing to activate or deactivate";
  const cost = `${unknown > 0 ? "at least " : ""}${counted(calls, "API call")}`;
  return `${scopeName(scope)}: ${change}; enforcement ${ENFORCEMENT[enforcement]}; ${cost}`;
}

function described(certificate: ListedCertificate, now: number): string {
  const { validAt, expiresAt } = certificate.certificateDetails;
  return [
    called(certificate),
    ...(validAt === undefined ? [] : [`valid from ${day(validAt)}`]),
    ...(expiresAt === undefined ? [] : [`expires ${moment(expiresAt, now)}`]),
  ].join(", ");
}
