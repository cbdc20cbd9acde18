import { once } from "node:events";
import { createServer, request as send } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** Where the validating proxy reports what is wrong with a request or its response. */
const VIOLATIONS = "sl-violations";

/** A request, and what the validating proxy reports about it. */
export interface Validated {
  /** Method and path. */
  readonly request: string;
  readonly status: number;
  /** As in the header; undefined when there is nothing to report. */
  readonly violations: string | undefined;
}

/** A server in front of the validating proxy, which notes what the proxy reports: its clients ignore it. */
export interface Recorder {
  readonly url: string;
  readonly validated: readonly Validated[];
  close(): Promise<void>;
}

export async function startRecorder(proxyUrl: string): Promise<Recorder> {
  const validated: Validated[] = [];
  const server = createServer((request, response) => {
    forward(proxyUrl, request, response).then(
      (entry) => validated.push(entry),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    validated,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function forward(proxyUrl: string, from: IncomingMessage, to: ServerResponse): Promise<Validated> {
  const { method = "", url = "", headers } = from;
  const forwarded = send(new URL(url, proxyUrl), { method, headers, agent: false });
  forwarded.end(await buffer(from));
  const [response] = (await once(forwarded, "response")) as [IncomingMessage];
  const body = await buffer(response);
  const { statusCode: status = 0 } = response;
  const violations = response.headers[VIOLATIONS];
  // The whole body at once, so that the entry is complete before the client continues.
  to.writeHead(status, { ...response.headers, "content-length": body.length }).end(body);
  return { request: `${method} ${url}`, status, violations: violations?.toString() };
}
