import { pluralize } from "../../../provider/shared/format";
import type { Change, Report, Row, ScopeSummary } from "../model/report";
import { cell, prose } from "./escape";
import { changesEnforcement, inSentence, titleOf } from "./title";
import { truncate } from "./truncate";

/** Maximum number of characters of a report. A comment on a pull request holds 65,536, and a marker may stand before it. */
export const MAX_REPORT_CHARACTERS = 60_000;

/** Maximum number of characters of each part but the table of certificates, which gets the rest. */
const MAX_PART_CHARACTERS = 6_000;

/** Maximum number of scopes that are named as not verified. */
const MAX_NAMED = 3;

/** Writes a report for a comment on a pull request, or for the summary of a step. */
export function markdown(report: Report): string {
  const head = [
    `### ${prose(titleOf(report))}`,
    ...callout(report.scopes),
    ...list("Errors", report.errors),
    ...list("Changed outside Pulumi", report.drift),
    ...list("Warnings", report.warnings),
    ...scopeTable(report.scopes),
    ...unverified(report.scopes),
  ];
  const tail = [...list("Notes", report.notes), ...others(report.others)];
  const written = [...head, ...tail].join(SEPARATOR).length + 2 * SEPARATOR.length + 1;
  const rows = rowTable(report.rows, MAX_REPORT_CHARACTERS - written);
  return `${[...head, ...rows, ...tail].join(SEPARATOR)}\n`;
}

/** The changes of enforcement, which concern every client. */
function callout(scopes: readonly ScopeSummary[]): readonly string[] {
  const lines = scopes
    .filter(changesEnforcement)
    .map(({ scope, enforcement }) => `> mTLS ${enforcement} for ${prose(inSentence(scope))}.`);
  if (lines.length === 0) return [];
  const shown = truncate(
    lines,
    MAX_PART_CHARACTERS,
    (count) => `> … and for ${pluralize(count, "more scope")}.`,
  );
  return [["> [!CAUTION]", ...shown].join("\n>\n")];
}

/** Between two parts. */
const SEPARATOR = "\n\n";

function list(title: string, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  const lines = texts.map((text) => `- ${prose(text)}`);
  return [
    `**${title}**`,
    truncate(lines, MAX_PART_CHARACTERS, (count) => `- … and ${count} more.`).join("\n"),
  ];
}

function scopeTable(scopes: readonly ScopeSummary[]): readonly string[] {
  if (scopes.length === 0) return [];
  const lines = scopes.map(({ scope, change, enforcement, calls }) =>
    cells([cell(scope), change, enforcement, calls ?? "not known"]),
  );
  return table(["Scope", "Change", "mTLS", "API calls"], lines, MAX_PART_CHARACTERS, "scope");
}

function unverified(summaries: readonly ScopeSummary[]): readonly string[] {
  const scopes = [...new Set(summaries.filter(({ verified }) => !verified).map(({ scope }) => scope))];
  if (scopes.length === 0) return [];
  const named =
    scopes.length > MAX_NAMED
      ? pluralize(scopes.length, "scope")
      : scopes.map(inSentence).map(prose).join(", ");
  return [
    `The ids of ${named} were not verified: this preview did not request the certificates from the API. Names and ` +
      "dates are from the stack's state.",
  ];
}

function rowTable(rows: readonly Row[], room: number): readonly string[] {
  if (rows.length === 0) return [];
  const legend = LEGEND.flatMap(([isMeant, text]) => (rows.some(isMeant) ? [text] : []));
  return [
    ...table(
      ["Change", "Name", "Id", "Valid from", "Expires", "Scope"],
      rows.map(rowText),
      room - legend.join(SEPARATOR).length - SEPARATOR.length,
      "certificate",
    ),
    ...legend,
  ];
}

/** What is explained below the table, if a row needs it. */
const LEGEND: readonly (readonly [(row: Row) => boolean, string])[] = [
  [
    ({ unmanaged }) => unmanaged ?? false,
    "exclusive: unmanaged; it is deactivated because exclusive is set.",
  ],
  [
    ({ source }) => source === "provider",
    "\\*: according to the provider; the engine's plan does not contain the id.",
  ],
  [({ change }) => change === "adopt", "= already active: the resource manages it from now on."],
  [
    ({ change }) => change === "keep",
    "= moved: it is active after the update; one resource no longer declares it, and another resource does.",
  ],
];

const SIGNS: Readonly<Record<Change, string>> = {
  activate: "+ activate",
  deactivate: "- deactivate",
  adopt: "= already active",
  keep: "= moved",
  secret: "secret ids",
  upload: "upload",
  rename: "rename",
  replace: "replace",
  delete: "delete",
};

function rowText(row: Row): string {
  const { change, name, formerName, id, replacedId, validFrom, expires, distance, scope } = row;
  const unknown = change === "secret" ? "not shown" : "known after upload";
  const known = id === undefined ? unknown : cell(id);
  return cells([
    changeText(row),
    formerName === undefined || formerName === name
      ? nameText(name)
      : `${nameText(formerName)} → ${nameText(name)}`,
    replacedId === undefined ? known : `${cell(replacedId)} → ${known}`,
    validFrom ?? "–",
    [expires ?? "–", ...(distance === undefined ? [] : [`(${distance})`])].join(" "),
    cell(scope),
  ]);
}

function changeText({ change, unmanaged, source, from, to }: Row): string {
  const mark = source === "provider" ? " \\*" : "";
  if (to === undefined) return `${SIGNS[change]}${unmanaged ? " (exclusive)" : ""}${mark}`;
  return `${SIGNS[change]} (${from === undefined ? "" : `${cell(from)} → `}${cell(to)})`;
}

function nameText(name: string | null): string {
  return name === null ? "–" : cell(name);
}

/** A table of the rows that fit, and below it how many do not. */
function table(
  titles: readonly string[],
  rows: readonly string[],
  room: number,
  what: string,
): readonly string[] {
  const head = [cells(titles), cells(titles.map(() => "---"))];
  const left = (count: number): string => `\n… and ${pluralize(count, `more ${what}`)} that did not fit.`;
  return [[...head, ...truncate(rows, room - head.join("\n").length - 1, left)].join("\n")];
}

function others(counts: Report["others"]): readonly string[] {
  const parts = Object.entries(counts).map(([op, count]) => `${count} to ${op}`);
  return parts.length === 0 ? [] : [`Other resources of the stack: ${parts.join(", ")}.`];
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}
