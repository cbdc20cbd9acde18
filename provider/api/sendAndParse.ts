import type { GenericSchema, InferOutput } from "valibot";
import type { Client, Request, RequestContext } from "./client";
import { ApiError } from "./errors/apiError";
import type { RequestLine } from "./errors/apiError";
import { parse } from "./schemas";

/**
 * Sends a request and parses the response.
 * @throws ApiError, also when the response does not match the schema. If the request was not a GET, the API may have
 * acted in that case.
 */
export async function sendAndParse<const TSchema extends GenericSchema>(
  client: Client,
  request: Request,
  schema: TSchema,
  context: RequestContext,
): Promise<InferOutput<TSchema>> {
  const parsed = parse(schema, await client.send(request, context));
  if ("problem" in parsed) throw unreadableResponse(request, parsed.problem);
  return parsed.value;
}

/** The error for a response that cannot be read, or does not confirm what was requested. */
export function unreadableResponse({ method, path }: RequestLine, problem: string): ApiError {
  const reason = `the response is not as documented: ${problem}`;
  const mayHaveActed = method !== "GET";
  return new ApiError({ kind: "unreadable", request: { method, path }, reason, mayHaveActed });
}
