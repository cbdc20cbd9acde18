import type { AxiosResponse } from "axios";

/** Longest `Retry-After`, in milliseconds, that is respected: the rate limit itself resets in about a minute. */
const MAX_RETRY_AFTER_MS = 120_000;

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
