import { scopeName, type Scope } from "../api/scope";
import { activeIds } from "./plan";
import { type ExecutionResult, describeChunk } from "./executePlan";

/** What a person can do after an apply that stopped halfway. */
const NEXT_UP = "The next `pulumi up` asks what is active and makes only the calls that are still needed.";

/** The same after a delete: the state is that of before, so nothing would seem to be left to do for an `up`. */
const DELETE_AGAIN =
  "Delete it again to go on: only the calls that are still needed are made. To keep it instead, run `pulumi refresh` " +
  "before the next `pulumi up`.";

/**
 * What a person must know of an apply that stopped halfway, one fact a line.
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
    ...named("not known, because the answer was lost", unverified),
    desired ? NEXT_UP : DELETE_AGAIN,
  ];
}

function named(what: string, ids: ReadonlySet<string>): readonly string[] {
  return ids.size === 0 ? [] : [`${what} (${ids.size}): ${[...ids].sort().join(", ")}`];
}
