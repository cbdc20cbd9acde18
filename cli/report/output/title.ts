import { pluralize } from "../../../provider/shared/format";
import type { Report, Row } from "../model/report";

/** Most scopes that a verdict names. */
const MAX_NAMED = 3;

/** A preview in one line of plain text: what a reviewer has to know if it is all that is read. */
export function titleOf({ failed, rows, scopes, errors, warnings, drift }: Report): string {
  if (failed) return `The preview failed: ${pluralize(errors.length, "error")}`;
  const turns = scopes.filter(({ enforcement }) => enforcement?.startsWith("turns") ?? false);
  const named = turns.map(({ scope, enforcement = "" }) => `mutual TLS ${enforcement} for ${scope}`);
  const changes = [
    ...(turns.length > MAX_NAMED ? [`mutual TLS turns on or off in ${turns.length} scopes`] : named),
    ...tally(rows),
  ];
  const isNothing = rows.length === 0 && scopes.length === 0;
  const text = [
    ...(changes.length > 0 ? changes : [isNothing ? "no certificate changes" : NOTHING]),
    ...(scopes.some(({ verified }) => !verified) ? ["not verified"] : []),
    ...(drift.length > 0 ? [`${pluralize(drift.length, "change")} made outside of the program`] : []),
    ...(warnings.length > 0 ? [pluralize(warnings.length, "warning")] : []),
  ].join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const NOTHING = "nothing to activate or deactivate";

const TALLIED: readonly (readonly [Row["change"], string])[] = [
  ["upload", "uploaded"],
  ["replace", "replaced"],
  ["on", "on"],
  ["off", "off"],
  ["adopt", "adopted"],
  ["keep", "moved"],
  ["rename", "renamed"],
  ["delete", "deleted"],
];

function tally(rows: readonly Row[]): readonly string[] {
  const secret = rows.filter(({ change }) => change === "secret").length;
  const certificates = TALLIED.flatMap(([change, word]) => {
    const count = rows.filter((row) => row.change === change).length;
    return count === 0 ? [] : [`${pluralize(count, "certificate")} ${word}`];
  });
  return [...certificates, ...(secret > 0 ? [`${pluralize(secret, "set")} with secret ids`] : [])];
}
