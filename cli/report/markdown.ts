import { counted } from "../../provider/review/words";
import { code, prose } from "./escape";
import type { Change, Effect, Report, Row } from "./model";

/** Most characters of a report. A comment on a pull request holds 65,536, and a marker may stand before it. */
export const MAX_REPORT_CHARACTERS = 60_000;

/** Most warnings, errors and remarks, each, that are written out. */
const MAX_LINES = 10;

/** Most scopes of which the effect is written out. */
const MAX_EFFECTS = 20;

/** Most scopes that the verdict names. */
const MAX_NAMED = 3;

/** Writes a report for a comment on a pull request, or for the summary of a step. */
export function markdown(report: Report): string {
  const head = [
    `### ${verdict(report)}`,
    ...list("Errors", report.errors),
    ...list("Warnings", report.warnings),
    ...effects(report.effects),
  ];
  const tail = [...list("Notes", report.remarks), ...others(report.others)];
  const fixed = [...head, ...tail].join("\n\n");
  return `${[...head, ...table(report.rows, MAX_REPORT_CHARACTERS - fixed.length - 200), ...tail].join("\n\n")}\n`;
}

function verdict({ failed, rows, effects: found, errors, warnings }: Report): string {
  if (failed) return `The preview failed: ${counted(errors.length, "error")}`;
  if (rows.length === 0 && found.length === 0) return "No certificate changes";
  const turns = found.filter(({ enforcement }) => enforcement?.startsWith("turns") ?? false);
  const named = turns.map(({ scope, enforcement }) => `mutual TLS ${enforcement ?? ""} for ${prose(scope)}`);
  const parts = [
    ...(turns.length > MAX_NAMED ? [`mutual TLS turns on or off in ${turns.length} scopes`] : named),
    ...tally(rows),
    ...(found.some(({ enforcement }) => enforcement === undefined) ? ["not verified"] : []),
    ...(warnings.length > 0 ? [counted(warnings.length, "warning")] : []),
  ];
  const text = parts.join(", ") || "nothing to activate or deactivate";
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const TALLIED: readonly (readonly [RegExp, string])[] = [
  [/^upload$/, "uploaded"],
  [/^replace$/, "replaced"],
  [/^on$/, "on"],
  [/^off/, "off"],
  [/^rename$/, "renamed"],
  [/^delete$/, "deleted"],
];

function tally(rows: readonly Row[]): readonly string[] {
  return TALLIED.flatMap(([change, word]) => {
    const count = rows.filter((row) => change.test(row.change)).length;
    return count === 0 ? [] : [`${counted(count, "certificate")} ${word}`];
  });
}

function effects(all: readonly Effect[]): readonly string[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MAX_EFFECTS)
    .map(({ scope, change, enforcement, calls }) =>
      cells([prose(scope), change ?? "not verified", enforcement ?? "not verified", calls ?? "not known"]),
    );
  const more = all.length > MAX_EFFECTS ? [`… and ${counted(all.length - MAX_EFFECTS, "more scope")}.`] : [];
  return [
    [cells(["Scope", "Change", "Mutual TLS", "Cost"]), cells(["---", "---", "---", "---"]), ...rows].join(
      "\n",
    ),
    ...more,
  ];
}

const SIGNS: Readonly<Record<Change, string>> = {
  on: "+ on",
  off: "- off",
  "off, because the set is exclusive": "- off, because the set is exclusive",
  upload: "upload",
  rename: "rename",
  replace: "replace",
  delete: "delete",
};

/** The rows that fit, whole ones only, and how many do not. */
function table(rows: readonly Row[], room: number): readonly string[] {
  if (rows.length === 0) return [];
  const lines = [
    cells(["Change", "Name", "Id", "Valid from", "Expires", "Scope"]),
    cells(["---", "---", "---", "---", "---", "---"]),
  ];
  let used = lines.join("\n").length;
  for (const row of rows) {
    const line = rowText(row);
    used += line.length + 1;
    if (used > room) break;
    lines.push(line);
  }
  const left = rows.length - (lines.length - 2);
  return [
    lines.join("\n"),
    ...(left > 0 ? [`… and ${counted(left, "more certificate")} that did not fit.`] : []),
  ];
}

function rowText({ change, name, id, validFrom, expires, scope }: Row): string {
  const isUpload = scope === undefined;
  return cells([
    SIGNS[change],
    name === null ? "–" : code(name),
    id === undefined ? (isUpload ? "–" : "known after the upload") : code(id),
    validFrom ?? "–",
    expires ?? "–",
    isUpload ? "–" : prose(scope),
  ]);
}

function list(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MAX_LINES).map((line) => `- ${prose(line)}`);
  const more = lines.length > MAX_LINES ? [`- … and ${lines.length - MAX_LINES} more.`] : [];
  return [`**${title}**\n\n${[...shown, ...more].join("\n")}`];
}

function others(counts: Report["others"]): readonly string[] {
  const parts = Object.entries(counts).map(([op, count]) => `${count} to ${op}`);
  return parts.length === 0 ? [] : [`Other resources of the stack: ${parts.join(", ")}.`];
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}
