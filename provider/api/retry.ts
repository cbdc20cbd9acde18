import { isAxiosError, type AxiosResponse } from "axios";
import { retryAfter } from "axios-retry";

/** Statuses that ask to try later. Every other one that is no success is the API's last word. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** The connection never stood, so the API cannot have acted. */
const NEVER_SENT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** axios's code for a request that its signal has ended. The only signal is the deadline of an attempt. */
export const DEADLINE_CODE = "ERR_CANCELED";

/**
 * The connection broke, or no complete response came in time, so the API may have acted. Failures of TLS verification
 * are in neither list.
 */
const LOST_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "ETIMEDOUT",
  "EPIPE",
  DEADLINE_CODE,
]);

/** Longest `Retry-After`, in milliseconds, that is waited for: the throttle itself refills in about a minute. */
const MAX_RETRY_AFTER_MS = 120_000;

/** The first wait of the backoff and the longest, in milliseconds. */
const BACKOFF_MS = { first: 500, firstRateLimited: 5_000, longest: 60_000 } as const;

/** What a failed try means. */
export interface FailedAttempt {
  readonly retryable: boolean;
  /** Whether the API may have acted although no usable answer came. */
  readonly mayHaveActed: boolean;
  readonly rateLimited: boolean;
  /** What the API asked to wait, in milliseconds; 0 when it asked nothing. */
  readonly retryAfterMs: number;
}

/** Judges a failed try by its status and code, never by a message's text. */
export function classifyFailure(error: unknown): FailedAttempt {
  const verdict = (retryable: boolean, mayHaveActed: boolean): FailedAttempt => ({
    retryable,
    mayHaveActed,
    rateLimited: false,
    retryAfterMs: 0,
  });
  if (!isAxiosError(error)) return verdict(false, true);
  if (error.response === undefined) {
    const code = error.code ?? "";
    if (NEVER_SENT_CODES.has(code)) return verdict(true, false);
    return verdict(LOST_CODES.has(code), true);
  }
  const { status } = error.response;
  if (isSuccess(status)) return verdict(true, true);
  return {
    retryable: TRANSIENT_STATUSES.has(status),
    mayHaveActed: status === 408 || status >= 500,
    rateLimited: status === 429,
    retryAfterMs: Math.min(retryAfter(error), MAX_RETRY_AFTER_MS),
  };
}

/** How long to wait, in milliseconds: what the API asked, else exponential backoff with full jitter. */
export function backoffMs(failed: FailedAttempt, tries: number): number {
  if (failed.retryAfterMs > 0) return failed.retryAfterMs;
  const first = failed.rateLimited ? BACKOFF_MS.firstRateLimited : BACKOFF_MS.first;
  return Math.random() * Math.min(BACKOFF_MS.longest, first * 2 ** (tries - 1));
}

/** Whether an answer can be used: a success whose body is JSON. A cut or foreign body is worth another try. */
export function isUsable({ status, data }: AxiosResponse<unknown>): boolean {
  return isSuccess(status) && parseJson(data) !== undefined;
}

/** @returns the JSON value of a text, undefined when it is none. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
