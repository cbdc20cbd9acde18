import { ApiError } from "../../../provider/api/errors/apiError";
import type { ApiFailure, RequestLine } from "../../../provider/api/errors/apiError";

/**
 * A fault of a call.
 * - `throttled`: rejected temporarily, without execution, in all attempts.
 * - `forbidden`: rejected permanently, without execution.
 * - `lost before`: there was no response, and the API did not execute the call.
 * - `lost after`: there was no response, but the API executed the call.
 * - `wrong response`: the API executed the call, and its response is not as documented.
 */
export const FAULTS = ["throttled", "forbidden", "lost before", "lost after", "wrong response"] as const;
export type Fault = (typeof FAULTS)[number];

/** Whether the API executes the call although it fails. */
export function isExecutedUnder(fault: Fault | undefined): boolean {
  return fault === undefined || fault === "lost after" || fault === "wrong response";
}

/** Whether the caller knows that the API did not execute the call. */
export function isPlainRejection(fault: Fault): boolean {
  return fault === "throttled" || fault === "forbidden";
}

/** The error that the real client throws for a fault. */
export function errorOf(fault: Fault, request: RequestLine): ApiError {
  return new ApiError({ request, ...failureOf(fault, request) });
}

function failureOf(fault: Fault, { method }: RequestLine): Omit<ApiFailure, "request"> {
  switch (fault) {
    case "throttled":
      return { kind: "unavailable", reason: "status 429: slow down", mayHaveActed: false, status: 429 };
    case "forbidden":
      return { kind: "refused", reason: "status 403: no permission", mayHaveActed: false, status: 403 };
    case "lost before":
    case "lost after":
      return {
        kind: "unavailable",
        reason: "no response: socket hang up (ECONNRESET)",
        mayHaveActed: true,
      };
    case "wrong response":
      return {
        kind: "unreadable",
        reason: "the response is not as documented: data: expected Array",
        mayHaveActed: method === "POST",
      };
  }
}
