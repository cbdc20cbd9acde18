import { createPrivateKey } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { listCertificates } from "../../provider/api/certificates";
import { ORGANIZATION } from "../../provider/api/scope";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { IssuedCertificate } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { clientOf, requestContext } from "./connected";

let server: Awaited<ReturnType<typeof issueServer>>;
let client: IssuedCertificate;
let emulator: Emulator;
const environment = { ...process.env };

beforeAll(async () => {
  server = await issueServer();
  const ca = await issueCa();
  client = await issueClient(ca, { name: "pipeline" });
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([{ id: "cert_a", pem: ca.pem, active: true }]);
});

beforeEach(() => {
  emulator.clearLog();
});

afterEach(() => {
  process.env = { ...environment };
});

afterAll(() => emulator.close());

function list(more: Readonly<Record<string, string>>) {
  return listCertificates(clientOf(emulator, more), ORGANIZATION, requestContext(0));
}

const clientCertificate = () => ({ OPENAI_MTLS_CERT_CHAIN: client.chainPem, OPENAI_MTLS_KEY: client.keyPem });
const trust = () => ({ OPENAI_CA_BUNDLE: server.authorityPem });

test("a server of an unknown authority is rejected without a retry, whatever NODE_TLS_REJECT_UNAUTHORIZED is", async () => {
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  await expect(
    listCertificates(clientOf(emulator, clientCertificate()), ORGANIZATION, requestContext(60)),
  ).rejects.toThrow(/no response: .*(certificate|CERT|SELF_SIGNED)/);
  expect(emulator.log).toEqual([]);
});

test("a server of an authority in the CA bundle is trusted, and receives the client certificate", async () => {
  expect(await list({ ...trust(), ...clientCertificate() })).toMatchObject([{ id: "cert_a", active: true }]);
  expect(emulator.log).toMatchObject([{ clientCertificate: "CN=pipeline" }]);
});

test("a client certificate whose key is encrypted is presented, with the passphrase", async () => {
  const passphrase = "correct horse";
  const key = createPrivateKey(client.keyPem).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  });
  const encrypted = { OPENAI_MTLS_KEY: key.toString(), OPENAI_MTLS_KEY_PASSPHRASE: passphrase };
  expect(await list({ ...trust(), ...clientCertificate(), ...encrypted })).toHaveLength(1);
  expect(emulator.log).toMatchObject([{ clientCertificate: "CN=pipeline" }]);
});

test("an error about a missing client certificate names the settings and the way to restore access", async () => {
  await expect(list(trust())).rejects.toThrow(
    /HTTP 401 certificate_required: .* set openai-certificates:clientCertificate and openai-certificates:clientKey .* dashboard/,
  );
});

describe("with a proxy in the environment", () => {
  let proxy: Server;
  let seen: string[];
  let url: string;
  let tunnels: Duplex[];

  beforeEach(async () => {
    seen = [];
    tunnels = [];
    proxy = createServer((request, response) => {
      seen.push(`${request.method ?? ""} ${JSON.stringify(request.headers)}`);
      response.writeHead(502).end();
    });
    proxy.on("connect", ({ url: target = "" }, socket) => {
      seen.push(`CONNECT ${target}`);
      tunnels.push(socket);
      const [host = "", port = ""] = target.split(":");
      const tunnel = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        tunnel.pipe(socket).pipe(tunnel);
      });
      tunnel.on("error", () => socket.destroy());
      socket.on("error", () => tunnel.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const tunnel of tunnels) tunnel.destroy();
    await new Promise((resolve) => {
      proxy.close(resolve);
      proxy.closeAllConnections();
    });
  });

  test("the API is called through a tunnel, and receives the client certificate", async () => {
    process.env = { ...environment, HTTPS_PROXY: url, NO_PROXY: "", no_proxy: "" };
    expect(await list({ ...trust(), ...clientCertificate() })).toHaveLength(1);
    expect(seen).toEqual([`CONNECT ${new URL(emulator.url).host}`]);
    expect(emulator.log).toMatchObject([{ clientCertificate: "CN=pipeline" }]);
  });

  test("hosts in NO_PROXY are called directly", async () => {
    process.env = { ...environment, HTTPS_PROXY: url, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
    expect(await list({ ...trust(), ...clientCertificate() })).toHaveLength(1);
    expect(seen).toEqual([]);
  });
});
