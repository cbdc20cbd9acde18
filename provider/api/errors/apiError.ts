import { UserError } from "../../shared/userError";

/** What is asked of the API: enough to name the request in an error, and nothing secret. */
export interface RequestLine {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path below the base URL, ids encoded. */
  readonly path: string;
}

/**
 * Why a request failed.
 * - `refused`: the API answered that it will not do it (4xx), or sent a redirect, which is never followed.
 * - `unavailable`: no answer, or one that asks to try later (408, 429, 5xx), for as long as it was tried.
 * - `unreadable`: an answer came and is not what the API promises.
 */
export type FailureKind = "refused" | "unavailable" | "unreadable";

export interface ApiFailure {
  readonly kind: FailureKind;
  readonly request: RequestLine;
  /** What went wrong, in words, without the request. */
  readonly reason: string;
  /** What a person can do about it, in sentences. */
  readonly remedy?: string;
  /** Whether the API may have acted although it did not say so: an answer that was lost, or made no sense. */
  readonly mayHaveActed: boolean;
  readonly status?: number;
  /** The API's own error code, such as `expired_certificate`. */
  readonly code?: string;
  readonly requestId?: string;
}

/** A failed request. Its text names method, path, status, code and request id, and never a header. */
export class ApiError extends UserError {
  override readonly name = "ApiError";

  constructor(readonly failure: ApiFailure) {
    const { request, reason, requestId, remedy } = failure;
    const answer = `${request.method} ${request.path}: ${reason}${requestId ? ` (request id ${requestId})` : ""}`;
    super(remedy === undefined ? answer : `${answer.replace(/\.$/, "")}. ${remedy}`);
  }
}
