import type { Certificate } from "../activation";

const SECONDS_PER_DAY = 86_400;

/**
 * No certificate expires within the given number of days.
 * @param now Unix seconds.
 */
export function noneExpires(
  certificates: readonly Certificate[],
  days: number,
  now: number,
): readonly string[] {
  return certificates.flatMap(({ id, name, certificateDetails: { expiresAt } }) => {
    if (expiresAt === undefined || expiresAt - now > days * SECONDS_PER_DAY) return [];
    const title = name === null ? id : `${id} ${JSON.stringify(name)}`;
    const day = new Date(expiresAt * 1000).toISOString().slice(0, 10);
    return [
      `${title} ${expiresAt <= now ? "expired" : "expires"} on ${day}, less than ${days} days from now`,
    ];
  });
}
