import { ENFORCEMENT } from "../../../provider/planSummary/render";
import type { PrintedSummary } from "../input/messages";
import type { PlannedChange } from "../input/plannedChange";
import { mayBe } from "../input/step";
import { areKnown } from "../input/stored";
import type { Ids } from "../input/stored";

type Transition = Pick<PlannedChange, "scope" | "before" | "after" | "isExclusive">;

/**
 * Whether a printed summary can be the provider's own about a planned change. Each id that it names must be one that the
 * provider may activate or deactivate then, and its counts must account for every id of the set.
 */
export function agrees(summary: PrintedSummary, planned: Transition): boolean {
  if (!mayBe(planned.scope, summary.effect.scope) || !isCoherent(summary)) return false;
  return activatesOnly(summary, planned.after) && deactivatesOnly(summary, planned);
}

/** Whether the rows of a summary and its statement about enforcement agree with its counts. */
function isCoherent({ counts, on, off, effect }: PrintedSummary): boolean {
  const { activate, deactivate, adopted, unchanged, unmanaged, unknown } = counts;
  if (activate !== on.size || deactivate !== off.size) return false;
  const staying = adopted + unchanged + unmanaged;
  const isEnforced = [staying + deactivate > 0, staying + activate + unknown > 0];
  return effect.enforcement === ENFORCEMENT_BY_ACTIVE[isEnforced.join()];
}

/** By whether any certificate is active before, and after. */
const ENFORCEMENT_BY_ACTIVE: Readonly<Record<string, string>> = {
  "false,false": ENFORCEMENT["stays off"],
  "false,true": ENFORCEMENT["turns on"],
  "true,false": ENFORCEMENT["turns off"],
  "true,true": ENFORCEMENT["stays on"],
};

function activatesOnly({ counts, on }: PrintedSummary, after: Ids): boolean {
  if (after === "secret") return true;
  if (after === "unknown") return counts.unknown > 0;
  const isAccounted = counts.unknown === 0 && on.size + counts.adopted + counts.unchanged === after.length;
  return isAccounted && [...on.keys()].every((id) => after.includes(id));
}

function deactivatesOnly({ off }: PrintedSummary, { before, after, isExclusive }: Transition): boolean {
  return [...off].every(([id, { unmanaged }]) => {
    const isDeclared = areKnown(after) && after.includes(id);
    const isManaged = areKnown(before) ? before.includes(id) : before === "secret" && !unmanaged;
    return !isDeclared && (unmanaged ? isExclusive && !isManaged : isManaged);
  });
}
