import type { Report, ScopeSummary } from "../model/report";
import { calloutsOf } from "./callouts";
import { clientTable } from "./clients";
import { prose } from "./escape";
import { certificateTable, identities } from "./table";
import { timeline } from "./timeline";
import { changesEnforcement, titleOf } from "./title";
import { truncate } from "./truncate";
import { undo } from "./undo";

/** Maximum number of characters of a report. A comment on a pull request holds 65,536, and a marker may stand before it. */
export const MAX_REPORT_CHARACTERS = 60_000;

/** Maximum number of characters of each part but the table of certificates, which gets the rest. */
const MAX_PART_CHARACTERS = 4_000;

/** Between two parts. */
const SEPARATOR = "\n\n";

/** Writes a report for a comment on a pull request, or for the summary of a step: what is dangerous comes first. */
export function markdown(report: Report): string {
  const { callouts, warnings, errors } = calloutsOf(report, MAX_PART_CHARACTERS);
  const head = [
    `### ${prose(titleOf(report))}`,
    ...callouts,
    ...list("Errors", errors),
    ...list("Changed outside Pulumi", report.drift),
    ...list("Warnings", warnings),
    ...scopeLines(report.scopes),
  ];
  const tail = [
    ...clientTable(report.clients, MAX_PART_CHARACTERS),
    ...identities(report.rows, MAX_PART_CHARACTERS),
    ...timeline(report),
    ...undo(report, MAX_PART_CHARACTERS),
    ...list("Notes", report.notes),
    ...others(report.others),
  ];
  const written = [...head, ...tail].join(SEPARATOR).length + 2 * SEPARATOR.length + 1;
  const table = certificateTable(report.rows, MAX_REPORT_CHARACTERS - written, report.time);
  return `${[...head, ...table, ...tail].join(SEPARATOR)}\n`;
}

function list(title: string, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  const lines = texts.map((text) => `- ${prose(text)}`);
  return [
    `**${title}**`,
    truncate(lines, MAX_PART_CHARACTERS, (count) => `- … and ${count} more.`).join("\n"),
  ];
}

/** What the heading, the callouts and the table do not say of each scope. */
function scopeLines(scopes: readonly ScopeSummary[]): readonly string[] {
  const lines = scopes.map((summary) => {
    const { scope, change, enforcement, calls, source } = summary;
    const isStated = enforcement === "not known" || changesEnforcement(summary);
    const facts = [
      ...change.split(", ").filter((part) => scopes.length > 1 || !/^\d+ (?!unchanged)/.test(part)),
      ...(isStated ? [] : [`mTLS ${enforcement}`]),
      ...(source === "state" && !isStated ? ["according to the stack's state"] : []),
      ...(calls === undefined ? [] : [calls]),
    ];
    return facts.length === 0
      ? `Scope: ${prose(scope)}.`
      : `${prose(scope)}: ${facts.map(prose).join(", ")}.`;
  });
  if (lines.length < 2) return lines;
  const items = truncate(
    lines.map((text) => `- ${text}`),
    MAX_PART_CHARACTERS,
    (count) => `- … and ${count} more.`,
  );
  return [items.join("\n")];
}

function others(counts: Report["others"]): readonly string[] {
  const parts = Object.entries(counts).map(([op, count]) => `${count} to ${op}`);
  return parts.length === 0 ? [] : [`Other resources of the stack: ${parts.join(", ")}.`];
}
