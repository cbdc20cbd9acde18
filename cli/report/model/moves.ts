import type { PlannedChange } from "../input/plannedChange";
import type { PreviewStep } from "../input/preview";
import { isHidden, nameOf, scopeAfter } from "../input/step";
import { areKnown, idsIn } from "../input/stored";
import type { Ids } from "../input/stored";

/** What the program declares, and what its resources give up. Two resources may have one name, in different components. */
export interface Declarations {
  /** The name of another resource that declares an id in a scope. */
  otherIn(scope: string, id: string, urn: string): string | undefined;
  /** Whether another resource of a scope no longer declares an id that it had. */
  isGivenUp(scope: string, id: string, urn: string): boolean;
  /** Another scope in which an id is declared, when it differs in nothing but the connection. */
  elsewhere(scope: string, id: string): string | undefined;
}

interface Entry {
  readonly id: string;
  readonly scope: string;
  readonly urn: string;
  readonly resource: string;
}

/** @param steps of activations: of all that the preview shows, and not only of those that change. */
export function declarationsIn(
  steps: readonly PreviewStep[],
  planned: readonly PlannedChange[],
): Declarations {
  const living = steps.filter(({ op, newState }) => op !== "delete" && op !== "refresh" && newState);
  const declared = living.flatMap((step) =>
    entries(idsIn(step.newState?.inputs ?? {}), scopeAfter(step), step.urn, nameOf(step)),
  );
  const givenUp = planned.flatMap(({ before, after, scope, urn, resource }) =>
    entries(before, scope, urn, resource).filter(({ id }) => areKnown(after) && !after.includes(id)),
  );
  const declaring = Map.groupBy(declared, ({ id }) => id);
  const givingUp = Map.groupBy(givenUp, ({ id }) => id);
  const otherOf = (all: readonly Entry[] = [], scope: string, urn: string): string | undefined =>
    all.find((each) => each.scope === scope && each.urn !== urn)?.resource;
  return {
    otherIn: (scope, id, urn) => otherOf(declaring.get(id), scope, urn),
    isGivenUp: (scope, id, urn) => otherOf(givingUp.get(id), scope, urn) !== undefined,
    elsewhere: (scope, id) =>
      declaring.get(id)?.find((each) => each.scope !== scope && place(each.scope) === place(scope))?.scope,
  };
}

/** None of a scope whose name is hidden: two equal names may hide two scopes. */
function entries(ids: Ids, scope: string, urn: string, resource: string): readonly Entry[] {
  return areKnown(ids) && !isHidden(scope) ? ids.map((id) => ({ id, scope, urn, resource })) : [];
}

/** A scope's name without its connection. */
function place(scope: string): string | undefined {
  return scope.split(": ").at(-1);
}
