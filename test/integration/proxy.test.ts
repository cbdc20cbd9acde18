import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { listCertificates } from "../../provider/api/certificates";
import { ORGANIZATION } from "../../provider/api/scope";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { clientOf, requestContext, startTlsEmulator } from "./connected";
import type { TlsEmulator } from "./connected";

let server: TlsEmulator["server"];
let client: TlsEmulator["client"];
let emulator: Emulator;
let proxy: Server;
/** What the proxy has received. */
let seen: string[];
let sockets: Duplex[];
const environment = { ...process.env };

beforeAll(async () => {
  ({ server, client, emulator } = await startTlsEmulator());
});
beforeEach(() => {
  emulator.clearLog();
  seen = [];
  sockets = [];
});
afterEach(async () => {
  process.env = { ...environment };
  for (const socket of sockets) socket.destroy();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});
afterAll(() => emulator.close());

/** Starts a proxy. @returns its address. */
async function startProxy(scheme: "http" | "https" = "http", host = "127.0.0.1"): Promise<string> {
  const onRequest: RequestListener = (request, response) => {
    seen.push(`${request.method ?? ""} ${JSON.stringify(request.headers)}`);
    response.writeHead(502).end();
  };
  proxy =
    scheme === "http"
      ? createServer(onRequest)
      : createTlsServer(
          { cert: server.pem, key: server.keyPem, requestCert: true, rejectUnauthorized: false },
          onRequest,
        );
  proxy.on("connect", ({ url: target = "", headers, socket: own }, socket) => {
    const credentials = headers["proxy-authorization"]?.replace("Basic ", "");
    seen.push(
      [`CONNECT ${target}`, credentials && Buffer.from(credentials, "base64").toString()]
        .filter(Boolean)
        .join(" "),
    );
    if (own instanceof TLSSocket && Object.keys(own.getPeerCertificate()).length > 0)
      seen.push("a client certificate");
    sockets.push(socket);
    const { hostname, port } = new URL(`https://${target}`);
    const tunnel = connect(Number(port), hostname.replace(/^\[|\]$/g, ""), () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("error", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, host, resolve));
  return `${host.includes(":") ? `[${host}]` : host}:${(proxy.address() as AddressInfo).port}`;
}

function setProxy(variables: NodeJS.ProcessEnv): void {
  process.env = { ...environment, NO_PROXY: "", no_proxy: "", ...variables };
}

const connection = (more: Readonly<Record<string, string>> = {}) =>
  clientOf(emulator, {
    OPENAI_CA_BUNDLE: server.authorityPem,
    OPENAI_MTLS_CERT_CHAIN: client.chainPem,
    OPENAI_MTLS_KEY: client.keyPem,
    ...more,
  });
const list = (using = connection()) => listCertificates(using, ORGANIZATION, requestContext(0));
const connectLine = () => `CONNECT ${new URL(emulator.url).host}`;

test.each(["http", "https"] as const)(
  "the API is called through a tunnel of a proxy with %s, and it alone receives the client certificate",
  async (scheme) => {
    setProxy({ HTTPS_PROXY: `${scheme}://${await startProxy(scheme)}` });
    expect(await list()).toHaveLength(1);
    expect(seen).toEqual([connectLine()]);
    expect(emulator.log).toMatchObject([{ clientCertificate: "CN=pipeline" }]);
  },
);

test("a proxy with https whose authority is unknown receives nothing, whatever NODE_TLS_REJECT_UNAUTHORIZED is", async () => {
  setProxy({ HTTPS_PROXY: `https://${await startProxy("https")}`, NODE_TLS_REJECT_UNAUTHORIZED: "0" });
  await expect(list(connection({ OPENAI_CA_BUNDLE: client.chainPem }))).rejects.toThrow(
    /no response: .*(certificate|CERT|SELF_SIGNED)/,
  );
  expect(seen).toEqual([]);
});

test("the proxy receives credentials as they are, not as they are encoded in the URL", async () => {
  setProxy({ HTTPS_PROXY: `http://user:p%40ss%231@${await startProxy()}` });
  expect(await list()).toHaveLength(1);
  expect(seen).toEqual([`${connectLine()} user:p@ss#1`]);
});

test("a proxy without a scheme is called with http", async () => {
  setProxy({ HTTPS_PROXY: await startProxy() });
  expect(await list()).toHaveLength(1);
  expect(seen).toEqual([connectLine()]);
});

test("requests share a tunnel, for longer than the deadline of an attempt", async () => {
  setProxy({ HTTPS_PROXY: `http://${await startProxy()}` });
  const using = connection();
  await list(using);
  emulator.faults.add({ endpoint: "list", kind: "hang" });
  await expect(list(connection())).rejects.toThrow("no complete response within 1 s");
  await list(using);
  expect(seen).toEqual([connectLine(), connectLine()]);
});

test("an address of IPv6 is in brackets, for the proxy and for the API", async () => {
  setProxy({ HTTPS_PROXY: `http://${await startProxy("http", "::1")}` });
  const url = emulator.url.replace("127.0.0.1", "[::1]");
  await expect(list(connection({ OPENAI_BASE_URL: url }))).rejects.toThrow(/ECONNRESET/);
  expect(seen).toEqual([`CONNECT ${new URL(url).host}`]);
});

test("hosts in NO_PROXY are called directly", async () => {
  setProxy({ HTTPS_PROXY: `http://${await startProxy()}`, NO_PROXY: "127.0.0.0/8", no_proxy: "" });
  expect(await list()).toHaveLength(1);
  expect(seen).toEqual([]);
});

test("plain http, which stays on this machine, never passes a proxy", async () => {
  const plain = await startEmulator();
  try {
    const url = `http://${await startProxy()}`;
    setProxy({ HTTP_PROXY: url, http_proxy: url, HTTPS_PROXY: url, ALL_PROXY: url });
    expect(await list(clientOf(plain))).toEqual([]);
    expect(seen).toEqual([]);
  } finally {
    await plain.close();
  }
});
