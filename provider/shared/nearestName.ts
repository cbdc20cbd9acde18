import { sanitize } from "./sanitize";

/** Most typing mistakes in a name that is taken for another one. */
const MAX_MISTAKES = 2;

/**
 * The known name that was most likely meant; undefined when none is near. Upper and lower case are the same, and short
 * names allow fewer mistakes.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, mistakes: editDistance(given, candidate.toLowerCase()) }))
    .filter(({ candidate, mistakes }) => mistakes <= Math.min(MAX_MISTAKES, candidate.length / 3))
    .sort((one, other) => one.mistakes - other.mistakes);
  return nearest?.candidate;
}

/** Why an argument is rejected that does not exist: it would have no effect, and nobody would notice. */
export function unknownArgument(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known);
  const remedy =
    meant === undefined ? `use ${known.toSorted().join(", ")}` : `did you mean ${meant}? Otherwise remove it`;
  return `${sanitize(name)} is not an argument; ${remedy}`;
}

/** How many characters have to be inserted, deleted or replaced to make one text the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(one).entries()) {
    const current = [row + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      const replaced = (previous[column] ?? 0) + (character === wanted ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
