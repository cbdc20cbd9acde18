import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { IssuedCertificate } from "../../emulator/certificates/issue";
import type { Moment, Route } from "./moments";

/** The bytes of a connection in one direction come in flights: each ends when the other side sends. */
const REQUEST_FLIGHT = 2;

/**
 * Stands between the provider and a TLS server of 127.0.0.1, as a proxy or as a forwarder of bytes. It breaks the first
 * connections at a moment, and forwards all others.
 */
export class BreakingServer {
  /** The connections so far. */
  connections = 0;
  private moment: Moment | undefined;
  private breaks = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly route: Route,
    private readonly targetPort: number,
  ) {}

  static async start(route: Route, target: URL, identity: IssuedCertificate): Promise<BreakingServer> {
    const server =
      route === "https proxy"
        ? createTlsServer({ cert: identity.pem, key: identity.keyPem })
        : createServer();
    const breaking = new BreakingServer(server, route, Number(target.port));
    server.on(route === "https proxy" ? "secureConnection" : "connection", (socket: Socket) => {
      breaking.accept(socket);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return breaking;
  }

  /** The settings of a provider that uses it, as environment variables. @param target the URL of the API. */
  settings(target: string): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    if (this.route === "direct") return { OPENAI_BASE_URL: `https://127.0.0.1:${port}/v1` };
    const scheme = this.route === "https proxy" ? "https" : "http";
    return { OPENAI_BASE_URL: target, HTTPS_PROXY: `${scheme}://127.0.0.1:${port}` };
  }

  /** Breaks the next connections. */
  breakNext(moment: Moment, connections: number): void {
    this.connections = 0;
    this.moment = moment;
    this.breaks = connections;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    this.connections += 1;
    const moment = this.breaks > 0 ? this.moment : undefined;
    this.breaks -= 1;
    this.keep(socket);
    if (this.route === "direct") {
      this.forward(socket, moment);
    } else {
      socket.once("data", () => {
        this.respondToConnect(socket, moment);
      });
    }
  }

  private respondToConnect(socket: Socket, moment: Moment | undefined): void {
    const established = "HTTP/1.1 200 Connection established\r\n\r\n";
    if (moment?.at === "connect") {
      breakOff(socket, moment, Buffer.from(established));
      return;
    }
    socket.write(established);
    this.forward(socket, moment);
  }

  /** Forwards bytes in both directions until the moment at which the connection breaks. */
  private forward(socket: Socket, moment: Moment | undefined): void {
    const server = this.keep(connect(this.targetPort, "127.0.0.1"));
    let flights = 0;
    let isClientsTurn = false;
    let isBroken = false;
    const breaksNow = (at: Moment["at"], isNow: boolean, bytes: Buffer): boolean => {
      if (!isBroken && moment?.at === at && isNow) {
        isBroken = true;
        breakOff(socket, moment, bytes);
      }
      return isBroken;
    };
    socket.on("data", (bytes) => {
      if (!isClientsTurn) flights += 1;
      isClientsTurn = true;
      if (breaksNow("hello", true, bytes) || breaksNow("request", flights === REQUEST_FLIGHT, bytes)) return;
      server.write(bytes);
    });
    server.on("data", (bytes) => {
      isClientsTurn = false;
      if (!breaksNow("response", flights >= REQUEST_FLIGHT, bytes)) socket.write(bytes);
    });
    socket.on("close", () => server.destroy());
    server.on("close", () => {
      if (!isBroken) socket.destroy();
    });
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => this.sockets.delete(socket));
  }
}

/** @param bytes what should have been sent. */
function breakOff(socket: Socket, { how }: Moment, bytes: Buffer): void {
  switch (how) {
    case "end":
      socket.end();
      break;
    case "reset":
      // A TLS socket has no reset of its own.
      if ("encrypted" in socket) socket.destroy();
      else socket.resetAndDestroy();
      break;
    case "silence":
      break;
    case "drip":
      drip(socket, bytes);
      break;
    case "half":
      socket.end(bytes.subarray(0, bytes.length / 2));
      break;
    default:
      socket.end(how.text);
  }
}

/** Milliseconds between two bytes: far less than the deadline of an attempt. */
const DRIP_MS = 50;

/** Sends all but the end of a header, and then bytes of another one that does not end. */
function drip(socket: Socket, header: Buffer): void {
  socket.write(`${header.toString().trimEnd()}\r\nX-Drip: `);
  const timer = setInterval(() => socket.write("."), DRIP_MS);
  socket.on("close", () => {
    clearInterval(timer);
  });
}
