import { resolveConnection } from "../../../provider/settings/connection";
import type { Connection } from "../../../provider/settings/connection";
import { Settings } from "../../../provider/settings/settings";
import type { Setting } from "../../../provider/settings/settings";
import { SettingsError } from "../../../provider/settings/settingsError";

export const ADMIN_KEY = "sk-admin-a1B2c3D4";

/** What may be set for a connection. */
export type Given = Readonly<Partial<Record<Setting, string>>>;

/** The connection of settings. An admin key is set unless it is given as nothing. */
export function resolve(given: Given, connection?: string): Connection {
  return resolveConnection(settingsOf({ adminKey: ADMIN_KEY, ...given }, connection));
}

/** Settings of a stack's configuration alone. */
export function settingsOf(given: Given, connection?: string): Settings {
  return new Settings((key) => given[key.split(":")[1] as Setting], {}, connection);
}

/** The text of the error with which settings are refused. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
