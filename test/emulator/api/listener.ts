import { constants } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ServerIdentity } from "../options";

const HOST = "127.0.0.1";

/** A server that can be closed and opened again on the same port. */
export class Listener {
  private readonly server: Server;
  private readonly scheme: "http" | "https";

  constructor(
    handler: RequestListener,
    identity: ServerIdentity | undefined,
    private port: number,
  ) {
    this.server = identity ? tlsServer(identity, handler) : createServer(handler);
    this.scheme = identity ? "https" : "http";
  }

  get origin(): string {
    return `${this.scheme}://${HOST}:${this.port}`;
  }

  async open(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, HOST);
    await once(this.server, "listening");
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Connections that are open are dropped. */
  async shut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

/**
 * Client certificates are requested, and verified per request by enforcement.ts. No `ca` is set and no
 * session is resumed, because either makes Node forget the intermediates that the client presented.
 */
const tlsServer = (identity: ServerIdentity, handler: RequestListener): Server =>
  createTlsServer(
    {
      cert: identity.certificate,
      key: identity.key,
      requestCert: true,
      rejectUnauthorized: false,
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    handler,
  );
