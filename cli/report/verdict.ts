import { counted } from "../../provider/review/words";
import type { Report, Row } from "./model";

/** Most scopes that a verdict names. */
const MAX_NAMED = 3;

/** A preview in one line of plain text: what a reviewer has to know if it is all that is read. */
export function verdict({ failed, rows, effects, errors, warnings, drift }: Report): string {
  if (failed) return `The preview failed: ${counted(errors.length, "error")}`;
  const turns = effects.filter(({ enforcement }) => enforcement?.startsWith("turns") ?? false);
  const named = turns.map(({ scope, enforcement = "" }) => `mutual TLS ${enforcement} for ${scope}`);
  const changes = [
    ...(turns.length > MAX_NAMED ? [`mutual TLS turns on or off in ${turns.length} scopes`] : named),
    ...tally(rows),
  ];
  const isNothing = rows.length === 0 && effects.length === 0;
  const text = [
    ...(changes.length > 0 ? changes : [isNothing ? "no certificate changes" : NOTHING]),
    ...(effects.some(({ verified }) => !verified) ? ["not verified"] : []),
    ...(drift.length > 0 ? [`${counted(drift.length, "change")} made outside of the program`] : []),
    ...(warnings.length > 0 ? [counted(warnings.length, "warning")] : []),
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
    return count === 0 ? [] : [`${counted(count, "certificate")} ${word}`];
  });
  return [...certificates, ...(secret > 0 ? [`${counted(secret, "set")} with secret ids`] : [])];
}
