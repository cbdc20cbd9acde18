import {
  type CertificateLine,
  type Headline,
  readCertificate,
  readHeadline,
  readWarning,
} from "../../provider/review/readText";
import type { Effect, Report, Row } from "./model";

/** What the provider said of one change in one scope. */
interface Told {
  readonly effect: Effect;
  readonly rows: Row[];
  readonly warnings: string[];
}

type Said = Pick<Report, "rows" | "effects" | "warnings" | "remarks">;

/**
 * Reads the provider's own lines: each headline is followed by what belongs to it.
 * @param changesIn how many resources change in a scope. The engine asks twice about one whose drift it has found: then
 * the last answer counts, which is about the program.
 */
export function readSaid(lines: readonly string[], changesIn: (scope: string) => number): Said {
  const told: Told[] = [];
  const warnings: string[] = [];
  const remarks: string[] = [];
  for (const line of lines) {
    const current = told.at(-1);
    const headline = readHeadline(line);
    const certificate = current && readCertificate(line);
    const warning = readWarning(line);
    if (headline) told.push({ effect: headline, rows: unknownRows(headline), warnings: [] });
    else if (certificate) current.rows.push(certificateRow(certificate, current.effect.scope));
    else if (warning !== undefined) (current?.warnings ?? warnings).push(warning);
    else if (/^.+: warning: .+$/.test(line)) warnings.push(line);
    else remarks.push(line.trim());
  }
  const kept = told.filter(({ effect: { scope } }, index) => {
    const later = told.slice(index + 1).filter((other) => other.effect.scope === scope);
    return later.length < Math.max(1, changesIn(scope));
  });
  return {
    rows: kept.flatMap(({ rows }) => rows),
    effects: kept.map(({ effect }) => effect),
    warnings: [...kept.flatMap((each) => each.warnings), ...warnings],
    remarks,
  };
}

function unknownRows({ scope, change }: Headline): Row[] {
  const count = Number(/^(\d+) ids? known after/.exec(change)?.[1] ?? 0);
  return Array.from({ length: count }, () => ({ change: "on", name: null, scope }));
}

function certificateRow({ sign, collateral, ...details }: CertificateLine, scope: string): Row {
  const off = collateral ? "off, because the set is exclusive" : "off";
  return { change: sign === "+" ? "on" : off, ...details, scope };
}
