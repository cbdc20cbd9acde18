import { enforce } from "../enforcement/enforcement";
import { queryUnder } from "../faults/corruptBody";
import type { LateFault } from "../faults/faults";
import { ApiError } from "./apiError";
import type { Context } from "./context";
import * as operations from "./operations";
import type { ReceivedCall } from "./receivedCall";
import type { ResponseBody } from "./responseBody";

/** Authorizes and executes a call, or throws an ApiError and changes nothing. */
export function dispatch(context: Context, call: ReceivedCall, fault?: LateFault): ResponseBody {
  const { store, now } = context;
  const { endpoint, method, url } = call.route;
  authorize(context.adminKey, call.request.headers.authorization);
  enforce(context.enforcement, store, call.scope, call.request.raw.socket, new Date(now()));
  // Workloads have their own rate limits, which are not emulated.
  if (endpoint !== "models") context.throttle.admit(`${method} ${url}`);
  store.requireScope(call.scope);
  return operate(context, call, fault);
}

function operate(context: Context, call: ReceivedCall, fault?: LateFault): ResponseBody {
  const { store } = context;
  const { certificateId, scope, body } = call;
  const now = context.now() / 1000;
  const sparesLast = fault?.kind === "wrong-state";
  switch (call.route.endpoint) {
    case "list":
      return operations.list(store, scope, context.projectLists, queryUnder(fault?.kind, call.query));
    case "get":
      return operations.get(store, certificateId, call.query);
    case "upload":
      return operations.upload(store, body, now, context.uploads);
    case "rename":
      return operations.rename(store, certificateId, body, context.uploads);
    case "delete":
      return operations.remove(store, certificateId);
    case "activate":
    case "deactivate": {
      const active = call.route.endpoint === "activate";
      const response = operations.changeActivation(store, body, now, {
        scope,
        active,
        skipsLast: sparesLast,
      });
      const named = (response.data ?? []).map(({ id }) => store.find(id));
      context.audit.record("api_key", active, scope, now, named);
      return response;
    }
    case "audit-log":
      return context.audit.list(call.query);
    case "models":
      return { object: "list", data: [] };
  }
}

function authorize(adminKey: string, authorization: string | undefined): void {
  if (authorization === `Bearer ${adminKey}`) return;
  const what = authorization === undefined ? "You didn't provide an API key." : "Incorrect API key provided.";
  throw new ApiError(401, "invalid_api_key", what);
}
