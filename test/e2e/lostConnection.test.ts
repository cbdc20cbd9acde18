import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { findEngine } from "../engine/findEngine";
import { createSandbox } from "../engine/sandbox";
import type { Sandbox } from "../engine/sandbox";
import type { Stack } from "../engine/stack";
import { BreakingServer } from "../resilience/connections/breakingServer";
import type { Moment } from "../resilience/connections/moments";

const CLOSED: Moment = { at: "connect", how: "end", cause: /socket hang up/ };

/** Declares the certificates that a function has found, so a function that never returns declares nothing. */
const PROGRAMS = {
  function: `
import { getCertificates, OrgCertificateActivation } from "pulumi-openai-certificates";

export = async () => {
  const found = await getCertificates();
  const certificateIds = found.map(({ id }) => id).filter((id) => id !== "cert_c");
  const mtls = new OrgCertificateActivation("mtls", { certificateIds });
  return { ids: mtls.certificateIds };
};
`,
  "Output form": `
import { getCertificatesOutput, OrgCertificateActivation } from "pulumi-openai-certificates";

const certificateIds = getCertificatesOutput().apply((found) =>
  found.map(({ id }) => id).filter((id) => id !== "cert_c"),
);
new OrgCertificateActivation("mtls", { certificateIds });
`,
};

/** Takes away all that keeps the process while the function waits: a fault of a kind that nobody has thought of. */
const NOTHING_KEEPS_IT = `
import { EventEmitter } from "node:events";
import https from "node:https";

const setTimeoutAsBefore = setTimeout;
globalThis.setTimeout = ((...args: Parameters<typeof setTimeout>) =>
  setTimeoutAsBefore(...args).unref()) as typeof setTimeout;
https.request = (() =>
  Object.assign(new EventEmitter(), { end: () => undefined, setTimeout: () => undefined })) as never;
`;

let sandbox: Sandbox;
let emulator: Emulator;
let proxy: BreakingServer;
let stack: Stack;

beforeAll(async () => {
  const server = await issueServer();
  const ca = await issueCa();
  const client = await issueClient(ca);
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([{ id: "cert_a", pem: ca.pem }, { id: "cert_b" }, { id: "cert_c" }]);
  proxy = await BreakingServer.start("http proxy", new URL(emulator.url), server);
  sandbox = await createSandbox({ engine: await findEngine() });
  stack = await sandbox.stack({
    program: { "index.ts": PROGRAMS.function },
    keySource: "key server",
    env: {
      OPENAI_ADMIN_KEY: emulator.adminKey,
      OPENAI_CA_BUNDLE: server.authorityPem,
      OPENAI_MTLS_CERT_CHAIN: client.chainPem,
      OPENAI_MTLS_KEY: client.keyPem,
      OPENAI_RETRY_TIMEOUT_SECONDS: "0",
      OPENAI_TIMEOUT_SECONDS: "5",
      NO_PROXY: "",
      no_proxy: "",
      ...proxy.settings(emulator.url),
    },
  });
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
});
afterAll(async () => {
  await sandbox.dispose();
  await proxy.close();
  await emulator.close();
});
beforeEach(() => {
  emulator.clearLog();
});
describe.each(["function", "Output form"] as const)("%s: a call that loses its connection", (form) => {
  afterEach(() => {
    expect(emulator.activeIds()).toEqual(["cert_a", "cert_b"]);
    expect(emulator.log.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("fails the preview and the update, which delete nothing", async () => {
    await stack.replaceProgram({ "index.ts": PROGRAMS[form] });
    proxy.breakNext(CLOSED, Infinity);
    for (const result of [await stack.preview(), await stack.up()]) {
      expect(result.exitCode).not.toBe(0);
      expect(result.output).toContain("no response: socket hang up (ECONNRESET)");
      expect(result.output).not.toMatch(/delete|deactivat/);
    }
  });

  test("sends its request again when it may, and the update changes nothing", async () => {
    proxy.breakNext(CLOSED, 1);
    const result = await stack.run(["up", "--yes", "--skip-preview", "--expect-no-changes"], {
      OPENAI_RETRY_TIMEOUT_SECONDS: "20",
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(proxy.connections).toBeGreaterThan(1);
  });

  test("fails the update even if nothing keeps the process that awaits it", async () => {
    await stack.replaceProgram({ "index.ts": `${NOTHING_KEEPS_IT}${PROGRAMS[form]}` });
    proxy.breakNext(CLOSED, 0);
    const { exitCode, output } = await stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("the process ended while a call was pending: getCertificates");
    expect(output).not.toMatch(/delete|deactivat/);
  });
});

test("a resource that loses its connection fails the update, and the next one completes it", async () => {
  const ids = ["cert_a", "cert_b", "cert_c"];
  await stack.replaceProgram({
    "index.ts": `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", { certificateIds: ${JSON.stringify(ids)} });
`,
  });
  proxy.breakNext(CLOSED, Infinity);
  const failed = await stack.up();
  expect(failed.exitCode).not.toBe(0);
  expect(failed.output).toContain("no response: socket hang up (ECONNRESET)");
  expect(emulator.activeIds()).toEqual(["cert_a", "cert_b"]);
  proxy.breakNext(CLOSED, 0);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(emulator.activeIds()).toEqual(ids);
});
