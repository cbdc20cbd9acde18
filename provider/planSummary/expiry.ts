import type { ListedCertificate } from "../api/listedCertificate";
import { formatCertificate, formatDate } from "../shared/format";

const SECONDS_A_DAY = 86_400;

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
    .flatMap((certificate) => {
      const { validAt, expiresAt } = certificate.certificateDetails;
      const early =
        validAt !== undefined && validAt > now
          ? [`${formatCertificate(certificate)} is not valid before ${formatDate(validAt, now)}`]
          : [];
      if (expiresAt === undefined || !isWithin(expiresAt, days, now)) return early;
      return [
        ...early,
        `${formatCertificate(certificate)} ${expiresAt <= now ? "expired" : "expires"} ${formatDate(expiresAt, now)}`,
      ];
    });
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

function isWithin(expiresAt: number, days: number, now: number): boolean {
  return expiresAt - now <= days * SECONDS_A_DAY;
}
