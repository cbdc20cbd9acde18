import { UserError } from "../../shared/userError";

/** Identifies a request in an error, without any secret. */
export interface RequestLine {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path below the base URL, ids encoded. */
  readonly path: string;
}

/**
 * Why a request failed.
 * - `refused`: the API rejected it (4xx), or sent a redirect, which is never followed.
 * - `unavailable`: no attempt received a response, or only a temporary failure (408, 409, 429, 5xx).
 * - `unreadable`: the response is not as the API documents it.
 */
export type FailureKind = "refused" | "unavailable" | "unreadable";

export interface ApiFailure {
  readonly kind: FailureKind;
  readonly request: RequestLine;
  /** What went wrong, without the request. */
  readonly reason: string;
  /** What a person can do about it, in sentences. */
  readonly remedy?: string;
  /** Whether the API may have acted without confirming it: the response was lost or could not be read. */
  readonly mayHaveActed: boolean;
  readonly status?: number;
  /** The API's own error code, such as `expired_certificate`. */
  readonly code?: string;
  readonly requestId?: string;
  /** Whether the response is in the API's own form for errors, unlike that of a proxy. */
  readonly isFromApi?: boolean;
}

/** A failed request. Its text names method, path, status, code and request id, and never a header. */
export class ApiError extends UserError {
  override readonly name = "ApiError";

  constructor(readonly failure: ApiFailure) {
    const { request, reason, requestId, remedy } = failure;
    const message = `${request.method} ${request.path}: ${reason}${requestId ? ` (request id ${requestId})` : ""}`;
    super(remedy === undefined ? message : `${message.replace(/\.$/, "")}. ${remedy}`);
  }
}
