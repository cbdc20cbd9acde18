import type { PrintedSummary } from "../input/messages";
import type { PlannedChange } from "../input/plannedChange";
import { agrees } from "./agreement";

/** A planned change, and what was printed of it. */
export interface Pair {
  readonly planned: PlannedChange;
  /** Undefined when nothing was printed that agrees with the planned change. */
  readonly summary?: PrintedSummary;
  /** The second summary, of a resource that is replaced in its scope. */
  readonly second?: PrintedSummary;
  /** Others that agree just as well, although the provider prints only one. */
  readonly rivals: readonly PrintedSummary[];
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Printed summaries that agree with no planned change. */
  readonly unexplained: readonly PrintedSummary[];
}

/** Finds for each planned change the summary that the provider printed of it. */
export function pairUp(planned: readonly PlannedChange[], summaries: readonly PrintedSummary[]): Pairing {
  const printed = planned.filter(({ isPrinted }) => isPrinted);
  const agreeing = new Map(printed.map((each) => [each, agreeingWith(each, summaries)]));
  const matched = match(printed, (each) => agreeing.get(each) ?? []);
  const used = new Set(matched.values());
  const free = summaries.filter((each) => !used.has(each));

  const pairs = planned.map((each): Pair => {
    const candidates = agreeing.get(each) ?? [];
    // The provider prints equal texts once, so one may be about several resources.
    const summary = matched.get(each) ?? candidates[0];
    const others = candidates.filter((other) => free.includes(other));
    const second = each.mayPrintTwice ? others[0] : undefined;
    return {
      planned: each,
      ...(summary && { summary }),
      ...(second && { second }),
      rivals: others.filter((other) => other !== second),
    };
  });
  const explained = new Set([...agreeing.values()].flat());
  return {
    pairs,
    unexplained: free.filter((each) => !explained.has(each) && !isSuperseded(each, planned)),
  };
}

/** All that was printed of a planned change. */
export function printedOf({ summary, second, rivals }: Pair): readonly PrintedSummary[] {
  return [...(summary ? [summary] : []), ...(second ? [second] : []), ...rivals];
}

/** What was printed last comes first; of a replaced resource, what was printed first, which is about all of it. */
function agreeingWith(
  planned: PlannedChange,
  summaries: readonly PrintedSummary[],
): readonly PrintedSummary[] {
  const agreeing = summaries.filter((summary) => agrees(summary, planned));
  return planned.mayPrintTwice ? agreeing : agreeing.toReversed();
}

/** Whether a summary is what the provider prints first of a set whose drift was found: what its repair would do. */
function isSuperseded(summary: PrintedSummary, planned: readonly PlannedChange[]): boolean {
  return planned.some(
    ({ scope, before, declaredBefore }) =>
      declaredBefore !== undefined &&
      agrees(summary, { scope, before, after: declaredBefore, isExclusive: true }),
  );
}

/** Gives as many as possible a choice of their own, by augmenting paths. */
function match<A, B>(all: readonly A[], choicesOf: (each: A) => readonly B[]): ReadonlyMap<A, B> {
  const takers = new Map<B, A>();
  const take = (each: A, tried: Set<B>): boolean =>
    choicesOf(each).some((choice) => {
      if (tried.has(choice)) return false;
      tried.add(choice);
      const taker = takers.get(choice);
      if (taker !== undefined && !take(taker, tried)) return false;
      takers.set(choice, each);
      return true;
    });
  for (const each of all) take(each, new Set());
  return new Map([...takers].map(([choice, each]) => [each, choice]));
}
