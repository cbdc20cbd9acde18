import { pluralize } from "../../../provider/shared/format";
import type { Report, Row, ScopeSummary } from "../model/report";

/** Maximum number of scopes that a title names. */
const MAX_NAMED = 3;

/** The most important facts of a preview, as one line of plain text. */
export function titleOf({ failed, rows, scopes, errors, warnings, drift }: Report): string {
  if (failed) return `The preview failed: ${pluralize(errors.length, "error")}`;
  const changing = scopes.filter(changesEnforcement);
  const named = changing.map(({ scope, enforcement }) => `mTLS ${enforcement} for ${inSentence(scope)}`);
  const changes = [
    ...(changing.length > MAX_NAMED ? [`mTLS changes in ${changing.length} scopes`] : named),
    ...tally(rows),
  ];
  const isNothing = rows.length === 0 && scopes.length === 0;
  const text = [
    ...(changes.length > 0 ? changes : [isNothing ? "no certificate changes" : NOTHING]),
    ...(scopes.some(({ verified }) => !verified) ? ["not verified"] : []),
    ...(drift.length > 0 ? [`${pluralize(drift.length, "change")} made outside Pulumi`] : []),
    ...(warnings.length > 0 ? [pluralize(warnings.length, "warning")] : []),
  ].join(", ");
  return text.startsWith("mTLS") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether mTLS will be enforced or turned off in a scope, or may be. */
export function changesEnforcement({ enforcement }: ScopeSummary): boolean {
  return /^(?:will|may) be /.test(enforcement);
}

/** A scope within a sentence. */
export function inSentence(scope: string): string {
  return scope.replace(/\borganization$/, "the organization");
}

const NOTHING = "nothing to activate or deactivate";

const TALLIED: readonly (readonly [Row["change"], string])[] = [
  ["upload", "to upload"],
  ["replace", "to replace"],
  ["activate", "to activate"],
  ["deactivate", "to deactivate"],
  ["adopt", "already active"],
  ["keep", "to move"],
  ["rename", "to rename"],
  ["delete", "to delete"],
];

function tally(rows: readonly Row[]): readonly string[] {
  const secret = rows.filter(({ change }) => change === "secret").length;
  const certificates = TALLIED.flatMap(([change, word]) => {
    const count = rows.filter((row) => row.change === change).length;
    return count === 0 ? [] : [`${pluralize(count, "certificate")} ${word}`];
  });
  return [...certificates, ...(secret > 0 ? [`${pluralize(secret, "set")} with secret ids`] : [])];
}
