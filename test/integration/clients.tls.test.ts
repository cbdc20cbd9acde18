import { X509Certificate } from "node:crypto";
import { judgeClient } from "../../provider/clients/judge";
import { parseClient } from "../../provider/clients/knownClient";
import { CHAIN_CASES } from "../emulator/certificates/chainCases";
import { issueCa, issueClient, issueIntermediate, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { KEY_KINDS } from "../emulator/certificates/keyKind";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";

const NOW = Date.now() / 1000;

let server: Awaited<ReturnType<typeof issueServer>>;
let emulator: Emulator;

beforeAll(async () => {
  server = await issueServer();
});

beforeEach(async () => {
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
});

afterEach(() => emulator.close());

/** Whether the API accepts a request with a client certificate, over TLS with its real key. */
async function isAccepted({ chainPem, keyPem }: IssuedCertificate): Promise<boolean> {
  const tls = { ca: server.authorityPem, cert: chainPem, key: keyPem };
  return (await send(emulator, "GET", "/models", { tls })).status === 200;
}

/** Whether the provider would say so, of which it knows only the certificates. */
async function isTrusted(pems: string, ca: { readonly pem: string }): Promise<boolean> {
  const parsed = parseClient("client", pems);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return (await judgeClient(parsed.client, ca.pem, NOW)).trusted;
}

describe("a client is trusted if and only if the API accepts its connection", () => {
  test.each(CHAIN_CASES)("$name", async ({ issue }) => {
    const { anchor, client } = await issue();
    emulator.seed([{ id: "cert_case", pem: anchor.pem, active: true }]);
    expect(await isTrusted(client.chainPem, anchor)).toBe(await isAccepted(client));
  });

  // The emulator does not judge the strength of keys and digests.
  test.each(KEY_KINDS.filter((kind) => !/SHA-1|1024/.test(kind)))("with keys of %s", async (keyKind) => {
    const ca = await issueCa({ keyKind });
    const client = await issueClient(await issueIntermediate(ca, { keyKind }), { keyKind });
    emulator.seed([{ id: "cert_case", pem: ca.pem, active: true }]);
    expect([await isTrusted(client.chainPem, ca), await isAccepted(client)]).toEqual([true, true]);
  });
});

describe("a CA that issues short-lived clients is trusted if and only if the API accepts these", () => {
  const check = async (issuing: Authority, ca: Authority): Promise<readonly boolean[]> => {
    emulator.seed([{ id: "cert_case", pem: ca.pem, active: true }]);
    const known = issuing.isSelfSigned ? issuing.pem : issuing.chainPem;
    return [await isTrusted(known, ca), await isAccepted(await issueClient(issuing))];
  };

  test("when it is active itself, or the CA above it is", async () => {
    const root = await issueCa({ name: "root" });
    const issuing = await issueIntermediate(root, { name: "issuing" });
    expect(await check(root, root)).toEqual([true, true]);
    expect(await check(issuing, root)).toEqual([true, true]);
    expect(new X509Certificate(issuing.pem).ca).toBe(true);
  });

  test("and not below another one", async () => {
    expect(await check(await issueCa({ name: "a" }), await issueCa({ name: "a" }))).toEqual([false, false]);
  });

  test("and not after its expiry", async () => {
    const root = await issueCa({ name: "root" });
    const expired = { validFrom: new Date(0), expires: new Date(1000) };
    expect(await check(await issueIntermediate(root, expired), root)).toEqual([false, false]);
  });
});
