import { parseCertificateLine, parseHeadline } from "../../../provider/planSummary/parse";
import type { CertificateLine, Headline } from "../../../provider/planSummary/parse";
import type { Counts } from "../../../provider/planSummary/summarize";
import type { Change, Row, ScopeSummary } from "../model/report";

/** What was printed. All of it may be the provider's, or a line of the program that looks like the provider's. */
export interface Messages {
  readonly summaries: readonly PrintedSummary[];
  readonly warnings: readonly string[];
  /** All other lines. */
  readonly notes: readonly string[];
}

/** How the provider marks a warning that it prints to standard output, because it cannot reach the engine. */
const WARNING = /^warning: (?<text>.+)$/;

/** A headline with the lines that belong to it. */
export interface PrintedSummary {
  readonly effect: ScopeSummary;
  /** A row for each certificate, and for each id that is known only after its upload. */
  readonly rows: readonly Row[];
  /** The certificates that are activated, and those that are deactivated, by id. */
  readonly on: ReadonlyMap<string, Row>;
  readonly off: ReadonlyMap<string, Row>;
  readonly counts: Counts;
  /** The text as it was printed. */
  readonly lines: readonly string[];
}

interface Begun {
  readonly headline: Headline;
  readonly certificates: CertificateLine[];
  readonly lines: string[];
}

/** Parses lines as the provider writes them: each headline is followed by the lines of its certificates. */
export function parseMessages(lines: readonly string[]): Messages {
  const begun: Begun[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  for (const line of lines) {
    const current = begun.at(-1);
    const headline = parseHeadline(line);
    const certificate = parseCertificateLine(line);
    const warning = WARNING.exec(line)?.groups?.["text"];
    if (headline) {
      begun.push({ headline, certificates: [], lines: [line] });
    } else if (current && certificate) {
      current.certificates.push(certificate);
      current.lines.push(line);
    } else if (warning !== undefined) {
      warnings.push(warning);
    } else {
      notes.push(line.trim());
    }
  }
  // The provider prints a text only once, even if it applies to several resources.
  const distinct = new Map(begun.map((each) => [each.lines.join("\n"), each]));
  return {
    summaries: [...distinct.values()].map(summaryOf),
    warnings: [...new Set(warnings)],
    notes: [...new Set(notes)],
  };
}

function summaryOf({ headline, certificates, lines }: Begun): PrintedSummary {
  const { counts, ...effect } = headline;
  const { scope } = effect;
  const rows = certificates.map((certificate) => certificateRow(certificate, scope));
  const byId = (change: Change): ReadonlyMap<string, Row> =>
    new Map(rows.flatMap((row) => (row.change === change && row.id !== undefined ? [[row.id, row]] : [])));
  return {
    effect: { ...effect, verified: true },
    rows: [
      ...Array.from({ length: Math.min(counts.unknown, MAX_UNKNOWN) }, (): Row => ({
        change: "on",
        name: null,
        scope,
      })),
      ...rows,
    ],
    on: byId("on"),
    off: byId("off"),
    counts,
    lines,
  };
}

/** Most rows for ids that are known only after their upload: more than an organization can have. */
const MAX_UNKNOWN = 1_000;

const CHANGES: Readonly<Record<string, Change>> = { "+": "on", "-": "off", "=": "keep" };

function certificateRow({ sign, unmanaged, ...details }: CertificateLine, scope: string): Row {
  const { id, name, validFrom, expires, distance } = details;
  return {
    change: CHANGES[sign] ?? "keep",
    id,
    name,
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    ...(distance !== undefined && { distance }),
    scope,
    ...(unmanaged && { unmanaged: true }),
  };
}
