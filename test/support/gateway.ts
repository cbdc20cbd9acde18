import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../emulator/index";

/** One base URL for several organizations, which the admin key of each request tells apart, as at the vendor. */
export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server that forwards each request to the emulator with its key, and rejects unknown keys. */
export async function startGateway(emulators: readonly Emulator[]): Promise<Gateway> {
  const server = createServer((incoming, response) => {
    const emulator = emulators.find(
      ({ adminKey }) => incoming.headers.authorization === `Bearer ${adminKey}`,
    );
    if (emulator) forward(emulator.url, incoming, response);
    else rejectKey(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => close(server),
  };
}

function forward(url: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { port, hostname } = new URL(url);
  const { method, url: path, headers } = incoming;
  const forwarded = request({ hostname, port, method, path, headers }, (forwardedResponse) => {
    response.writeHead(forwardedResponse.statusCode ?? 502, forwardedResponse.headers);
    forwardedResponse.pipe(response);
  });
  forwarded.on("error", () => response.destroy());
  incoming.pipe(forwarded);
}

function rejectKey(response: ServerResponse): void {
  const error = { message: "Incorrect API key.", type: "invalid_request_error", code: "invalid_api_key" };
  response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error }));
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
