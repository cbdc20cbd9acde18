import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import "reflect-metadata";
import { SubjectAlternativeNameExtension } from "@peculiar/x509";
import { listCertificates } from "../../provider/api/certificates";
import { ORGANIZATION } from "../../provider/api/scope";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority } from "../emulator/certificates/issue";
import { clientOf, requestContext } from "./connected";

let server: Awaited<ReturnType<typeof issueServer>>;
let ca: Authority;
let running: Server[] = [];

beforeAll(async () => {
  server = await issueServer();
  ca = await issueCa();
});

afterEach(async () => {
  await Promise.all(running.map((each) => new Promise((resolve) => each.close(resolve))));
  running = [];
});

async function portOf(started: Server): Promise<number> {
  running.push(started);
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return (started.address() as AddressInfo).port;
}

/** Starts a gateway with TLS, and lists the certificates through it. @returns the text of the error. */
async function throughTls(
  options: ServerOptions,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const port = await portOf(
    createServer({ cert: server.pem, key: server.keyPem, ...options }, (_, response) => response.end("{}")),
  );
  return errorOf({
    OPENAI_BASE_URL: `https://127.0.0.1:${port}/v1`,
    OPENAI_CA_BUNDLE: server.authorityPem,
    ...settings,
  });
}

async function errorOf(settings: Readonly<Record<string, string>>): Promise<string> {
  const unused = { url: "http://127.0.0.1", adminKey: "sk-admin-gateway" };
  const list = listCertificates(clientOf(unused as never, settings), ORGANIZATION, requestContext(0));
  return list.then(
    () => "no error",
    (error: unknown) => (error as Error).message,
  );
}

/** The port of a server of OpenSSL, which it prints when it accepts connections. */
async function acceptedPort(lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error("openssl s_server ended");
}

const CLIENT_SETTINGS = "openai-certificates:clientCertificate and openai-certificates:clientKey";

describe("the error names the cause and the setting for", () => {
  test("a gateway that requires a client certificate", async () => {
    const text = await throughTls({ requestCert: true, rejectUnauthorized: true, ca: ca.pem });
    expect(text).toContain(
      "SSL alert number 116 (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED). The server, or a gateway",
    );
    expect(text).toContain(`requires a client certificate. Set ${CLIENT_SETTINGS}`);
  });

  // Node.js only closes the connection; the servers of most gateways use OpenSSL as it is.
  test.each(["-tls1_2", "-tls1_3"])(
    "a gateway that does not know the CA of the client, %s",
    async (version) => {
      const folder = mkdtempSync(join(tmpdir(), "gateway-"));
      writeFileSync(join(folder, "server.pem"), `${server.pem}\n${server.keyPem}`);
      writeFileSync(join(folder, "ca.pem"), (await issueCa({ name: "ca of the gateway" })).pem);
      const gateway = spawn(
        "openssl",
        [
          "s_server",
          "-accept",
          "127.0.0.1:0",
          "-cert",
          "server.pem",
          "-CAfile",
          "ca.pem",
          "-Verify",
          "1",
        ].concat("-verify_return_error", "-www", version),
        { cwd: folder, stdio: ["ignore", "pipe", "ignore"] },
      );
      try {
        const port = await acceptedPort(createInterface(gateway.stdout));
        const client = await issueClient(ca);
        const text = await errorOf({
          OPENAI_BASE_URL: `https://127.0.0.1:${port}/v1`,
          OPENAI_CA_BUNDLE: server.authorityPem,
          OPENAI_MTLS_CERT_CHAIN: client.chainPem,
          OPENAI_MTLS_KEY: client.keyPem,
        });
        expect(text).toMatch(
          /SSL alert number 48 \(ERR_SSL_\S+_ALERT_UNKNOWN_CA\)\. The server, or a gateway before it,/,
        );
        expect(text).toContain(`rejects the client certificate. Set ${CLIENT_SETTINGS}`);
      } finally {
        gateway.kill();
        rmSync(folder, { recursive: true });
      }
    },
  );

  test("a gateway with another version of TLS", async () => {
    const text = await throughTls({
      maxVersion: "TLSv1",
      minVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    expect(text).toContain("ended the TLS handshake. It may require another version of TLS");
  });

  test("a server of an unknown authority, without the advice of Node.js", async () => {
    const text = await throughTls({}, { OPENAI_CA_BUNDLE: ca.pem });
    expect(text).toContain(
      "Set openai-certificates:caBundle (OPENAI_CA_BUNDLE) to the certificate of that authority",
    );
    expect(text).not.toContain("--use-system-ca");
  });

  test("a server whose certificate is not valid now", async () => {
    const expired = await issueServer({ expires: new Date(Date.now() - 1_000) });
    const text = await throughTls(
      { cert: expired.pem, key: expired.keyPem },
      { OPENAI_CA_BUNDLE: expired.authorityPem },
    );
    expect(text).toMatch(/\(CERT_HAS_EXPIRED\)\. .+ the time of this machine, 20\S+Z\. Correct the clock/);
  });

  test("a server of another name", async () => {
    const name = new SubjectAlternativeNameExtension([{ type: "dns", value: "other.example" }]);
    const other = await issueServer({ extensions: [name] });
    const text = await throughTls(
      { cert: other.pem, key: other.keyPem },
      { OPENAI_CA_BUNDLE: other.authorityPem },
    );
    expect(text).toContain("Check the host in openai-certificates:baseUrl (OPENAI_BASE_URL)");
  });

  test("a server without TLS", async () => {
    const port = await portOf(createHttpServer());
    const text = await errorOf({ OPENAI_BASE_URL: `https://127.0.0.1:${port}/v1` });
    expect(text).toContain("does not speak TLS. Check the port in openai-certificates:baseUrl");
  });

  const respond =
    (status: number, body: string): RequestListener =>
    (_, response) => {
      response.writeHead(status).end(body);
    };

  test.each([
    [
      "a base URL without /v1",
      "",
      404,
      '{"error": {"message": "Invalid URL"}}',
      /to http:\/\/127\.0\.0\.1:\d+\/v1\.$/,
    ],
    [
      "a sign-in page",
      "/v1",
      200,
      "<!doctype html><title>Sign in</title>",
      /HTTP 200 with a web page\. A sign-in page/,
    ],
    [
      "a page of a proxy",
      "/v1",
      403,
      "<html>Blocked</html>",
      /HTTP 403\. The response does not come from the API/,
    ],
  ])("%s", async (_, path, status, body, text) => {
    const port = await portOf(createHttpServer(respond(status, body)));
    expect(await errorOf({ OPENAI_BASE_URL: `http://127.0.0.1:${port}${path}` })).toMatch(text);
  });
});
