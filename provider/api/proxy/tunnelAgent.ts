import { request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import type { AgentOptions } from "node:https";
import { isIPv6 } from "node:net";
import type { Duplex } from "node:stream";
import { urlToHttpOptions } from "node:url";
import type { Proxy } from "./proxyFor";
import { ProxyRejection } from "./proxyRejection";

export interface TunnelOptions {
  /** For the connection to a proxy whose URL is https. */
  readonly proxyTls: AgentOptions;
  /** For the connection to the API, inside the tunnel. */
  readonly apiTls: AgentOptions;
  /** The deadline of opening a tunnel, in milliseconds. */
  readonly timeoutMs: number;
}

type CreateConnection = Agent["createConnection"];
/** Node's types require a stream with an error, too; Node does not. */
type Done = (error: Error | null, stream?: Duplex) => void;

/**
 * An agent whose connections are TLS inside of tunnels that a proxy opens. Node's HTTP client sends CONNECT, so it
 * parses the proxy's response within its own limits, and fails with its own codes.
 */
export class TunnelAgent extends Agent {
  constructor(
    private readonly through: Proxy,
    private readonly tunnel: TunnelOptions,
  ) {
    // Node cannot unref a connection inside of another TLS connection, so an idle one would keep the process running.
    super({ keepAlive: through.url.protocol === "http:", ...tunnel.apiTls });
  }

  override createConnection(...[options, callback]: Parameters<CreateConnection>): undefined {
    const done = callback as Done;
    const host = options.host ?? "";
    const target = `${isIPv6(host) ? `[${host}]` : host}:${options.port ?? 443}`;
    const { url, authorization } = this.through;
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send({
      ...this.tunnel.proxyTls,
      ...urlToHttpOptions(url),
      agent: false,
      method: "CONNECT",
      path: target,
      headers: {
        host: target,
        connection: "keep-alive",
        ...(authorization !== undefined && { "proxy-authorization": authorization }),
      },
      // The attempt's own deadline begins earlier, so it ends first. This one only ends what is left of it here.
      signal: AbortSignal.timeout(this.tunnel.timeoutMs),
    });
    request.once("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) {
        const overTunnel = { ...options, socket };
        done(null, super.createConnection(overTunnel) ?? undefined);
      } else {
        socket.destroy();
        done(new ProxyRejection(statusCode));
      }
    });
    request.once("error", done);
    request.end();
    return undefined;
  }
}
