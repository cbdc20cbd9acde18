import { isAxiosError } from "axios";
import type { Connection } from "../../settings/connection";
import type { ApiFailure, FailureKind, RequestLine } from "./apiError";
import { sanitize } from "../../shared/sanitize";
import { remedyFor, remedyForForeign } from "./remedies";
import { DEADLINE_CODE, classifyFailure, parseJson } from "../retry";
import { redactKnown } from "../../shared/redact";
import { errorBody, parse } from "../schemas";

/** How a request was tried before it was given up. */
export interface Attempts {
  count: number;
  /** Whether any try may have been acted upon without a usable answer. */
  mayHaveActed: boolean;
}

/**
 * Says why a request failed, from axios's error, of which nothing else is kept: it holds the headers, and so the key.
 * @param connection its key must not appear, should the API repeat it.
 */
export function describeFailure(
  error: unknown,
  request: RequestLine,
  { count, mayHaveActed }: Attempts,
  elapsedMs: number,
  { adminKey, timeoutSeconds }: Pick<Connection, "adminKey" | "timeoutSeconds">,
): ApiFailure {
  // Once more after the text is made printable: marks that are gone now may have stood within the key.
  const clean = (text: string): string => redactKnown(sanitize(redactKnown(text, adminKey)), adminKey);
  const line = { method: request.method, path: request.path };
  const given = count > 1 ? `; tried ${count} times in ${Math.ceil(elapsedMs / 1000)} s` : "";
  const response = isAxiosError(error) ? error.response : undefined;
  if (response === undefined) {
    const cause = isDeadline(error)
      ? `no complete response within ${timeoutSeconds} s, the limit that timeoutSeconds sets`
      : clean(lastCause(error));
    const reason = `no answer: ${cause}${given}`;
    return { kind: "unavailable", request: line, reason, mayHaveActed };
  }
  const { status } = response;
  const requestId: unknown = response.headers["x-request-id"];
  const parsed = parse(errorBody, parseJson(response.data));
  const said = "value" in parsed ? parsed.value.error : undefined;
  const remedy = said ? remedyFor(status, said.code ?? undefined) : remedyForForeign(status);
  const code = said?.code ?? said?.type ?? undefined;
  return {
    kind: kindOf(error, status),
    request: line,
    reason: `${describeResponse(status, code && clean(code), said && clean(said.message))}${given}`,
    ...(remedy !== undefined && { remedy }),
    mayHaveActed,
    status,
    ...(said?.code && { code: clean(said.code) }),
    ...(typeof requestId === "string" && { requestId: clean(requestId) }),
  };
}

function kindOf(error: unknown, status: number): FailureKind {
  if (status >= 200 && status < 300) return "unreadable";
  return classifyFailure(error).retryable ? "unavailable" : "refused";
}

function describeResponse(status: number, code: string | undefined, message: string | undefined): string {
  if (status >= 200 && status < 300) return `answered ${status} with a body that is not JSON, or was cut`;
  if (status >= 300 && status < 400) return `answered ${status}, a redirect, which is not followed`;
  return `answered ${status}${code ? ` ${code}` : ""}${message ? `: ${message}` : ""}`;
}

/** Whether a request was given up because its time was over. */
function isDeadline(error: unknown): boolean {
  return isAxiosError(error) && error.code === DEADLINE_CODE;
}

/** The innermost words and code of an error; axios and node wrap the cause that says most. */
function lastCause(error: unknown): string {
  if (!(error instanceof Error)) return "the request failed";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return [error.message || "the request failed", code && `(${code})`].filter(Boolean).join(" ");
}
