import { activationIn } from "../../e2e/fixture";
import { countCalls } from "../../emulator/index";
import type { LoggedCall } from "../../emulator/index";
import type { InterruptionFixture } from "./fixture";
import type { Change } from "./plan";

/** The calls in the server's log, as text: "1 list, 5 activate". */
export function callsIn(log: readonly LoggedCall[]): string {
  return formatCounts(Object.entries(countCalls(log)));
}

/** The calls that lead from the active certificates to the desired ones; none when the state already holds them. */
export async function callsToReach(
  fixture: InterruptionFixture,
  { before, desired }: Change,
): Promise<string> {
  const resource = await activationIn(fixture.stack);
  const stored = new Set(Object.keys(resource?.outputs?.["certificateIds"] ?? {}));
  const desiredIds = new Set(desired);
  if (stored.symmetricDifference(desiredIds).size === 0) return formatCounts([]);
  const active = new Set(fixture.active());
  const missing = desiredIds.difference(active);
  const surplus = active.intersection(new Set(before)).difference(desiredIds);
  const changes = Math.ceil(missing.size / 10) + Math.ceil(surplus.size / 10);
  return formatCounts([
    // The list of the check alone must not decide that there is nothing to change.
    ["list", changes === 0 ? 2 : 1],
    ["activate", Math.ceil(missing.size / 10)],
    ["deactivate", Math.ceil(surplus.size / 10)],
  ]);
}

function formatCounts(counts: readonly (readonly [string, number])[]): string {
  const texts = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
  return texts.join(", ") || "none";
}
