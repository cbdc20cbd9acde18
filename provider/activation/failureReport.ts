import { scopeName, type Scope } from "../api/scope";
import { activeIds } from "./plan";
import { type Outcome, stepName } from "./reconcile";

/**
 * What a person must know of an apply that stopped halfway, one fact a line.
 * @param desired ids that are to be active.
 */
export function failureReport(
  scope: Scope,
  { step, error }: NonNullable<Outcome["failure"]>,
  desired: ReadonlySet<string>,
  { certificates, unverified }: Outcome,
): readonly string[] {
  const active = activeIds(certificates).difference(unverified);
  const undone = step.toggle === "deactivate" ? active.intersection(new Set(step.ids)) : new Set<string>();
  return [
    `${stepName(step)} in ${scopeName(scope)} failed: ${error.message}`,
    ...named("active now", active.intersection(desired)),
    ...named("not active yet", desired.difference(active).difference(unverified)),
    ...named("still active, to be deactivated", undone),
    ...named("not known, because the answer was lost", unverified),
    "The next `pulumi up` asks what is active and makes only the calls that are still needed.",
  ];
}

function named(what: string, ids: ReadonlySet<string>): readonly string[] {
  return ids.size === 0 ? [] : [`${what} (${ids.size}): ${[...ids].sort().join(", ")}`];
}
