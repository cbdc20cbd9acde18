import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";

const REPOSITORY = resolve(__dirname, "../..");
const run = promisify(execFile);
/** `npm run verify:packages` runs these tests with other versions of Node.js, too. */
const NODE = process.env["NODE_UNDER_TEST"] ?? process.execPath;

/** Lists the certificates with settings from the environment; prints how many there are. */
const LIST = `
const { clientOf, requestContext } = require("./test/integration/connected.ts");
const { listCertificates } = require("./provider/api/certificates.ts");
const emulator = { url: process.env.OPENAI_BASE_URL, adminKey: process.env.OPENAI_ADMIN_KEY };
listCertificates(clientOf(emulator, { ...process.env, OPENAI_TIMEOUT_SECONDS: "20" }), { kind: "organization" }, requestContext(0)).then(
  (found) => console.log(found.length + " listed"),
  (error) => console.log(error.message),
);
`;

describe("with caBundle, the authorities of Node.js stay trusted", () => {
  let folder: string;
  let emulator: Emulator;
  let file: (name: string, text: string) => string;
  let paths: { readonly server: string; readonly other: string; readonly client: Record<string, string> };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "authorities-"));
    file = (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const server = await issueServer();
    const ca = await issueCa();
    const client = await issueClient(ca);
    emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
    // Enforced, so that the client certificate has to arrive, too.
    emulator.seed([{ id: "cert_a", pem: ca.pem, active: true }]);
    paths = {
      server: file("server.pem", server.authorityPem),
      other: file("other.pem", (await issueCa({ name: "other" })).pem),
      client: {
        OPENAI_MTLS_CERT_CHAIN: file("client.pem", client.chainPem),
        OPENAI_MTLS_KEY: file("client.key", client.keyPem),
      },
    };
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  const list = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const { stdout } = await run(NODE, ["--import", "tsx", "--eval", LIST], {
      cwd: REPOSITORY,
      env: {
        PATH: process.env["PATH"] ?? "",
        OPENAI_BASE_URL: emulator.url,
        OPENAI_ADMIN_KEY: emulator.adminKey,
        ...paths.client,
        ...env,
      },
    });
    return stdout.trim();
  };

  test("those of OpenSSL with --use-openssl-ca, and the bundle's", async () => {
    const env = { NODE_OPTIONS: "--use-openssl-ca", SSL_CERT_FILE: paths.server };
    expect(await list(env)).toBe("1 listed");
    expect(await list({ ...env, OPENAI_CA_BUNDLE: paths.other })).toBe("1 listed");
    const bundle = {
      NODE_OPTIONS: "--use-openssl-ca",
      SSL_CERT_FILE: paths.other,
      OPENAI_CA_BUNDLE: paths.server,
    };
    expect(await list(bundle)).toBe("1 listed");
  });

  test("those of NODE_EXTRA_CA_CERTS, and the bundle's", async () => {
    expect(await list({ NODE_EXTRA_CA_CERTS: paths.server, OPENAI_CA_BUNDLE: paths.other })).toBe("1 listed");
    expect(await list({ NODE_EXTRA_CA_CERTS: paths.other, OPENAI_CA_BUNDLE: paths.server })).toBe("1 listed");
  });

  test.each([{}, { NODE_OPTIONS: "--use-openssl-ca" }])("and no others (%j)", async (options) => {
    const given = { ...options, SSL_CERT_FILE: paths.other, OPENAI_CA_BUNDLE: paths.other };
    expect(await list(given)).toMatch(
      /^GET \/organization\/certificates: no response: .+ \((?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)\)\. The certificate of the server, .+ Set openai-certificates:caBundle \(OPENAI_CA_BUNDLE\)/,
    );
  });
});
