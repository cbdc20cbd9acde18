import { isObject } from "../shared/isObject";

/** The ids of a set as a state holds it, sorted: a map keyed by id in the dynamic resources, a list in the plugin's. */
export function idsOf(set: unknown): readonly string[] {
  if (Array.isArray(set)) return set.filter((id) => typeof id === "string").sort();
  return isObject(set) ? Object.keys(set).sort() : [];
}
