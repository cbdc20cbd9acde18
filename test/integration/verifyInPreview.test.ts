import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { organization } from "../../provider/index";
import { startRun } from "../../provider/session/session";
import { forgetMessages } from "../../provider/shared/log";
import { issueCa, issueServer } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

/** Why a preview cannot list, as settings, and words of the message. */
const CAUSES: Readonly<Record<string, readonly [() => Promise<Readonly<Record<string, string>>>, string]>> = {
  "a wrong key": [async () => ({ adminKey: "sk-admin-wrong" }), "HTTP 401"],
  "no key": [async () => ({ adminKey: "" }), "adminKey"],
  "a missing file of the client certificate": [
    async () => ({ clientCertificate: "/missing/client.pem", clientKey: "/missing/client.key" }),
    "openai-certificates:clientCertificate (OPENAI_MTLS_CERT_CHAIN) is neither PEM text nor a readable file",
  ],
  "a missing file of the CA bundle": [
    async () => ({ caBundle: "/missing/ca.pem" }),
    "openai-certificates:caBundle (OPENAI_CA_BUNDLE) is neither PEM text nor a readable file",
  ],
  "a server of an unknown authority": [
    async () => ({ baseUrl: tls.url, caBundle: (await issueCa()).pem }),
    "Set openai-certificates:caBundle",
  ],
  "a server that does not speak TLS": [
    async () => ({ baseUrl: emulator.url.replace("http:", "https:") }),
    "does not speak TLS",
  ],
  "a host that cannot be reached": [
    async () => ({ baseUrl: `http://127.0.0.1:${await closedPort()}/v1` }),
    "ECONNREFUSED",
  ],
  "mTLS without a client certificate": [
    async () => ({ baseUrl: tls.url, caBundle: authority, adminKey: tls.adminKey }),
    "certificate_required",
  ],
};

let emulator: Emulator;
let tls: Emulator;
let authority: string;
let log: CapturedLog;

beforeAll(async () => {
  const server = await issueServer();
  authority = server.authorityPem;
  tls = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  tls.seed([{ id: "cert_a", pem: (await issueCa()).pem, active: true }]);
  emulator = await startEmulator();
});

beforeEach(() => {
  startRun();
  forgetMessages();
  log = captureLog();
});

afterEach(() => {
  log.restore();
});

afterAll(() => Promise.all([emulator.close(), tls.close()]));

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function configure(more: Readonly<Record<string, string>>): Promise<void> {
  const given: Readonly<Record<string, string>> = {
    baseUrl: emulator.url,
    adminKey: emulator.adminKey,
    retryTimeoutSeconds: "0",
    ...more,
  };
  const get = (key: string) => given[key.replace("openai-certificates:", "")];
  await organization.configure({ config: { get } as never });
}

describe.each(Object.entries(CAUSES))(
  "a preview that cannot verify because of %s",
  (_, [settings, words]) => {
    const arrange = async (verifyInPreview: string) => configure({ ...(await settings()), verifyInPreview });
    const olds = { certificateIds: { cert_a: "active" } };

    test("continues with a warning", async () => {
      await arrange("true");
      expect((await organization.check({}, { certificateIds: ["cert_a"] })).failures).toEqual([]);
      expect(log.lines.join("\n")).toMatch(/^warning: certificateIds not verified: /m);
      expect(log.lines.join("\n")).toContain(words);
    });

    test.each([
      ["a new resource", () => organization.check({}, { certificateIds: ["cert_a"] })],
      [
        "a changed resource",
        () => organization.diff("organization", olds, { certificateIds: { cert_b: "active" } }),
      ],
    ])("fails for %s where the stack requires that, and names the setting", async (_what, preview) => {
      await arrange("required");
      const failing = preview();
      await expect(failing).rejects.toThrow(words);
      await expect(failing).rejects.toThrow(/verifyInPreview requires a preview to be verified\.$/);
    });
  },
);
