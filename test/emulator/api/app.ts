import { setTimeout } from "node:timers/promises";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addDashboard } from "../dashboard/routes";
import { corruptBody } from "../faults/corruptBody";
import { inDialect, isDialect } from "../faults/dialect";
import { failBeforeExecution } from "../faults/failBeforeExecution";
import { isEarly } from "../faults/faults";
import { ApiError } from "./apiError";
import type { Context } from "./context";
import { dispatch } from "./dispatch";
import { ROUTES } from "./endpoint";
import type { Route } from "./endpoint";
import { respondWithError } from "./exchange";
import type { Exchange } from "./exchange";
import { randomId } from "./randomId";
import { logged, receive } from "./receivedCall";
import type { ResponseBody } from "./responseBody";
import { sendResponse } from "./sendResponse";
import { methodsOf, unknownRequest } from "./unknownRequest";

const METHODS = ["GET", "POST", "DELETE"] as const;

/** The HTTP application of the emulator. It does not listen: see listener.ts. */
export function createApp(context: Context): FastifyInstance {
  const app = fastify({ exposeHeadRoutes: false });
  app.addHook("onRequest", (_request, reply, done) => {
    // Set on the raw response, so that responses which bypass fastify have it, too.
    reply.raw.setHeader("x-request-id", randomId("req_"));
    done();
  });
  // Bodies stay text here: invalid ones lead to the API's own errors.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  for (const route of ROUTES) {
    const { method, url } = route;
    app.route({ method, url, handler: (request, reply) => handle(context, route, request, reply) });
  }
  const rejectUnknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    respondWithError(opened(context, request, reply), unknownRequest(request.method, request.url));
  for (const url of new Set(ROUTES.map((route) => route.url))) {
    app.route({
      method: METHODS.filter((each) => !methodsOf(url).includes(each)),
      url,
      handler: rejectUnknown,
    });
  }

  addDashboard(app, context.dashboard, context.store);
  app.setNotFoundHandler(rejectUnknown);
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (request.is404) return rejectUnknown(request, reply);
    const { body } = new ApiError(error.statusCode ?? 500, null, error.message);
    return reply.status(error.statusCode ?? 500).send(body);
  });
  return app;
}

async function handle(
  context: Context,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const call = receive(route, request);
  const exchange = opened(context, request, reply, call);
  const fault = context.faults.next(route.endpoint, call.scope);
  if (context.latencyMs > 0) await setTimeout(context.latencyMs, undefined, { signal: context.closing });
  await context.holdCall(exchange.entry);
  if (fault && isEarly(fault)) return failBeforeExecution(exchange, fault);
  const before = context.store.all();
  let body: ResponseBody;
  try {
    body = dispatch(context, call, fault);
  } catch (error) {
    if (error instanceof ApiError) return respondWithError(exchange, error);
    throw error;
  }
  exchange.entry.executed = true;
  const dialect = fault && isDialect(fault.kind) ? fault.kind : context.dialect;
  const executed = { endpoint: route.endpoint, scope: call.scope, before, after: context.store.all() };
  const response = inDialect(dialect, { ...executed, body });
  return sendResponse(exchange, fault?.kind, corruptBody(fault?.kind, response, call.query));
}

function opened(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  call?: ReturnType<typeof receive>,
): Exchange {
  const entry = logged(request, call);
  context.log.push(entry);
  return { reply, entry, onCall: context.onCall };
}
