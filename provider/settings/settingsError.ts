import { UserError } from "../shared/userError";

/** An invalid or missing setting. The message names the setting, the reason and the remedy, never a secret's value. */
export class SettingsError extends UserError {
  override readonly name = "SettingsError";
}
