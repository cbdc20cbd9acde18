import { ApiError, type ApiFailure, type RequestLine } from "../../../provider/api/errors/apiError";

/**
 * How a call can go wrong.
 * - `throttled`: refused for now, without acting, for as long as it was tried.
 * - `forbidden`: refused for good, without acting.
 * - `lost before`: no answer came, and the API had not acted.
 * - `lost after`: no answer came, and the API had acted.
 * - `wrong answer`: the API acted, and what it answered makes no sense.
 */
export const FAULTS = ["throttled", "forbidden", "lost before", "lost after", "wrong answer"] as const;
export type Fault = (typeof FAULTS)[number];

/** Whether the API acts although the call fails. */
export function isExecutedUnder(fault: Fault | undefined): boolean {
  return fault === undefined || fault === "lost after" || fault === "wrong answer";
}

/** Whether the caller can tell that the API has not acted. */
export function isPlainRejection(fault: Fault): boolean {
  return fault === "throttled" || fault === "forbidden";
}

/** What the real client throws when a call goes wrong. */
export function errorOf(fault: Fault, request: RequestLine): ApiError {
  return new ApiError({ request, ...failureOf(fault, request) });
}

function failureOf(fault: Fault, { method }: RequestLine): Omit<ApiFailure, "request"> {
  switch (fault) {
    case "throttled":
      return { kind: "unavailable", reason: "answered 429: slow down", mayHaveActed: false, status: 429 };
    case "forbidden":
      return { kind: "refused", reason: "answered 403: no permission", mayHaveActed: false, status: 403 };
    case "lost before":
    case "lost after":
      return {
        kind: "unavailable",
        reason: "no answer: socket hang up (ECONNRESET)",
        mayHaveActed: true,
      };
    case "wrong answer":
      return {
        kind: "unreadable",
        reason: "the response is not as documented: data: expected Array",
        mayHaveActed: method === "POST",
      };
  }
}
