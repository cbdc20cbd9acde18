import { isAxiosError } from "axios";
import type { Connection } from "../../settings/connection";
import { redactKnown } from "../../shared/redact";
import { sanitize } from "../../shared/sanitize";
import { classifyFailure, DEADLINE_CODE, parseJson } from "../retry";
import { errorBody, parse } from "../schemas";
import type { ApiFailure, FailureKind, RequestLine } from "./apiError";
import { remedyFor, remedyForForeign } from "./remedies";

/** The attempts of a request that failed. */
export interface Attempts {
  count: number;
  /** Whether the API may have acted on any attempt without a usable response. */
  mayHaveActed: boolean;
}

/**
 * Describes why a request failed. Nothing else of axios's error is kept: it contains the headers, and so the key.
 * @param connection its key must not appear, should the API repeat it.
 */
export function describeFailure(
  error: unknown,
  request: RequestLine,
  { count, mayHaveActed }: Attempts,
  elapsedMs: number,
  { adminKey, timeoutSeconds }: Pick<Connection, "adminKey" | "timeoutSeconds">,
): ApiFailure {
  // Redacted again after sanitizing, which may have removed characters that split the key.
  const clean = (text: string): string => redactKnown(sanitize(redactKnown(text, adminKey)), adminKey);
  const line = { method: request.method, path: request.path };
  const attempts = count > 1 ? `; ${count} attempts in ${Math.ceil(elapsedMs / 1000)} s` : "";
  const response = isAxiosError(error) ? error.response : undefined;
  if (response === undefined) {
    const cause = isDeadline(error)
      ? `no complete response within ${timeoutSeconds} s, the limit that timeoutSeconds sets`
      : clean(lastCause(error));
    const reason = `no response: ${cause}${attempts}`;
    return { kind: "unavailable", request: line, reason, mayHaveActed };
  }
  const { status } = response;
  const requestId: unknown = response.headers["x-request-id"];
  const parsed = parse(errorBody, parseJson(response.data));
  const apiError = "value" in parsed ? parsed.value.error : undefined;
  const remedy = apiError ? remedyFor(status, apiError.code ?? undefined) : remedyForForeign(status);
  const code = apiError?.code ?? apiError?.type ?? undefined;
  return {
    kind: kindOf(error, status),
    request: line,
    reason: `${describeResponse(status, code && clean(code), apiError && clean(apiError.message))}${attempts}`,
    ...(remedy !== undefined && { remedy }),
    mayHaveActed,
    status,
    ...(apiError?.code && { code: clean(apiError.code) }),
    ...(typeof requestId === "string" && { requestId: clean(requestId) }),
  };
}

function kindOf(error: unknown, status: number): FailureKind {
  if (status >= 200 && status < 300) return "unreadable";
  return classifyFailure(error).retryable ? "unavailable" : "refused";
}

function describeResponse(status: number, code: string | undefined, message: string | undefined): string {
  if (status >= 200 && status < 300) return `HTTP ${status} with a body that is not JSON, or was cut`;
  if (status >= 300 && status < 400) return `HTTP ${status}, a redirect, which is not followed`;
  return `HTTP ${status}${code ? ` ${code}` : ""}${message ? `: ${message}` : ""}`;
}

/** Whether an attempt ended at its deadline. */
function isDeadline(error: unknown): boolean {
  return isAxiosError(error) && error.code === DEADLINE_CODE;
}

/** The message and code of an error; those of axios contain the cause. */
function lastCause(error: unknown): string {
  if (!(error instanceof Error)) return "the request failed";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return [error.message || "the request failed", code && `(${code})`].filter(Boolean).join(" ");
}
