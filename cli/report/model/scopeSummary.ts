import type { ScopeSummary } from "./report";
import type { PlannedChange } from "../input/plannedChange";
import type { PrintedSummary } from "../input/messages";

/** The effect of a planned change of which nothing was printed that counts. */
export function unverifiedScope(planned: PlannedChange, change: string, isAlone: boolean): ScopeSummary {
  const enforcement = !planned.isPrinted && isAlone ? enforcementAfterDelete(planned) : undefined;
  return { scope: planned.scope, change, ...(enforcement !== undefined && { enforcement }), verified: false };
}

/** What becomes of enforcement, as far as the state knows. */
function enforcementAfterDelete({ before, hasUnmanaged }: PlannedChange): string {
  if (hasUnmanaged) return "stays ON";
  return before.length === 0 ? "stays OFF" : "turns OFF";
}

/** What several summaries say of enforcement; a change of it comes first. */
export function disputedScope(
  effect: ScopeSummary,
  summaries: readonly (PrintedSummary | undefined)[],
): ScopeSummary {
  const said = summaries.flatMap((each) => each?.effect.enforcement ?? []);
  const enforcement = [...new Set(said)].sort().reverse().join(" or ");
  return { ...effect, enforcement, disputed: true };
}

/**
 * The effect as it was printed, without deactivations that do not happen: of an id that another resource declares. The
 * provider cannot know of that resource before the engine has checked it.
 */
export function correctedScope({ effect, counts }: PrintedSummary, stays: number): ScopeSummary {
  if (stays === 0) return effect;
  const { activate, deactivate, kept, leave, unknown } = counts;
  const off = deactivate - stays;
  const parts = [
    ...(unknown > 0 ? [`${unknown} id${unknown === 1 ? "" : "s"} known after the upload`] : []),
    ...countTexts({ activate, deactivate: off, keep: kept, leave: leave + stays }),
  ];
  return {
    ...effect,
    change: parts.join(", "),
    // Something that stays active was active before.
    enforcement: "stays ON",
    ...(effect.calls !== undefined && { calls: `at most ${effect.calls}` }),
  };
}

export function changeText(counts: Readonly<Record<string, number>>): string {
  return countTexts(counts).join(", ") || "nothing to activate or deactivate";
}

function countTexts(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts).flatMap(([word, count]) => (count > 0 ? [`${word} ${count}`] : []));
}
