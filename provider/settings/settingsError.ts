import { UserError } from "../shared/userError";

/** The configuration cannot be used. Names each wrong setting, the reason and the remedy; never a secret's value. */
export class SettingsError extends UserError {
  override readonly name = "ConnectionError";
}
