import type { Outcome } from "./outcome";

/**
 * The certificates that have to be active as long as any is, so that an update of several calls locks no client out in
 * between: when it starts enforcement, they belong into the first call, and when it ends enforcement, into the last one.
 * A certificate that many clients need comes first.
 */
export function coveringIds(outcomes: readonly Outcome[]): readonly string[] {
  const needs = outcomes.flatMap(({ before, after }) => {
    if (before.kind === "not enforced" && after.kind === "trusted") return [new Set(after.by)];
    return after.kind === "not enforced" && before.kind === "trusted" ? [new Set(before.by)] : [];
  });
  const ids: string[] = [];
  for (let open = needs; open.length > 0;) {
    const best = mostNeeded(open);
    ids.push(best);
    open = open.filter((trusting) => !trusting.has(best));
  }
  return ids;
}

function mostNeeded(needs: readonly ReadonlySet<string>[]): string {
  const counts = new Map<string, number>();
  for (const id of needs.flatMap((trusting) => [...trusting])) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}
