import { log, runtime } from "@pulumi/pulumi";
import type { Input } from "@pulumi/pulumi";

type Module = typeof import("../provider/settings/misspelledSettings");

const warned = new Set<string>();

/**
 * Warns of keys in the stack's configuration that look like settings of a connection and are none, once for each. The
 * provider process cannot see which keys there are.
 */
export function warnOfMisspelledSettings(connection: Input<string> = "openai-certificates"): void {
  if (typeof connection !== "string" || warned.has(connection)) return;
  warned.add(connection);
  const keys = Object.keys(runtime.allConfig()).filter((key) => key.startsWith(`${connection}:`));
  if (keys.length === 0) return;
  // Loaded only where there is something to look at: many programs have no key in the namespace.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { misspelledSettings } = require("../provider/settings/misspelledSettings") as Module;
  for (const warning of misspelledSettings(connection, keys)) void log.warn(warning);
}
