import type { FastifyReply } from "fastify";
import { ApiError } from "../api/apiError";
import { drop, hang, recordStatus, respond, respondWithError } from "../api/exchange";
import type { Exchange } from "../api/exchange";
import type { EarlyFault } from "./faults";

/** Sends the response, if any, to a call that is not executed. */
export function failBeforeExecution(exchange: Exchange, fault: EarlyFault): FastifyReply {
  switch (fault.kind) {
    case "reset-before":
      return drop(exchange);
    case "hang":
      return hang(exchange);
    case "status":
      return respondWithError(exchange, errorOf(fault));
    case "page":
      return page(exchange, fault.status);
    case "redirect":
      exchange.reply.header("location", fault.location ?? "/v1/elsewhere");
      return respond(exchange, 307, {});
  }
}

function page(exchange: Exchange, status: number): FastifyReply {
  recordStatus(exchange, status);
  return exchange.reply
    .status(status)
    .type("text/html")
    .send("<!doctype html><title>Blocked</title><p>Your network does not allow this request.</p>");
}

function errorOf(fault: Extract<EarlyFault, { kind: "status" }>): ApiError {
  const { status, code = CODES[status] ?? null, retryAfter } = fault;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return new ApiError(status, code, `Injected fault: status ${status}.`, null, headers);
}

/** The codes of faults that define none. */
const CODES: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  404: "certificate_not_found",
  429: "rate_limit_exceeded",
  500: "server_error",
  503: "authentication_temporarily_unavailable",
};
