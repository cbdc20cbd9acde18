import { AxiosError, AxiosHeaders } from "axios";
import type { AxiosResponse } from "axios";

/** A response as axios returns it. */
export function response(
  status: number,
  body: unknown = "",
  headers: Record<string, string> = {},
): AxiosResponse<unknown> {
  const config = { headers: new AxiosHeaders({ Authorization: "Bearer sk-admin-in-the-request" }) };
  return { status, data: body, statusText: "", headers: new AxiosHeaders(headers), config };
}

/** axios's error for a response that is a failure. */
export function failedWith(...given: Parameters<typeof response>): AxiosError {
  const received = response(...given);
  return new AxiosError(
    `Request failed with status code ${received.status}`,
    "ERR_BAD_REQUEST",
    received.config,
    {},
    received,
  );
}

/** axios's error for a request without a response. */
export function withoutResponse(code: string, message = "no luck"): AxiosError {
  return new AxiosError(message, code, response(0).config, {});
}

/** The body of an error of the API. */
export function apiError(error: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ error: { message: "no", ...error } });
}
