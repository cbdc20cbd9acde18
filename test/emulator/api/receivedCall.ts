import type { FastifyRequest } from "fastify";
import { presentedBy } from "../enforcement/clientCertificate";
import { scopeOf } from "../store/scope";
import type { Scope } from "../store/scope";
import type { OpenCall } from "./callLog";
import type { Route } from "./endpoint";
import type { Query } from "./paging";
import { certificateIds, fieldsOf } from "./requestBody";

/** A parsed request that is not validated yet. */
export interface ReceivedCall {
  readonly route: Route;
  readonly scope: Scope;
  /** From the path; empty where the path names none. */
  readonly certificateId: string;
  readonly query: Query;
  readonly body: string;
  readonly request: FastifyRequest;
}

export function receive(route: Route, request: FastifyRequest): ReceivedCall {
  const params = request.params as Readonly<Record<string, string | undefined>>;
  const project = route.endpoint === "models" ? headerOf(request, "openai-project") : params["project_id"];
  return {
    route,
    scope: scopeOf(project),
    certificateId: params["certificate_id"] ?? "",
    query: request.query as Query,
    body: typeof request.body === "string" ? request.body : "",
    request,
  };
}

/** The log entry of a request until its result is known. Without a call, its path is unknown. */
export function logged(request: FastifyRequest, call?: ReceivedCall): OpenCall {
  const ids = call ? requestedIds(call) : [];
  const subject = presentedBy(request.raw.socket)[0]?.subject;
  return {
    method: request.method,
    path: request.raw.url ?? "",
    endpoint: call?.route.endpoint ?? "unknown",
    scope: call?.scope ?? "organization",
    ...(ids.length > 0 && { ids }),
    status: "none",
    executed: false,
    ...(subject !== undefined && { clientCertificate: subject.replaceAll("\n", ", ") }),
    requestHeaders: loggedHeaders(request),
  };
}

function loggedHeaders(request: FastifyRequest): OpenCall["requestHeaders"] {
  const organization = headerOf(request, "openai-organization");
  const project = headerOf(request, "openai-project");
  return {
    authorizationPresent: request.headers.authorization !== undefined,
    ...(organization !== undefined && { organization }),
    ...(project !== undefined && { project }),
  };
}

function requestedIds(call: ReceivedCall): readonly string[] {
  if (call.certificateId !== "") return [call.certificateId];
  if (call.route.endpoint !== "activate" && call.route.endpoint !== "deactivate") return [];
  try {
    return certificateIds(fieldsOf(call.body));
  } catch {
    // An invalid request is rejected later, and names no ids here.
    return [];
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
