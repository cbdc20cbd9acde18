import { createServer } from "node:http";
import type { IncomingHttpHeaders, RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RetryBudget } from "../../../provider/api/backoff";
import { Client } from "../../../provider/api/client";
import type { Request } from "../../../provider/api/client";
import { ApiError } from "../../../provider/api/errors/apiError";
import type { Connection } from "../../../provider/settings/connection";
import { NAMES } from "../../support/names";

/** A response of the server; "drop" closes the connection without one. */
export type ScriptedResponse =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | "drop";

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The port of the client: equal for requests of the same connection. */
  readonly port: number | undefined;
}

export const OK: ScriptedResponse = { status: 200, body: '{"object":"list"}' };
export const LIST: Request = { method: "GET", path: "/certificates", endpoint: "list" };
export const UPLOAD: Request = {
  method: "POST",
  path: "/certificates",
  endpoint: "upload",
  body: { name: "gateway" },
  isIdempotent: false,
};

/** A server for each test of a file that imports this. It responds as the test has set, or else with {@link OK}. */
let server: Server;
/** The requests that the server has received. */
export let received: Received[];
let script: ScriptedResponse[];

beforeEach(async () => {
  received = [];
  script = [];
  server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sets the next responses of the server; the last one is repeated. */
export function respondWith(...responses: ScriptedResponse[]): void {
  script = responses;
}

/** Leaves all further requests without a response. */
export function stopResponding(): void {
  server.removeAllListeners("request");
}

const respond: RequestListener = (request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body, port: request.socket.remotePort });
    const next = (script.length > 1 ? script.shift() : script[0]) ?? OK;
    if (next === "drop") request.socket.destroy();
    else response.writeHead(next.status, next.headers).end(next.body);
  });
};

/** A client of the server. @param windowMs the window of the rate limit in milliseconds. */
export const clientWith = (more: Partial<Connection> = {}, windowMs?: number) =>
  new Client(
    {
      adminKey: "sk-admin-key",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      timeoutSeconds: 5,
      retryTimeoutSeconds: 0,
      names: NAMES,
      ...more,
    },
    windowMs,
  );

/** A context that collects waits, with a retry budget in seconds. */
export function contextOf(seconds: number, more: { waitsForRateLimit?: boolean; signal?: AbortSignal } = {}) {
  const waits: { reason: string; milliseconds: number }[] = [];
  return {
    budget: new RetryBudget(seconds),
    waitsForRateLimit: true,
    onWait: (reason: string, milliseconds: number) => {
      waits.push({ reason, milliseconds });
    },
    waits,
    ...more,
  };
}

/** A context that cancels the update at the first wait, with a retry budget that allows any. */
export function cancelingContext() {
  const cancellation = new AbortController();
  const { onWait, ...context } = contextOf(90, { signal: cancellation.signal });
  return {
    ...context,
    onWait: (reason: string, milliseconds: number) => {
      onWait(reason, milliseconds);
      cancellation.abort();
    },
  };
}

/** The failure with which a request ends. */
export async function failureOf(sent: Promise<unknown>) {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error.failure;
  throw new Error(`ended with ${String(error)}`);
}

/** Makes each wait of the backoff this part of the longest that it can be. */
export const backOff = (part: number) => jest.spyOn(Math, "random").mockReturnValue(part);
