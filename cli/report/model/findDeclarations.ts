import type { PreviewStep } from "../input/preview";
import { HIDDEN, isActivation, nameOf, scopeAfter } from "../input/step";
import { areKnown, idsIn } from "../input/stored";

/** A resource that declares an id. Two resources may have one name, in different components. */
export interface Declaration {
  readonly scope: string;
  readonly urn: string;
  readonly resource: string;
}

/** The resources that declare an id after the update. */
export type FindDeclarations = (id: string) => readonly Declaration[];

/** @param steps all that the preview shows, and not only those that change. */
export function findDeclarations(steps: readonly PreviewStep[]): FindDeclarations {
  const declared = steps
    .filter((step) => isActivation(step) && step.op !== "delete" && step.op !== "refresh" && step.newState)
    .flatMap((step) => {
      const [ids, scope] = [idsIn(step.newState?.inputs ?? {}), scopeAfter(step)];
      if (!areKnown(ids) || HIDDEN.test(scope)) return [];
      return ids.map((id) => ({ id, scope, urn: step.urn, resource: nameOf(step) }));
    });
  const byId = Map.groupBy(declared, ({ id }) => id);
  return (id) => byId.get(id) ?? [];
}
