import type { ProcessFacts, ScopeFacts } from "./facts";

/** An update that a preview expects to be rejected, unless another resource of the program averts that. */
export type ExpectedRejection = ScopeFacts["expectedRejections"][number];

/**
 * The rejections that no resource averts which the engine has checked by now: none declares an id that the update would
 * deactivate, or ids of which a preview knows nothing.
 */
export function rejectionsNotAverted(facts: readonly ProcessFacts[]): readonly ExpectedRejection[] {
  const scopes = facts.flatMap((each) => each.scopes);
  return scopes.flatMap(({ scope, expectedRejections }) => {
    const same = scopes.filter((other) => other.scope.some((digest) => scope.includes(digest)));
    if (same.some(({ unknown }) => unknown !== "none")) return [];
    const declared = new Set(same.flatMap((each) => each.declared));
    return expectedRejections.filter(({ deactivated }) => declared.isDisjointFrom(new Set(deactivated)));
  });
}
