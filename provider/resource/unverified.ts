import { ApiError } from "../api/errors/apiError";
import { settingsOf } from "../session/session";
import { previewVerification } from "../settings/connection";
import { SettingsError } from "../settings/settingsError";
import { UserError } from "../shared/userError";

/**
 * Handles an error because of which a preview could not verify something. The preview continues after the warning, unless
 * the stack requires previews to be verified.
 * @param warning what was not verified, and why.
 * @throws the error itself if it is a defect; UserError when previews must be verified.
 */
export function continueUnverified(
  connection: string,
  error: unknown,
  warning: (reason: string) => string,
  warn: (text: string) => void,
): void {
  if (!(error instanceof ApiError || error instanceof SettingsError)) throw error;
  const text = warning(error.message);
  if (isRequired(connection)) {
    throw new UserError(
      `${text}\n  ${settingsOf(connection).names(["verifyInPreview"])} requires a preview to be verified.`,
    );
  }
  warn(text);
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
