import { nearestName } from "../shared/nearestName";
import { sanitize } from "../shared/sanitize";
import type { CheckFailure, Properties } from "./resource";

/** What the SDK and the engine add to the arguments, such as `__provider`. */
const INTERNAL = "__";

/** A failure for each argument that does not exist: it would have no effect, and nobody would notice. */
export function unknownArguments(given: Properties, known: readonly string[]): readonly CheckFailure[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name) && !name.startsWith(INTERNAL))
    .map((name) => {
      const meant = nearestName(name, known);
      const remedy =
        meant === undefined
          ? `use ${known.toSorted().join(", ")}`
          : `did you mean ${meant}? Otherwise remove it`;
      // The engine prints the value of a property that is named, and nothing is known about this one.
      return { property: "", reason: `${sanitize(name)} is not an argument; ${remedy}` };
    });
}
