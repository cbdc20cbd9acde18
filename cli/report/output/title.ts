import { parseNotice } from "../../../provider/planSummary/parse";
import { pluralize } from "../../../provider/shared/format";
import type { Report, Row, ScopeSummary } from "../model/report";

/** Maximum number of scopes that a title names. */
const MAX_NAMED = 3;

/** The stack and the most important facts of its preview, as one line of plain text. */
export function titleOf(report: Report): string {
  const { stack, failed, rows, scopes, errors, drift } = report;
  const changing = scopes.filter(changesEnforcement);
  const where = (scope: string): string => (scopes.length > 1 ? ` for ${inSentence(scope)}` : "");
  const changes = [
    ...(changing.length > MAX_NAMED
      ? [`mTLS changes in ${changing.length} scopes`]
      : changing.map(({ scope, enforcement }) => `mTLS ${enforcement}${where(scope)}`)),
    ...tally(rows),
  ];
  const isNothing = rows.length === 0 && scopes.length === 0;
  const isUnknown = scopes.some(({ source }) => source === "unknown");
  const facts = failed
    ? [failureOf(errors)]
    : [
        ...(changes.length > 0
          ? changes
          : isUnknown
            ? []
            : [isNothing ? "no certificate changes" : "nothing to activate or deactivate"]),
        ...(isUnknown ? ["ids not known until the update"] : []),
        ...(scopes.some(({ source }) => source === "unverified") ? ["not verified"] : []),
        ...(drift.length > 0 ? [`${pluralize(drift.length, "change")} made outside Pulumi`] : []),
      ];
  const text = facts.join(", ");
  if (stack !== undefined) return `${stack}: ${text}`;
  return text.startsWith("mTLS") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function failureOf(errors: Report["errors"]): string {
  const isLockout = errors.some((error) => parseNotice(error)?.kind === "lockout");
  return isLockout
    ? "the preview failed, because the update would lock the provider out"
    : `the preview failed with ${pluralize(errors.length, "error")}`;
}

/** What kind of change a preview shows, for a label on a pull request: the most important one. */
export type Kind = "failed" | "enforcement" | "deactivation" | "not-verified" | "other-change" | "no-change";

export function kindOf({ failed, rows, scopes }: Report): Kind {
  if (failed) return "failed";
  if (scopes.some(changesEnforcement)) return "enforcement";
  if (rows.some(({ change }) => change === "deactivate" || change === "delete")) return "deactivation";
  if (scopes.some(({ source }) => source === "unverified")) return "not-verified";
  return rows.length > 0 || scopes.length > 0 ? "other-change" : "no-change";
}

/** Whether mTLS will be enforced or turned off in a scope, or may be. */
export function changesEnforcement({ enforcement }: ScopeSummary): boolean {
  return /^(?:will|may) be /.test(enforcement);
}

/** A scope within a sentence. */
export function inSentence(scope: string): string {
  return scope.replace(/\borganization$/, "the organization");
}

const TALLIED: readonly (readonly [Row["change"], string])[] = [
  ["deactivate", "to deactivate"],
  ["delete", "to delete"],
  ["replace", "to replace"],
  ["upload", "to upload"],
  ["activate", "to activate"],
  ["adopt", "already active"],
  ["keep", "to move"],
  ["rename", "to rename"],
];

function tally(rows: readonly Row[]): readonly string[] {
  const counts = TALLIED.flatMap(([change, words]) => {
    const count = rows.filter((row) => row.change === change).length;
    return count === 0 ? [] : [{ count, words }];
  });
  const secret = rows.filter(({ change }) => change === "secret").length;
  return [
    ...counts.map(({ count, words }, index) =>
      index === 0 ? `${pluralize(count, "certificate")} ${words}` : `${count} ${words}`,
    ),
    ...(secret > 0 ? [`${pluralize(secret, "set")} with secret ids`] : []),
  ];
}
