import { MIN_REMAINING_VALIDITY_SECONDS } from "../api/limits";
import type { ListedCertificate } from "../api/schemas";
import { isoTime } from "../shared/unixTime";

/** A desired certificate that the API would refuse to activate. */
export interface ValidationFailure {
  readonly id: string;
  /** Why, and what to do, as the end of a sentence that begins with the id. */
  readonly reason: string;
}

/**
 * Finds the ids that cannot be activated, from a list and before any call.
 * @param now Unix seconds.
 */
export function validateActivation(
  ids: ReadonlySet<string>,
  listed: readonly ListedCertificate[],
  now: number,
): readonly ValidationFailure[] {
  const byId = new Map(listed.map((certificate) => [certificate.id, certificate]));
  return [...ids].sort().flatMap((id) => {
    const reason = validateCertificate(byId.get(id), now);
    return reason === undefined ? [] : [{ id, reason }];
  });
}

function validateCertificate(certificate: ListedCertificate | undefined, now: number): string | undefined {
  if (certificate === undefined) {
    return "does not exist: it was never uploaded here, or was deleted; take it out, or upload it and use its new id";
  }
  const { expiresAt } = certificate.certificateDetails;
  if (expiresAt === undefined || expiresAt - now > MIN_REMAINING_VALIDITY_SECONDS) return undefined;
  const moment = isoTime(expiresAt);
  return expiresAt <= now
    ? `expired at ${moment}; upload its successor and use that id`
    : `expires at ${moment}, within a day, and is no longer accepted; upload its successor and use that id`;
}
