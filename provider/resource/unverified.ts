import { ApiError } from "../api/errors/apiError";
import { warnFor } from "../session/operation";
import { settingsOf } from "../session/session";
import { previewVerification } from "../settings/connection";
import { DEFAULT_CONNECTION } from "../settings/settings";
import { SettingsError } from "../settings/settingsError";
import { UserError } from "../shared/userError";

/**
 * Handles an error because of which a preview could not verify something. The preview continues after the warning, unless
 * the stack requires previews to be verified.
 * @param warning what was not verified, and why.
 * @throws the error itself if it is a defect; UserError when previews must be verified.
 */
export function continueUnverified(
  connection: string = DEFAULT_CONNECTION,
  error: unknown,
  warning: (reason: string) => string,
): void {
  if (!(error instanceof ApiError || error instanceof SettingsError)) throw error;
  const text = warning(error.message);
  if (isRequired(connection)) {
    throw new UserError(
      `${text}\n  ${settingsOf(connection).names(["verifyInPreview"])} requires a preview to be verified.`,
    );
  }
  warnFor(connection, text);
}

/** An invalid setting requires nothing: the error that names it is about to be shown. */
function isRequired(connection: string): boolean {
  try {
    return previewVerification(settingsOf(connection)) === "required";
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}
