import { AxiosError, AxiosHeaders, type AxiosResponse } from "axios";

/** An answer as axios hands it over. */
export function answer(
  status: number,
  body: unknown = "",
  headers: Record<string, string> = {},
): AxiosResponse<unknown> {
  const config = { headers: new AxiosHeaders({ Authorization: "Bearer sk-admin-in-the-request" }) };
  return { status, data: body, statusText: "", headers: new AxiosHeaders(headers), config };
}

/** axios's error of a request that was answered with a failure. */
export function answered(...given: Parameters<typeof answer>): AxiosError {
  const response = answer(...given);
  return new AxiosError(
    `Request failed with status code ${response.status}`,
    "ERR_BAD_REQUEST",
    response.config,
    {},
    response,
  );
}

/** axios's error of a request that got no answer. */
export function unanswered(code: string, message = "no luck"): AxiosError {
  return new AxiosError(message, code, answer(0).config, {});
}

/** The body of an error of the API. */
export function apiError(error: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ error: { message: "no", ...error } });
}
