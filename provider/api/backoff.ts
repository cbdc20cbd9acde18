import type { FailedAttempt } from "./retry";

/** The first wait of the backoff and the longest, in milliseconds. */
const BACKOFF_MS = { first: 500, firstRateLimited: 5_000, longest: 60_000 } as const;

/** The wait before the next attempt, in milliseconds: `Retry-After`, or exponential backoff with full jitter. */
export function backoffMs(
  failed: Pick<FailedAttempt, "rateLimited" | "retryAfterMs">,
  attempts: number,
): number {
  if (failed.retryAfterMs > 0) return failed.retryAfterMs;
  const first = failed.rateLimited ? BACKOFF_MS.firstRateLimited : BACKOFF_MS.first;
  return Math.random() * Math.min(BACKOFF_MS.longest, first * 2 ** (attempts - 1));
}
