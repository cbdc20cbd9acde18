import { scopeName } from "../api/scope";
import type { Scope } from "../api/scope";
import { formatIds } from "../shared/format";
import { describeChunk } from "./executePlan";
import type { ExecutionResult } from "./executePlan";
import { activeIds } from "./plan";

/** What to do after an update that stopped halfway. */
const NEXT_UP = "Run `pulumi up` again: it makes only the calls that are still needed.";

/** What to do after a delete that stopped halfway: the state is unchanged, so `pulumi up` would find nothing to do. */
const DELETE_AGAIN =
  "Delete the resource again: only the calls that are still needed are made. To keep it instead, run `pulumi refresh` " +
  "before the next `pulumi up`.";

/**
 * The report of an update that stopped halfway, one fact per line.
 * @param desired ids that are to be active; undefined when the resource is deleted.
 */
export function failureReport(
  scope: Scope,
  { chunk, unsent, error }: NonNullable<ExecutionResult["failure"]>,
  desired: ReadonlySet<string> | undefined,
  { certificates, unverified }: ExecutionResult,
): readonly string[] {
  const active = activeIds(certificates).difference(unverified);
  const wanted = desired ?? new Set<string>();
  const leaving = new Set(
    [chunk, ...unsent].flatMap(({ action, ids }) => (action === "deactivate" ? ids : [])),
  );
  return [
    `${describeChunk(chunk)} in ${scopeName(scope)} failed: ${error.message}`,
    ...named("active now", active.intersection(wanted)),
    ...named("not active yet", wanted.difference(active).difference(unverified)),
    ...named("still active, to be deactivated", active.intersection(leaving)),
    ...named("unverified, because the response was lost", unverified),
    desired ? NEXT_UP : DELETE_AGAIN,
  ];
}

function named(what: string, ids: ReadonlySet<string>): readonly string[] {
  return ids.size === 0 ? [] : [`${what} (${ids.size}): ${formatIds(ids)}`];
}
