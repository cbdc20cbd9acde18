/**
 * The ids of a map keyed by id, as the state of the dynamic resource holds it, or of a list, as the plugin and the mocks
 * of a program's tests return it; each once, sorted.
 */
export function sortedIds(ids: unknown): string[] {
  return [...new Set<string>(Array.isArray(ids) ? ids : Object.keys(ids ?? {}))].sort();
}
