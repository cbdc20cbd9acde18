import type { ListedCertificate } from "../api/listedCertificate";
import { formatCertificate, formatDate } from "../shared/format";
import { SECONDS_A_DAY } from "../shared/unixTime";

/**
 * Warnings about the validity of certificates that an update keeps or makes active.
 * @param days a certificate that expires within this many days gets a warning.
 * @param now Unix seconds.
 */
export function expiryWarnings(
  certificates: readonly ListedCertificate[],
  days: number,
  now: number,
): readonly string[] {
  return certificates
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((certificate) => [
      ...notYetValidWarning(certificate, now),
      ...expiryWarning(certificate, days, now),
    ]);
}

/** The warning about a certificate that is not valid yet; none about another one. @param now Unix seconds. */
export function notYetValidWarning(certificate: ListedCertificate, now: number): readonly string[] {
  const { validAt } = certificate.certificateDetails;
  if (validAt === undefined || validAt <= now) return [];
  return [`${formatCertificate(certificate)} is not valid before ${formatDate(validAt, now)}`];
}

/** The warning about a certificate that expires within some days; none about another one. @param now Unix seconds. */
export function expiryWarning(certificate: ListedCertificate, days: number, now: number): readonly string[] {
  const { expiresAt } = certificate.certificateDetails;
  if (expiresAt === undefined || !isWithin(expiresAt, days, now)) return [];
  return [
    `${formatCertificate(certificate)} ${expiresAt <= now ? "expired" : "expires"} ${formatDate(expiresAt, now)}`,
  ];
}

/**
 * Warns when an update deactivates the last certificate that does not expire soon.
 * @param remaining all certificates that are active after the update.
 */
export function lastLongLivedWarning(
  deactivate: readonly ListedCertificate[],
  remaining: readonly ListedCertificate[],
  days: number,
  now: number,
): readonly string[] {
  const isLongLived = ({ certificateDetails: { expiresAt } }: ListedCertificate): boolean =>
    expiresAt === undefined || !isWithin(expiresAt, days, now);
  const gone = deactivate.filter(isLongLived);
  if (gone.length === 0 || remaining.length === 0 || remaining.some(isLongLived)) return [];
  return [
    `deactivating ${gone.map(formatCertificate).join(", ")} leaves only certificates that expire within ${days} days: ` +
      remaining.map(formatCertificate).join(", "),
  ];
}

/** Whether a time is at most this many days away, or has passed. @param now Unix seconds. */
export function isWithin(expiresAt: number, days: number, now: number): boolean {
  return expiresAt - now <= days * SECONDS_A_DAY;
}
