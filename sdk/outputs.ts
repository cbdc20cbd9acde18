/** The ids of a map keyed by id, as the state holds it, sorted. */
export function sortedIds(byId: unknown): string[] {
  return Object.keys(byId ?? {}).sort();
}
