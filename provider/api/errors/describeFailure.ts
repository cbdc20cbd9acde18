import { isAxiosError } from "axios";
import type { Connection } from "../../settings/connection";
import { errorCode } from "../../shared/errorCode";
import { redactKnown } from "../../shared/redact";
import { sanitize } from "../../shared/sanitize";
import { apiErrorOf, classifyFailure, DEADLINE_CODE, isClosedByServer, isWebPage } from "../retry";
import type { ApiFailure, FailureKind, RequestLine } from "./apiError";
import { remedyFor } from "./remedies";
import type { FailedConnection, Failure } from "./remedies";

/** What the description of a failure needs of the connection. */
export type DescribedConnection = FailedConnection & Pick<Connection, "adminKey" | "timeoutSeconds">;

/** The attempts of a request that failed. */
export interface Attempts {
  count: number;
  /** Whether the API may have acted on any attempt without a usable response. */
  mayHaveActed: boolean;
  /** Why there was no further attempt, if it would have been made. */
  canceled?: string;
}

/**
 * Describes why a request failed. Nothing else of axios's error is kept: it contains the headers, and so the key.
 * @param connection its key must not appear, should the API repeat it.
 */
export function describeFailure(
  error: unknown,
  request: RequestLine,
  { count, mayHaveActed, canceled }: Attempts,
  elapsedMs: number,
  connection: DescribedConnection,
): ApiFailure {
  const clean = cleanerFor(connection);
  const line = { method: request.method, path: request.path };
  const attempts = count > 1 ? `; ${count} attempts in ${Math.ceil(elapsedMs / 1000)} s` : "";
  const ended = canceled === undefined ? "" : `; ${canceled}`;
  const reason = `${describeCause(error, connection)}${attempts}${ended}`;
  const response = isAxiosError(error) ? error.response : undefined;
  if (response === undefined) {
    const remedy = remedyFor({ ...line, ...networkCauseOf(error) }, connection);
    return { kind: "unavailable", request: line, reason, ...(remedy && { remedy }), mayHaveActed };
  }
  const { status } = response;
  const requestId: unknown = response.headers["x-request-id"];
  const apiError = apiErrorOf(response.data);
  const apiCode = apiError?.code ?? undefined;
  const remedy = remedyFor(
    {
      ...line,
      status,
      body: bodyOf(response.data),
      ...(apiCode !== undefined && { code: apiCode }),
    },
    connection,
  );
  return {
    kind: kindOf(error, status),
    request: line,
    reason,
    ...(remedy !== undefined && { remedy }),
    mayHaveActed,
    status,
    isFromApi: apiError !== undefined,
    ...(apiError?.code && { code: clean(apiError.code) }),
    ...(typeof requestId === "string" && { requestId: clean(requestId) }),
  };
}

/** Why one attempt failed. */
export function describeCause(error: unknown, connection: DescribedConnection): string {
  const clean = cleanerFor(connection);
  const response = isAxiosError(error) ? error.response : undefined;
  if (response === undefined) {
    const cause = isDeadline(error)
      ? `no complete response within ${connection.timeoutSeconds} s, the limit that timeoutSeconds sets`
      : clean(lastCause(error));
    return `no response: ${cause}`;
  }
  const apiError = apiErrorOf(response.data);
  const code = apiError?.code ?? apiError?.type ?? undefined;
  return describeResponse(
    response.status,
    bodyOf(response.data),
    code && clean(code),
    apiError && clean(apiError.message),
  );
}

function cleanerFor({ adminKey }: DescribedConnection): (text: string) => string {
  // Redacted again after sanitizing, which may have removed characters that split the key.
  return (text) => redactKnown(sanitize(redactKnown(text, adminKey)), adminKey);
}

function kindOf(error: unknown, status: number): FailureKind {
  if (status >= 200 && status < 300) return "unreadable";
  return status >= 500 || classifyFailure(error).retryable ? "unavailable" : "refused";
}

function describeResponse(
  status: number,
  body: Failure["body"],
  code: string | undefined,
  message: string | undefined,
): string {
  if (status >= 200 && status < 300)
    return `HTTP ${status} with ${body === "web page" ? "a web page" : "a body that is not JSON, or was cut"}`;

  if (status >= 300 && status < 400) return `HTTP ${status}, a redirect, which is not followed`;
  return `HTTP ${status}${code ? ` ${code}` : ""}${message ? `: ${message}` : ""}`;
}

/** Whether an attempt ended at its deadline. */
function isDeadline(error: unknown): boolean {
  return isAxiosError(error) && error.code === DEADLINE_CODE;
}

function bodyOf(body: unknown): NonNullable<Failure["body"]> {
  if (apiErrorOf(body)) return "API error";
  return isWebPage(body) ? "web page" : "other";
}

function networkCauseOf(error: unknown): Pick<Failure, "networkCode" | "isClosedByServer"> {
  const networkCode = codeOf(error);
  return { ...(networkCode !== undefined && { networkCode }), isClosedByServer: isClosedByServer(error) };
}

/** An error of OpenSSL: an address, its library, function, reason, file and line, and sometimes a sentence. */
const OPENSSL_ERROR =
  /(?:[0-9A-F]+:)?error:[0-9A-F]+:[^:]*:[^:]*:(?<reason>[^:]+):[^:]*:\d+:(?:(?<alert>SSL alert number \d+)\s*)?/;

/**
 * The code of an error. During a handshake, Node.js gives `EPROTO`, and the reason of OpenSSL only in the line that
 * OpenSSL writes for programs to read.
 */
function codeOf(error: unknown): string | undefined {
  const code = errorCode(error);
  const reason = error instanceof Error ? OPENSSL_ERROR.exec(error.message)?.groups?.["reason"] : undefined;
  if (code !== "EPROTO" || reason === undefined) return code;
  return `ERR_SSL_${reason.toUpperCase().replaceAll(" ", "_")}`;
}

/** Advice of Node.js in its own messages, which names no setting of this package. */
const ADVICE_OF_NODE = /; if the root CA is installed locally, try running Node\.js with --use-system-ca$/;

/** The message and code of an error; those of axios contain the cause. */
function lastCause(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? plainMessage(error.message) : "";
  return [message || "the request failed", code && `(${code})`].filter(Boolean).join(" ");
}

function plainMessage(message: string): string {
  return message
    .replace(ADVICE_OF_NODE, "")
    .replace(OPENSSL_ERROR, (...match) => {
      const { reason, alert } = match.at(-1) as Record<string, string | undefined>;
      return alert === undefined ? String(reason) : `${String(reason)}, ${alert}`;
    })
    .trim();
}
