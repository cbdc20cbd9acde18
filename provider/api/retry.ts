import { ClientRequest } from "node:http";
import { TLSSocket } from "node:tls";
import { isAxiosError } from "axios";
import type { AxiosResponse } from "axios";
import type { InferOutput } from "valibot";
import { requestedWaitMs } from "./backoff";
import { FEW_ATTEMPTS } from "./limits";
import { errorBody, parse } from "./schemas";

/** Codes of the API that another attempt does not change. Source: OpenAI API reference, errors of certificates. */
const PERMANENT_CODES: ReadonlySet<string> = new Set([
  "certificate_in_use",
  "expired_certificate",
  "mtls_cel_policy_invalid",
  "mtls_certificate_invalid",
]);

/** Longest wait, in milliseconds, that 408 and 409 may request: these statuses are of a moment, or an error to report. */
const MAX_BRIEF_WAIT_MS = 20_000;

/**
 * Most attempts after which the server closes a new TLS connection without a response. That may be a restart, which takes
 * some seconds, or the way in which it rejects a client certificate in TLS 1.3.
 */
const MAX_CLOSED_CONNECTIONS = 6;

/** The connection was never established, so the API cannot have acted. */
const NEVER_SENT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
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

/** Codes of a connection that the other end closed. */
const CLOSED_CODES: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE"]);

/** What a failed attempt means. */
export interface FailedAttempt {
  readonly retryable: boolean;
  /** How many attempts may fail for such a reason; absent if only the retry budget limits them. */
  readonly maxAttempts?: number;
  /** Whether the API may have acted although no usable response arrived. */
  readonly mayHaveActed: boolean;
  readonly rateLimited: boolean;
  /** The wait that the API requested, in milliseconds; 0 when it did not request one. */
  readonly retryAfterMs: number;
}

/**
 * Classifies a failed attempt by its status and code, never by the text of a message. As in the official clients, 408,
 * 409, 429 and every status from 500 are transient, those of a CDN (520 to 530) among them.
 */
export function classifyFailure(error: unknown): FailedAttempt {
  const failure = (retryable: boolean, mayHaveActed: boolean, maxAttempts?: number): FailedAttempt => ({
    retryable,
    ...(maxAttempts !== undefined && { maxAttempts }),
    mayHaveActed,
    rateLimited: false,
    retryAfterMs: 0,
  });
  if (!isAxiosError(error)) return failure(false, true);
  const { response } = error;
  if (response === undefined) {
    const code = error.code ?? "";
    if (code === "ENOTFOUND") return failure(true, false, FEW_ATTEMPTS);
    if (NEVER_SENT_CODES.has(code)) return failure(true, false);
    if (isClosedByServer(error)) return failure(true, true, MAX_CLOSED_CONNECTIONS);
    return failure(LOST_CODES.has(code), true);
  }
  const { status } = response;
  // A page is the response of something else than the API: of a gateway that restarts, or a sign-in, which does not pass.
  if (isSuccess(status)) return failure(true, true, isWebPage(response.data) ? FEW_ATTEMPTS : undefined);
  const isBrief = status === 408 || status === 409;
  const retryAfterMs = requestedWaitMs(response.headers);
  const mayRecover =
    status >= 500 ||
    status === 429 ||
    (isBrief && retryAfterMs <= MAX_BRIEF_WAIT_MS && !hasPermanentCode(response));
  return {
    retryable: mayRecover && response.headers["x-should-retry"] !== "false",
    ...(isBrief && { maxAttempts: FEW_ATTEMPTS }),
    mayHaveActed: status === 408 || status >= 500,
    rateLimited: status === 429,
    retryAfterMs,
  };
}

/** Whether the server closed a new TLS connection after the handshake, without a response. */
export function isClosedByServer(error: unknown): boolean {
  if (!isAxiosError(error) || error.response || !CLOSED_CODES.has(error.code ?? "")) return false;
  const request: unknown = error.request;
  if (!(request instanceof ClientRequest) || request.reusedSocket) return false;
  // Set by the handshake, and kept when the socket is closed.
  return request.socket instanceof TLSSocket && request.socket.authorized;
}

function hasPermanentCode({ data }: AxiosResponse<unknown>): boolean {
  return PERMANENT_CODES.has(apiErrorOf(data)?.code ?? "");
}

/** The error of the API in a body; undefined for a body of another server. */
export function apiErrorOf(body: unknown): InferOutput<typeof errorBody>["error"] | undefined {
  const parsed = parse(errorBody, parseJson(body));
  return "value" in parsed ? parsed.value.error : undefined;
}

/** Whether a body is a page for a browser. */
export function isWebPage(body: unknown): boolean {
  return typeof body === "string" && /^\s*<(?:!doctype\s+html|html)/i.test(body);
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
