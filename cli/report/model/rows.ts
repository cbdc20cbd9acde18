import { MAX_CERTIFICATES } from "../../../provider/api/limits";
import type { CertificateLine } from "../../../provider/planSummary/parse";
import type { PlannedChange } from "../input/plannedChange";
import type { PrintedSummary } from "../input/printedMessages";
import { areKnown } from "../input/stored";
import type { Ids, StoredDetails } from "../input/stored";
import type { FindDeclarations } from "./findDeclarations";
import type { Certificate, Change, Row } from "./report";

/** What is known of one scope. */
export interface PlannedScope {
  readonly scope: string;
  /** The engine's plan. */
  readonly changes: readonly PlannedChange[];
  readonly printed: PrintedSummary;
  readonly declarations: FindDeclarations;
  /** What the state knows of certificates, by id. */
  readonly details: ReadonlyMap<string, StoredDetails>;
  /** Rows of the certificates that this update uploads for the sets. */
  readonly fresh: readonly Row[];
  /** Whether the preview failed, so that steps may be missing. */
  readonly failed: boolean;
}

/**
 * The rows of the activations of one scope. Each id that the plan adds or removes has its row, whatever was printed.
 * Messages add names and dates, and which certificates are active already.
 */
export function rowsOf(facts: PlannedScope): readonly Row[] {
  const { scope, changes, printed, declarations, details } = facts;
  const secret = changes.filter(isSecret).map((): Row => ({ change: "secret", name: null, scope }));
  const linesById = Map.groupBy(printed.certificates, ({ id }) => id);
  const isPrinted = (sign: CertificateLine["sign"], id: string): boolean =>
    linesById.get(id)?.some((line) => line.sign === sign) ?? false;
  const row = (change: Change, id: string): Row => ({
    change,
    name: null,
    id,
    ...details.get(id),
    ...detailsOf(linesById.get(id)?.[0]),
    scope,
  });

  const added = changes.flatMap(({ before, after, urn }) =>
    without(after, before).map((id) => ({ id, urn })),
  );
  const removed = changes.flatMap(({ before, after, urn, resource }) =>
    without(before, after).map((id) => ({ id, urn, resource })),
  );
  const removedRows = removed.map(({ id, urn, resource }): Row => {
    const to = declarations(id).find((other) => other.scope === scope && other.urn !== urn);
    if (!to) return row("deactivate", id);
    // What one resource gives up and another one activates is inactive.
    return isPrinted("+", id) ? row("activate", id) : { ...row("keep", id), from: resource, to: to.resource };
  });
  const addedRows = added.flatMap(({ id, urn }): readonly Row[] => {
    if (isPrinted("+", id)) return [row("activate", id)];
    if (removed.some((other) => other.id === id && other.urn !== urn)) return [];
    return [row(isPrinted("=", id) ? "adopt" : "activate", id)];
  });
  const planned = new Set([...added, ...removed].map(({ id }) => id));
  const printedRows = printed.certificates
    .filter((line) => !planned.has(line.id) && secret.length === 0 && isPossible(line, facts))
    .map(({ sign, id, unmanaged }): Row => ({
      ...row(sign === "+" ? "activate" : "deactivate", id),
      source: "provider",
      ...(unmanaged && { unmanaged }),
    }));
  return distinct([...secret, ...removedRows, ...unknownRows(facts), ...addedRows, ...printedRows]);
}

/** The certificates of the changed sets that stay in them, as far as the plan shows them. */
export function unchangedOf({ scope, changes, details }: PlannedScope): readonly Certificate[] {
  return changes.flatMap(({ before, after }) => {
    const gone = new Set(without(before, after));
    const ids = areKnown(before) && areKnown(after) ? before.filter((id) => !gone.has(id)) : [];
    return ids.map((id) => ({ name: null, id, ...details.get(id), scope }));
  });
}

/** Certificates whose ids are known only after the upload: named where there is no doubt about which these are. */
function unknownRows({ scope, changes, printed: { headlines }, fresh }: PlannedScope): readonly Row[] {
  if (!changes.some(({ after }) => after === "unknown")) return [];
  const printed = headlines.map(({ counts }) => Math.min(counts.unknown, MAX_CERTIFICATES));
  const length = Math.max(0, ...printed);
  if (length === fresh.length) return fresh;
  return Array.from({ length }, () => ({ change: "activate", name: null, scope }));
}

/** Whether the provider may know of a change of which the plan has nothing. */
function isPossible(
  { sign, id, unmanaged }: CertificateLine,
  { scope, changes, declarations, failed }: PlannedScope,
): boolean {
  if (sign === "=") return false;
  if (changes.length === 0) return failed;
  if (changes.some(({ after }) => after === "unknown")) return true;
  // A declared certificate that was deactivated outside Pulumi is activated again.
  if (sign === "+") return changes.some(({ after }) => after.includes(id));
  const isDeclared = declarations(id).some((other) => other.scope === scope);
  return unmanaged && !isDeclared && changes.some(({ isExclusive }) => isExclusive);
}

function isSecret({ before, after }: PlannedChange): boolean {
  return before === "secret" || after === "secret";
}

function detailsOf(line: CertificateLine | undefined): Partial<Row> {
  if (!line) return {};
  const { name, validFrom, expires, identity } = line;
  return {
    ...(name !== null && { name }),
    ...(validFrom !== undefined && { validFrom }),
    ...(expires !== undefined && { expires }),
    ...(identity && { identity }),
  };
}

function without(ids: Ids, others: Ids): readonly string[] {
  if (!areKnown(ids) || !areKnown(others)) return [];
  const excluded = new Set(others);
  return ids.filter((id) => !excluded.has(id));
}

/** Each id once for each change. */
function distinct(rows: readonly Row[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.change} ${row.id ?? byKey.size}`;
    if (!byKey.has(key)) byKey.set(key, row);
  }
  return [...byKey.values()];
}
