import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";

const ESCAPE = "\u001b";

let folder: string;
let server: Awaited<ReturnType<typeof issueServer>>;
let operations: Authority;
let emulator: Emulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-"));
  server = await issueServer();
  operations = await issueCa({ name: "operations" });
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => emulator.close());

/** An organization that enforces mTLS. */
async function startEnforcing(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem }, ...options });
  emulator.seed([{ id: "cert_ops", name: "operations", pem: operations.pem, active: true }]);
}

/** Runs the command as a terminal or cron would, with nothing but the environment. */
function check(
  args: readonly string[] = [],
  own?: IssuedCertificate,
  env: Readonly<Record<string, string>> = {},
) {
  return runProcess(process.execPath, ["--require", "tsx/cjs", "cli/main.ts", "check", ...args], {
    cwd: REPOSITORY,
    env: {
      PATH: process.env["PATH"] ?? "",
      OPENAI_ADMIN_KEY: emulator.adminKey,
      OPENAI_BASE_URL: emulator.url,
      OPENAI_CA_BUNDLE: server.authorityPem,
      OPENAI_RETRY_TIMEOUT_SECONDS: "0",
      ...(own && { OPENAI_MTLS_CERT_CHAIN: own.chainPem, OPENAI_MTLS_KEY: own.keyPem }),
      ...env,
    },
  });
}

test("with everything in order, exits with 0 and names the certificate that trusts the check itself", async () => {
  await startEnforcing();
  const own = await issueClient(operations, { name: "pipeline" });
  await writeFile(join(folder, "billing.pem"), (await issueClient(operations, { name: "billing" })).chainPem);
  const { exitCode, stdout, stderr } = await check(["--enforced", "--client", folder], own);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^ {2}host +https:\/\/127\.0\.0\.1:\d+\/v1$/m);
  expect(stdout).toMatch(/^ {2}reading +works$/m);
  expect(stdout).toMatch(/^ {2}writing +not tested$/m);
  expect(stdout).toMatch(/^ {2}client certificate +presented, trusted by cert_ops: CN=pipeline, until /m);
  expect(stdout).toMatch(/^ {2}billing +CN=billing +trusted +cert_ops +/m);
  expect(stdout).not.toContain(ESCAPE);
  expect(exitCode).toBe(0);
  expect(countCalls(emulator.log)).toEqual({ list: 1, get: 1 });
  expect(emulator.log.every(({ method }) => method === "GET")).toBe(true);
});

test("a client that is rejected ends it with 1, and --json names it", async () => {
  await startEnforcing();
  const path = join(folder, "stranger.crt");
  await writeFile(path, (await issueClient(await issueCa({ name: "unknown" }), { name: "stranger" })).pem);
  const { exitCode, stdout } = await check(
    ["--json", "--client", `stranger=${path}`],
    await issueClient(operations),
  );
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 1,
    scopes: [{ enforcement: "enforced", active: 1 }],
    clients: [{ name: "stranger", subject: "CN=stranger", result: "rejected", trustedBy: [] }],
    problems: [{ kind: "rejected", severity: "error" }],
  });
  expect(exitCode).toBe(1);
});

test.each([
  ["no client certificate", async () => undefined, {}, /Set OPENAI_MTLS_CERT_CHAIN and OPENAI_MTLS_KEY/],
  [
    "the wrong client certificate",
    async () => issueClient(await issueCa()),
    {},
    /no active certificate issued/,
  ],
  ["a wrong key", () => issueClient(operations), { OPENAI_ADMIN_KEY: "sk-wrong" }, /Check OPENAI_ADMIN_KEY/],
  ["no key", () => issueClient(operations), { OPENAI_ADMIN_KEY: "" }, /Set OPENAI_ADMIN_KEY/],
  ["an unknown server", () => issueClient(operations), { OPENAI_CA_BUNDLE: "" }, /Set OPENAI_CA_BUNDLE/],
  [
    "a proxy that is not there",
    () => issueClient(operations),
    { HTTPS_PROXY: "http://127.0.0.1:9" },
    /HTTPS_PROXY/,
  ],
])(
  "with %s, exits with 2 and the remedy, which names variables alone",
  async (_case, issueOwn, env, remedy) => {
    await startEnforcing();
    const { exitCode, stdout, stderr } = await check([], await issueOwn(), env);
    expect(stdout).toMatch(/^ {2}reading +failed$/m);
    expect(stdout).toMatch(remedy);
    expect(stdout).not.toContain("openai-certificates:");
    expect(stdout).toContain("No access: nothing could be checked.");
    expect(stderr).toBe("");
    expect(exitCode).toBe(2);
  },
);

test("an invalid argument exits with 2 before any call, with the reason on standard error", async () => {
  await startEnforcing();
  const { exitCode, stdout, stderr } = await check(["--client", "billing=nowhere.pem"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toBe("nowhere.pem cannot be read (ENOENT). Check --client.\n");
  expect(emulator.log).toEqual([]);
});

test("while it waits for the rate limit, it reports the progress on standard error", async () => {
  await startEnforcing({
    projects: ["proj_a", "proj_b"],
    throttle: { requests: 1, windowSeconds: 4, retryAfter: "seconds" },
  });
  const { exitCode, stdout, stderr } = await check(
    ["--project", "proj_a", "--project", "proj_b", "--format", "prometheus"],
    await issueClient(operations),
    { OPENAI_RETRY_TIMEOUT_SECONDS: "60" },
  );
  expect(stderr).toMatch(
    /^check: rate limited; next attempt in \d s; list the certificates of project proj_b$/m,
  );
  expect(stdout).toContain('openai_certificates_enforced{scope="proj_b"} 1\n');
  expect(exitCode).toBe(0);
});
