import { formatDate, pluralize } from "../../../provider/shared/format";
import type { Certificate, Change, Row } from "../model/report";
import { cell } from "./escape";
import { truncate } from "./truncate";

/** A column, and how a sentence says what all of its cells have in common. */
interface Column {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly inSentence?: (text: string) => string;
}

/**
 * The rows as a table that fits into a comment, one for each certificate. A column with one value becomes a sentence.
 * @param room characters that it may have at most.
 * @param now Unix seconds.
 */
export function certificateTable(all: readonly Row[], room: number, now: number): readonly string[] {
  const uploads = all.filter(({ change }) => change === "upload" || change === "replace");
  const activations = all.filter((row) => uploads.some((upload) => isActivationOf(row, upload)));
  const rows = all.filter((row) => !activations.includes(row));
  if (rows.length === 0) return [];
  const columns: readonly Column[] = [
    {
      title: "",
      text: (row) =>
        changeText(row, uploads.includes(row) && activations.some((other) => isActivationOf(other, row))),
      inSentence: (text) => text.replaceAll("&nbsp;", " ").replace(/^[+−=] /, ""),
    },
    { title: "Certificate", text: certificateText },
    {
      title: "Valid",
      text: (row) => validityText(row, now),
      inSentence: (text) => (text === "" ? "" : `valid ${text.replace(/<br>|&nbsp;/g, " ")}`),
    },
    { title: "Scope", text: ({ scope }) => cell(scope), inSentence: (text) => text },
  ];
  const isShared = ({ text, inSentence, title }: Column): boolean =>
    inSentence !== undefined &&
    (rows.length > 1 || title === "Scope" || rows.every((row) => text(row) === "")) &&
    new Set(rows.map(text)).size === 1;
  const [first] = rows;
  const shared = columns.filter(isShared).flatMap(({ text, inSentence, title }) => {
    // With one scope, the line about that scope names it.
    const words = first && inSentence && title !== "Scope" ? inSentence(text(first)) : "";
    return words === "" ? [] : [words];
  });
  const shown = columns.filter((column) => !isShared(column));
  const head = [line(shown.map(({ title }) => title || " ")), line(shown.map(() => "---"))];
  const above =
    shared.length === 0
      ? []
      : [`${rows.length === 2 ? "Both" : `All ${rows.length}`} certificates: ${shared.join("; ")}.`];
  const below = LEGEND.flatMap(([isMeant, text]) => (rows.some(isMeant) ? [text] : []));
  const used = [...above, ...below, head.join("\n"), ""].join("\n\n").length;
  const left = (count: number): string => `\n… and ${pluralize(count, "more certificate")} that did not fit.`;
  const lines = truncate(
    rows.map((row) => line(shown.map(({ text }) => text(row)))),
    room - used,
    left,
  );
  return [...above, [...head, ...lines].join("\n"), ...below];
}

/** What is explained below the table, if a row needs it. */
const LEGEND: readonly (readonly [(row: Row) => boolean, string])[] = [
  [
    ({ source }) => source === "provider",
    "\\* According to the provider: the engine's plan does not contain the id.",
  ],
  [({ change }) => change === "adopt", "= already active: the resource manages it from now on."],
  [
    ({ change }) => change === "keep",
    "= moved: it is active after the update, and another resource declares it.",
  ],
];

const CHANGES: Readonly<Record<Change, string>> = {
  activate: "+&nbsp;activate",
  deactivate: "−&nbsp;deactivate",
  adopt: "=&nbsp;already active",
  keep: "=&nbsp;moved",
  secret: "secret ids",
  upload: "upload",
  rename: "rename",
  replace: "replace",
  delete: "−&nbsp;delete",
};

/** Whether a row is the activation of a certificate that another row of the same scope uploads. */
function isActivationOf(row: Row, upload: Row): boolean {
  return (
    row.change === "activate" &&
    row.id === undefined &&
    [row.name, row.scope, row.identity?.sha256].join() ===
      [upload.name, upload.scope, upload.identity?.sha256].join()
  );
}

function changeText({ change, source, from, to }: Row, isActivated: boolean): string {
  if (isActivated) return `${CHANGES[change]}, activate`;
  const moved = from === undefined || to === undefined ? "" : ` (${cell(from)} → ${cell(to)})`;
  return `${CHANGES[change]}${source === "provider" ? "&nbsp;\\*" : ""}${moved}`;
}

function certificateText(row: Row): string {
  const { change, name, formerName, id, replacedId, identity } = row;
  const names = [...(formerName === undefined || formerName === name ? [] : [formerName]), name]
    .map((each) => (each === null ? "(no name)" : `<b>${cell(each)}</b>`))
    .join(" → ");
  const ids = [replacedId, id].flatMap((each) => (each === undefined ? [] : [`<code>${cell(each)}</code>`]));
  const isNew = change === "replace" || (id === undefined && change !== "secret");
  const known = [...ids, ...(isNew ? ["(new id after upload)"] : [])].join(" → ");
  return [
    ...(name === null && formerName === undefined ? [] : [names]),
    change === "secret" ? "not shown" : known,
    ...(identity ? [`<br>${cell(`${identity.subject}, SHA-256 ${identity.sha256.slice(0, 11)}…`)}`] : []),
  ].join(" ");
}

/** "until 2027-01-31, 67 days", "2026-11-01 to 2028-01-31, 432 days". */
function validityText({ change, validFrom, expires }: Row, now: number): string {
  if (expires === undefined) return "";
  const [, days = ""] = /\((?:in )?(.*)\)/.exec(formatDate(secondsOf(expires), now)) ?? [];
  const isEnding = change === "deactivate" || change === "delete" || validFrom === undefined;
  // Broken here, because a browser would break a date.
  const end = `${expires}, ${days.replace(" ", "&nbsp;")}`;
  return isEnding ? `until&nbsp;${end}` : `${validFrom} to<br>${end}`;
}

/** Unix seconds. @param day a date. */
export function secondsOf(day: string): number {
  return Date.parse(day) / 1000;
}

/** The full fingerprints, to compare with those of the CA. */
export function identities(rows: readonly Row[], room: number): readonly string[] {
  const lines = rows.flatMap(({ name, id, identity }: Certificate, index) =>
    identity && rows.findIndex((other) => other.identity?.sha256 === identity.sha256) === index
      ? [
          `- <b>${cell(name ?? id ?? "")}</b>: subject ${cell(identity.subject)}; issuer ${cell(identity.issuer)}; ` +
            `SHA-256 <code>${identity.sha256}</code>`,
        ]
      : [],
  );
  if (lines.length === 0) return [];
  const shown = truncate(lines, room, (count) => `- … and ${count} more.`);
  return ["<details><summary>Certificate authorities</summary>", shown.join("\n"), "</details>"];
}

function line(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}
