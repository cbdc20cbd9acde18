import type { AxiosResponse } from "axios";

/** The first wait of the backoff and the longest, in milliseconds. */
const BACKOFF_MS = { first: 500, firstRateLimited: 5_000, longest: 60_000 } as const;

/** Longest `Retry-After`, in milliseconds, that is respected: the rate limit itself resets in about a minute. */
const MAX_RETRY_AFTER_MS = 120_000;

/** The wait before the next attempt, in milliseconds: `Retry-After`, or exponential backoff with full jitter. */
export function backoffMs(
  { rateLimited, retryAfterMs }: { readonly rateLimited: boolean; readonly retryAfterMs: number },
  attempts: number,
): number {
  if (retryAfterMs > 0) return retryAfterMs;
  const first = rateLimited ? BACKOFF_MS.firstRateLimited : BACKOFF_MS.first;
  return Math.random() * Math.min(BACKOFF_MS.longest, first * 2 ** (attempts - 1));
}

/** The wait that a response requests, in milliseconds: `retry-after-ms`, which is more exact, or `Retry-After`. */
export function requestedWaitMs(headers: AxiosResponse["headers"]): number {
  const milliseconds = Number(headers["retry-after-ms"]);
  return milliseconds > 0
    ? Math.min(milliseconds, MAX_RETRY_AFTER_MS)
    : parseRetryAfter(headers["retry-after"]);
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date. 0 when it is absent, invalid or in the past. */
export function parseRetryAfter(header: unknown): number {
  if (typeof header !== "string") return 0;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? 0 : Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS);
}

/** The time that one operation may spend on waiting for retries. Waiting before a first attempt does not count. */
export class RetryBudget {
  private spentMs = 0;

  /** @param totalSeconds 0 means a single attempt. */
  constructor(readonly totalSeconds: number) {}

  /** Subtracts a wait from the budget. @returns false, and subtracts nothing, when less than that is left. */
  spend(milliseconds: number): boolean {
    if (this.totalSeconds === 0 || this.spentMs + milliseconds > this.totalSeconds * 1000) return false;
    this.spentMs += milliseconds;
    return true;
  }
}
