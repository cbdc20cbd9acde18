import type { FastifyReply } from "fastify";
import type { ApiError } from "./apiError";
import type { LoggedCall, OpenCall } from "./callLog";

/** One call and its reply. */
export interface Exchange {
  readonly reply: FastifyReply;
  readonly entry: OpenCall;
  readonly onCall: (call: LoggedCall) => void;
}

/** To be called before anything is sent: a client with a response must find it in the log. */
export function recordStatus(exchange: Exchange, status: LoggedCall["status"]): void {
  exchange.entry.status = status;
  exchange.onCall(exchange.entry);
}

export function respond(exchange: Exchange, status: number, body: object): FastifyReply {
  recordStatus(exchange, status);
  return exchange.reply.status(status).send(body);
}

export function respondWithError(exchange: Exchange, error: ApiError): FastifyReply {
  exchange.reply.headers(error.headers);
  return respond(exchange, error.status, error.body);
}

/** Leaves the client waiting. */
export function hang(exchange: Exchange): FastifyReply {
  recordStatus(exchange, "none");
  return exchange.reply.hijack();
}

/** Drops the connection without a response. */
export function drop(exchange: Exchange): FastifyReply {
  recordStatus(exchange, "none");
  exchange.reply.hijack();
  exchange.reply.raw.destroy();
  return exchange.reply;
}
