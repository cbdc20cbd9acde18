import { createPrivateKey } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { listCertificates } from "../../provider/api/certificates";
import { ApiError } from "../../provider/api/errors/apiError";
import { ORGANIZATION } from "../../provider/api/scope";
import type { Emulator } from "../emulator/index";
import { clientOf, requestContext, startTlsEmulator } from "./connected";
import type { TlsEmulator } from "./connected";

let server: TlsEmulator["server"];
let client: TlsEmulator["client"];
let emulator: Emulator;
const environment = { ...process.env };

beforeAll(async () => {
  ({ server, client, emulator } = await startTlsEmulator());
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
    /HTTP 401 certificate_required: .* Set openai-certificates:clientCertificate and openai-certificates:clientKey .* dashboard/,
  );
});

describe("a server that rejects the client certificate", () => {
  /** In TLS 1.3 the rejection comes after the handshake: as an alert, or only as a closed connection. */
  test.each(["as an alert", "by closing the connection"])("%s ends the request soon", async (how) => {
    jest.spyOn(Math, "random").mockReturnValue(0.001);
    let connections = 0;
    const rejecting = createServer({
      cert: server.pem,
      key: server.keyPem,
      minVersion: "TLSv1.3",
      ...(how === "as an alert" && { requestCert: true, rejectUnauthorized: true }),
    });
    rejecting.on("connection", () => (connections += 1));
    if (how !== "as an alert") rejecting.on("secureConnection", (socket) => socket.destroy());
    await once(rejecting.listen(0, "127.0.0.1"), "listening");
    try {
      const url = `https://127.0.0.1:${(rejecting.address() as AddressInfo).port}/v1`;
      const client = clientOf(emulator, { ...trust(), OPENAI_BASE_URL: url });
      const listed = listCertificates(client, ORGANIZATION, requestContext(86_400));
      await expect(listed).rejects.toThrow(ApiError);
      if (how !== "as an alert")
        await expect(listed).rejects.toThrow(/ECONNRESET.*6 attempts.*check .*clientCertificate/);

      expect(connections).toBeLessThanOrEqual(6);
    } finally {
      jest.restoreAllMocks();
      rejecting.closeAllConnections();
      rejecting.close();
    }
  });
});
