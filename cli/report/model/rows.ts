import { areKnown } from "../input/stored";
import type { Known } from "../input/stored";
import type { Declarations } from "./moves";
import { printedOf } from "./pairing";
import type { Pair } from "./pairing";
import type { Change, Row } from "./report";

/** The rows of a planned change whose ids are known, and what they amount to. */
interface Rows {
  readonly rows: readonly Row[];
  /** How many ids join the set that no other resource gives up. */
  readonly added: number;
  /** Ids that leave the set, and that no other resource declares. */
  readonly off: readonly string[];
  /** How many leave the set and stay active, because another resource declares them. */
  readonly kept: number;
  /** Those of `off` that were not printed. */
  readonly unmentioned: readonly string[];
  /** How many were printed as deactivated, and stay active. */
  readonly stays: number;
}

/** @param details what the state knows of certificates, by id. */
export function rowsOf(pair: Pair, declarations: Declarations, details: ReadonlyMap<string, Known>): Rows {
  const { planned, summary, rivals } = pair;
  const { scope, urn, resource } = planned;
  const [before = [], after = []] = [planned.before, planned.after].map((ids) => (areKnown(ids) ? ids : []));
  const printed = distinct(printedOf(pair).flatMap((each) => each.rows));
  const [printedOn, printedOff] = [byId(printed, "on"), byId(printed, "off")];
  const row = (change: Change, id: string): Row => ({ change, name: null, id, ...details.get(id), scope });
  const other = (id: string): string | undefined => declarations.otherIn(scope, id, urn);
  const keep = ({ unmanaged, ...each }: Row, to: string): Row => ({
    ...each,
    change: "keep",
    ...(!unmanaged && { from: resource }),
    to,
  });

  // An id that another resource gives up is shown with that one.
  const added = without(after, before).filter((id) => !declarations.isGivenUp(scope, id, urn));
  const removed = without(before, after);
  const leaving = [...removed.map((id) => printedOff.get(id) ?? row("off", id)), ...unmanagedIn(printed)];
  const off = removed.filter((id) => other(id) === undefined);
  const isTrusted = summary !== undefined && rivals.length === 0;
  const rows = [
    ...printedOn.values(),
    ...added.filter((id) => !printedOn.has(id)).map((id) => row(isTrusted ? "adopt" : "on", id)),
    ...leaving.map((each) => {
      const to = each.id === undefined ? undefined : other(each.id);
      return to === undefined ? each : keep(each, to);
    }),
  ];
  return {
    rows: rows.map((each) => ({ ...each, scope })),
    added: added.length,
    off,
    kept: removed.length - off.length,
    unmentioned: off.filter((id) => !printedOff.has(id)),
    stays: [...printedOff.keys()].filter((id) => other(id) !== undefined).length,
  };
}

/** Each row once: the same may have been printed in several summaries. Ids that are not known yet stay as they are. */
export function distinct(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter(({ change, id }) => {
    if (id === undefined) return true;
    const key = `${change} ${id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Puts what follows from the program before what does not, and leaves out what another row says: an id that one resource
 * gives up and another one activates, because it is inactive, is activated.
 */
export function inOrder(rows: readonly Row[]): readonly Row[] {
  const activated = new Set(
    rows.flatMap(({ change, scope, id }) => (change === "on" ? [`${scope} ${id ?? ""}`] : [])),
  );
  const needed = rows.filter(
    ({ change, scope, id }) => change !== "keep" || !activated.has(`${scope} ${id ?? ""}`),
  );
  return needed.toSorted((a, b) => Number(a.unmanaged ?? false) - Number(b.unmanaged ?? false));
}

function byId(rows: readonly Row[], change: Change): ReadonlyMap<string, Row> {
  return new Map(
    rows.flatMap((row) => (row.change === change && row.id !== undefined ? [[row.id, row]] : [])),
  );
}

function unmanagedIn(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ unmanaged }) => unmanaged);
}

function without(ids: readonly string[], others: readonly string[]): readonly string[] {
  const excluded = new Set(others);
  return ids.filter((id) => !excluded.has(id));
}
