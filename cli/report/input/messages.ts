import {
  type CertificateLine,
  type Headline,
  parseCertificateLine,
  parseHeadline,
  parseScopeWarning,
  parseWarning,
} from "../../../provider/planSummary/parse";
import type { Change, ScopeSummary, Row } from "../model/report";

/** What was printed. All of it may be the provider's, or a line of the program that looks like the provider's. */
export interface Messages {
  readonly summaries: readonly PrintedSummary[];
  readonly warnings: readonly string[];
  /** Whatever is of no known form. */
  readonly notes: readonly string[];
}

/** A headline with the lines that belong to it. */
export interface PrintedSummary {
  readonly effect: ScopeSummary;
  /** A row for each certificate, and for each id that is known only after its upload. */
  readonly rows: readonly Row[];
  /** The certificates that are activated, and those that are deactivated, by id. */
  readonly on: ReadonlyMap<string, Row>;
  readonly off: ReadonlyMap<string, Row>;
  readonly counts: Counts;
  readonly warnings: readonly string[];
  /** The text as it was printed. */
  readonly lines: readonly string[];
}

/** The numbers of a headline. */
export interface Counts {
  readonly activate: number;
  readonly deactivate: number;
  /** Ids of the set that are active already. */
  readonly kept: number;
  readonly leave: number;
  readonly unknown: number;
}

interface Begun {
  readonly headline: Headline;
  readonly certificates: CertificateLine[];
  readonly warnings: string[];
  readonly lines: string[];
}

/** Reads lines as the provider writes them: each headline is followed by what belongs to it. */
export function parseMessages(lines: readonly string[]): Messages {
  const begun: Begun[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  for (const line of lines) {
    const current = begun.at(-1);
    const headline = parseHeadline(line);
    const certificate = parseCertificateLine(line);
    const warning = parseWarning(line);
    const alone = parseScopeWarning(line);
    if (headline) begun.push({ headline, certificates: [], warnings: [], lines: [line] });
    else if (current && certificate) {
      current.certificates.push(certificate);
      current.lines.push(line);
    } else if (current && warning !== undefined) {
      current.warnings.push(`${current.headline.scope}: ${warning}`);
      current.lines.push(line);
    } else if (alone) warnings.push(`${alone.scope}: ${alone.warning}`);
    else notes.push(line.trim());
  }
  // The provider prints a text only once, whoever it is about.
  const distinct = new Map(begun.map((each) => [each.lines.join("\n"), each]));
  return {
    summaries: [...distinct.values()].map(summaryOf),
    warnings: [...new Set(warnings)],
    notes: [...new Set(notes)],
  };
}

function summaryOf({ headline, certificates, warnings, lines }: Begun): PrintedSummary {
  const { scope } = headline;
  const counts = countsIn(headline.change);
  const rows = certificates.map((certificate) => certificateRow(certificate, scope));
  const byId = (change: Change): ReadonlyMap<string, Row> =>
    new Map(rows.flatMap((row) => (row.change === change && row.id !== undefined ? [[row.id, row]] : [])));
  return {
    effect: { ...headline, verified: true },
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
    warnings,
    lines,
  };
}

/** Most rows for ids that are known only after their upload: more than an organization can have. */
const MAX_UNKNOWN = 1_000;

function countsIn(change: string): Counts {
  const count = (pattern: RegExp): number =>
    [...change.matchAll(pattern)].reduce((sum, [, digits]) => sum + Number(digits), 0);
  return {
    activate: count(/\bactivate (\d+)/g),
    deactivate: count(/\bdeactivate (\d+)/g),
    kept: count(/\b(?:keep|adopt) (\d+)/g),
    leave: count(/\bleave (\d+)/g),
    unknown: count(/(\d+) ids? known after/g),
  };
}

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
