import { MIN_REMAINING_VALIDITY_SECONDS } from "../api/limits";
import type { ListedCertificate } from "../api/listedCertificate";
import { isoTime } from "../shared/unixTime";

/** A desired certificate that the API would not activate. */
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
    const reason = validateListed(byId.get(id), now);
    return reason === undefined ? [] : [{ id, reason }];
  });
}

const NOT_FOUND =
  "not found: never uploaded to this organization, or deleted. If a Certificate or TrustedCertificates of this program " +
  "uploaded it, run `pulumi state delete --target-dependents URN` with the URN of that Certificate, and the next `pulumi up` " +
  "uploads it again. Otherwise remove it from certificateIds, or upload it and use the new id.";

function validateListed(certificate: ListedCertificate | undefined, now: number): string | undefined {
  if (certificate === undefined) return NOT_FOUND;

  const { expiresAt } = certificate.certificateDetails;
  if (expiresAt === undefined || expiresAt - now > MIN_REMAINING_VALIDITY_SECONDS) return undefined;
  const moment = isoTime(expiresAt);
  return expiresAt <= now
    ? `expired at ${moment}. Upload a new certificate and use its id.`
    : `expires at ${moment}, within a day, so the API rejects it. Upload a new certificate and use its id.`;
}
