import { type Dated } from "../activation";

const SECONDS_A_DAY = 86_400;

/**
 * No certificate of a set expires within some days.
 * @param now Unix seconds.
 */
export function noneExpires(certificates: readonly Dated[], days: number, now: number): readonly string[] {
  return certificates.flatMap(({ id, name, certificateDetails: { expiresAt } }) => {
    if (expiresAt === undefined || expiresAt - now > days * SECONDS_A_DAY) return [];
    const called = name === null ? id : `${id} ${JSON.stringify(name)}`;
    const day = new Date(expiresAt * 1000).toISOString().slice(0, 10);
    return [
      `${called} ${expiresAt <= now ? "expired" : "expires"} on ${day}, less than ${days} days from now`,
    ];
  });
}
