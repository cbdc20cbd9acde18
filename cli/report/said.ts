import {
  type CertificateLine,
  type Headline,
  readCertificate,
  readHeadline,
  readScopeWarning,
  readWarning,
} from "../../provider/review/readText";
import type { Effect, Row, ScopeChange } from "./model";

/** What the provider said. */
export interface Said {
  readonly told: readonly ScopeChange[];
  readonly warnings: readonly string[];
  /** Whatever is of no known form. */
  readonly remarks: readonly string[];
}

interface Told {
  readonly effect: Effect;
  readonly rows: Row[];
  readonly warnings: string[];
}

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
    const certificate = readCertificate(line);
    const warning = readWarning(line);
    const alone = readScopeWarning(line);
    if (headline) told.push(begin(headline));
    else if (current && certificate) current.rows.push(certificateRow(certificate, current.effect.scope));
    else if (current && warning !== undefined) current.warnings.push(`${current.effect.scope}: ${warning}`);
    else if (alone) warnings.push(`${alone.scope}: ${alone.warning}`);
    else remarks.push(line.trim());
  }
  const kept = told.filter(({ effect: { scope } }, index) => {
    const later = told.slice(index + 1).filter((other) => other.effect.scope === scope);
    return later.length < Math.max(1, changesIn(scope));
  });
  return {
    told: kept.map(({ effect, rows }) => ({ effect, rows })),
    warnings: [...new Set([...kept.flatMap((each) => each.warnings), ...warnings])],
    remarks: [...new Set(remarks)],
  };
}

/** A change, with a row for each id that is known only after its upload. */
function begin(headline: Headline): Told {
  const { scope, change } = headline;
  const count = Number(/^(\d+) ids? known after/.exec(change)?.[1] ?? 0);
  const rows = Array.from({ length: count }, (): Row => ({ change: "on", name: null, scope }));
  return { effect: { ...headline, verified: true }, rows, warnings: [] };
}

function certificateRow({ sign, collateral, ...details }: CertificateLine, scope: string): Row {
  return {
    change: sign === "+" ? "on" : "off",
    ...details,
    scope,
    ...(collateral && { collateral: true }),
  };
}
