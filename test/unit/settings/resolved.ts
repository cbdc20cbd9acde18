import { resolveConnection } from "../../../provider/settings/connection";
import type { Connection } from "../../../provider/settings/connection";
import { Settings } from "../../../provider/settings/settings";
import type { Setting } from "../../../provider/settings/settings";
import { SettingsError } from "../../../provider/settings/settingsError";

export const ADMIN_KEY = "sk-admin-a1B2c3D4";

/** What may be set for a connection; an admin key is, unless it is left out or set to nothing. */
export type Given = Readonly<Partial<Record<Setting, string>>>;

export function resolve(given: Given, connection?: string): Connection {
  const values: Given = { adminKey: ADMIN_KEY, ...given };
  const read = (key: string): string | undefined => values[key.split(":")[1] as Setting];
  return resolveConnection(new Settings(read, {}, connection));
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
