import { ENFORCEMENT, renderChange } from "../../../provider/planSummary/render";
import type { PrintedSummary } from "../input/messages";
import type { PlannedChange } from "../input/plannedChange";
import type { ScopeSummary } from "./report";

/** The summary of a planned change for which no printed summary counts. */
export function unverifiedScope(planned: PlannedChange, change: string, isAlone: boolean): ScopeSummary {
  const enforcement = !planned.isPrinted && isAlone ? enforcementAfterDelete(planned) : undefined;
  return { scope: planned.scope, change, ...(enforcement !== undefined && { enforcement }), verified: false };
}

/** What happens to enforcement, according to the state. */
function enforcementAfterDelete({ before, hasUnmanaged }: PlannedChange): string {
  if (hasUnmanaged) return ENFORCEMENT["stays on"];
  return ENFORCEMENT[before.length === 0 ? "stays off" : "turns off"];
}

/** What several summaries report about enforcement; a change comes first. */
export function disputedScope(
  effect: ScopeSummary,
  summaries: readonly (PrintedSummary | undefined)[],
): ScopeSummary {
  const printed = summaries.flatMap((each) => each?.effect.enforcement ?? []);
  const enforcement = [...new Set(printed)].sort().reverse().join(" or ");
  return { ...effect, enforcement, disputed: true };
}

/**
 * The summary as it was printed, without deactivations that do not happen: of an id that another resource declares. The
 * provider cannot know of that resource before the engine has checked it.
 */
export function correctedScope({ effect, counts }: PrintedSummary, stays: number): ScopeSummary {
  if (stays === 0) return effect;
  const { deactivate, unmanaged } = counts;
  return {
    ...effect,
    change: renderChange({ ...counts, deactivate: deactivate - stays, unmanaged: unmanaged + stays }),
    // A certificate that stays active was active before.
    enforcement: ENFORCEMENT["stays on"],
    ...(effect.calls !== undefined && { calls: `at most ${effect.calls}` }),
  };
}
