import { nearestName } from "../shared/nearestName";
import { sanitize } from "../shared/sanitize";
import { SETTINGS } from "./settings";

/**
 * Warnings about keys of a connection's namespace that look like a setting and are none. The namespace may also hold keys
 * of the user's own, so that others are left alone.
 * @param keys full keys of the configuration, such as `openai-certificates:organisation`, of any namespace.
 */
export function misspelledSettings(connection: string, keys: readonly string[]): readonly string[] {
  const known = Object.keys(SETTINGS);
  const prefix = `${connection}:`;
  return keys.flatMap((key) => {
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix) || known.includes(name)) return [];
    const meant = nearestName(name, known);
    if (meant === undefined) return [];
    return [
      `${sanitize(key)} is not a setting of pulumi-openai-certificates. If ${prefix}${meant} is meant, rename it.`,
    ];
  });
}
