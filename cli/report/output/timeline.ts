import { formatDay } from "../../../provider/shared/format";
import { sanitize } from "../../../provider/shared/sanitize";
import type { Certificate, Change, Report } from "../model/report";
import { secondsOf } from "./table";

/** Maximum number of bars. */
const MAX_BARS = 40;
/** A timeline with more bars is folded. */
const MAX_OPEN_BARS = 8;
/** Maximum number of characters of a label. */
const MAX_LABEL = 40;

/**
 * From when to when each certificate is active: a chart in Mermaid, which GitHub and GitLab draw. What is deactivated ends
 * today, and what is activated begins today, or when it becomes valid: a gap between them is seen.
 */
export function timeline({ rows, unchanged, time }: Report): readonly string[] {
  const today = formatDay(time);
  const of = (...changes: readonly Change[]) => rows.filter(({ change }) => changes.includes(change));
  const until = (certificate: Certificate, tag: string, end: string) =>
    bar(certificate, tag, certificate.validFrom, end);
  const sections = [
    ["Deactivated", of("deactivate").map((each) => until(each, "done", earlier(each.expires, today)))],
    [
      "Activated",
      of("activate").map((each) => bar(each, "active", later(each.validFrom, today), each.expires)),
    ],
    [
      "Stays active",
      [...of("adopt", "keep"), ...unchanged].map((each) => bar(each, "", each.validFrom, each.expires)),
    ],
  ] as const;
  const changed = sections[0][1].length + sections[1][1].length;
  const bars = sections.map(([name, lines]) => [name, lines.filter((line) => line !== "")] as const);
  const count = bars.reduce((sum, [, lines]) => sum + lines.length, 0);
  if (changed === 0 || count === 0) return [];
  let room = MAX_BARS;
  const text = bars.flatMap(([name, lines]) => {
    const shown = lines.slice(0, room);
    room -= shown.length;
    return shown.length === 0 ? [] : [`section ${name}`, ...shown];
  });
  const chart = [
    "```mermaid",
    "gantt",
    "dateFormat YYYY-MM-DD",
    "axisFormat %b %y",
    ...text,
    "section Today",
    `Preview :milestone, ${today}, 0d`,
    "```",
  ].join("\n");
  const left = count > MAX_BARS ? [`… and ${count - MAX_BARS} more certificates that did not fit.`] : [];
  return [
    `<details${count > MAX_OPEN_BARS ? "" : " open"}><summary>Timeline: when each certificate is active, until it expires</summary>`,
    chart,
    ...left,
    "</details>",
  ];
}

/** One bar; empty when a date is not known. The sign keeps a name from being a keyword of Mermaid. */
function bar({ name, id = "" }: Certificate, tag: string, from = "", to = ""): string {
  if (!isDay(from) || !isDay(to) || from > to) return "";
  const label = sanitize(name ?? id)
    .replace(/[^\p{L}\p{N} ._-]+/gu, " ")
    .slice(0, MAX_LABEL)
    .toWellFormed();
  return `${SIGNS[tag] ?? ""} ${label} :${tag === "" ? "" : `${tag}, `}${from}, ${to}`;
}

const SIGNS: Readonly<Record<string, string>> = { done: "−", active: "+", "": "=" };

/** Charts of years before 1000 or after 9999 are not drawn. */
function isDay(day: string): boolean {
  return /^\d{4}-/.test(day) && !Number.isNaN(secondsOf(day));
}

function earlier(day: string | undefined, other: string): string {
  return day !== undefined && day < other ? day : other;
}

function later(day: string | undefined, other: string): string {
  return day !== undefined && day > other ? day : other;
}
