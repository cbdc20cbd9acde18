import { isAxiosError } from "axios";
import type { AxiosResponse } from "axios";

/** Statuses after which a retry makes sense. Every other status that is not a success is final. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** The connection was never established, so the API cannot have acted. */
const NEVER_SENT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** axios's code for a request that was aborted by its signal. The only signal is the deadline of an attempt. */
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

/** Longest `Retry-After`, in milliseconds, that is respected: the rate limit itself resets in about a minute. */
const MAX_RETRY_AFTER_MS = 120_000;

/** What a failed attempt means. */
export interface FailedAttempt {
  readonly retryable: boolean;
  /** Whether the API may have acted although no usable response arrived. */
  readonly mayHaveActed: boolean;
  readonly rateLimited: boolean;
  /** The wait that the API requested, in milliseconds; 0 when it did not request one. */
  readonly retryAfterMs: number;
}

/** Classifies a failed attempt by its status and code, never by the text of a message. */
export function classifyFailure(error: unknown): FailedAttempt {
  const failure = (retryable: boolean, mayHaveActed: boolean): FailedAttempt => ({
    retryable,
    mayHaveActed,
    rateLimited: false,
    retryAfterMs: 0,
  });
  if (!isAxiosError(error)) return failure(false, true);
  if (error.response === undefined) {
    const code = error.code ?? "";
    if (NEVER_SENT_CODES.has(code)) return failure(true, false);
    return failure(LOST_CODES.has(code), true);
  }
  const { status } = error.response;
  if (isSuccess(status)) return failure(true, true);
  return {
    retryable: TRANSIENT_STATUSES.has(status),
    mayHaveActed: status === 408 || status >= 500,
    rateLimited: status === 429,
    retryAfterMs: parseRetryAfter(error.response.headers["retry-after"]),
  };
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date. 0 when it is absent, invalid or in the past. */
export function parseRetryAfter(header: unknown): number {
  if (typeof header !== "string") return 0;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? 0 : Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS);
}

/** Whether a response is a success with a JSON body. A body that is cut or not JSON is worth another attempt. */
export function isUsable({ status, data }: AxiosResponse<unknown>): boolean {
  return isSuccess(status) && parseJson(data) !== undefined;
}

/** @returns the value of a JSON text, undefined when it is not valid JSON. */
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
