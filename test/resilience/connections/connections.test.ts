import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RetryBudget } from "../../../provider/api/backoff";
import { listCertificates } from "../../../provider/api/certificates";
import { Client } from "../../../provider/api/client";
import { ORGANIZATION } from "../../../provider/api/scope";
import { resolveConnection } from "../../../provider/settings/connection";
import { Settings } from "../../../provider/settings/settings";
import { issueServer } from "../../emulator/certificates/issue";
import { startEmulator } from "../../emulator/index";
import type { Emulator } from "../../emulator/index";
import { compileCacheFolder } from "../../engine/cacheFolder";
import { nodeOptions } from "../../engine/nodeOptions";
import { REPOSITORY } from "../../engine/packages";
import { runProcess } from "../../engine/process";
import { BreakingServer } from "./breakingServer";
import { describeMoment, momentsOf, ROUTES } from "./moments";
import type { Route } from "./moments";

/** Milliseconds after which a process has not ended in bounded time. The deadline of an attempt is one second. */
const LIMIT_MS = 20_000;

/** What waits for the API, each as a process of its own that writes "done" when it has what it asked for. */
const WAITING = {
  function: ["-e", `require("pulumi-openai-certificates").getCertificates().then(() => console.log("done"))`],
  "Output form": [
    "-e",
    `require("pulumi-openai-certificates").getCertificatesOutput().apply(() => console.log("done"))`,
  ],
  resource: [
    "-e",
    `require("pulumi-openai-certificates/provider").organization
       .create({ certificateIds: ["cert_b"] }).then(() => console.log("done"))`,
  ],
  command: [join(REPOSITORY, "dist/cli/main.js"), "adopt", "--out", "OUT/adopted.ts"],
} as const;

let server: Awaited<ReturnType<typeof issueServer>>;
let emulator: Emulator;
const breaking = new Map<Route, BreakingServer>();
let folder: string;
const environment = { ...process.env };

beforeAll(async () => {
  server = await issueServer();
  emulator = await startEmulator({ tls: { certificate: server.pem, key: server.keyPem } });
  emulator.seed([{ id: "cert_a" }, { id: "cert_b" }]);
  for (const route of ROUTES)
    breaking.set(route, await BreakingServer.start(route, new URL(emulator.url), server));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "connections-"));
});
afterEach(async () => {
  process.env = { ...environment };
  await rm(folder, { recursive: true });
});
afterAll(async () => {
  for (const each of breaking.values()) await each.close();
  await emulator.close();
});

function serverOf(route: Route): BreakingServer {
  const found = breaking.get(route);
  if (!found) throw new Error(`no server for ${route}`);
  return found;
}

const settingsFor = (route: Route): Record<string, string> => ({
  OPENAI_ADMIN_KEY: emulator.adminKey,
  OPENAI_CA_BUNDLE: server.authorityPem,
  OPENAI_TIMEOUT_SECONDS: "1",
  OPENAI_RETRY_TIMEOUT_SECONDS: "0",
  ...serverOf(route).settings(emulator.url),
});

const run = (waiting: keyof typeof WAITING, route: Route) =>
  runProcess(
    process.execPath,
    WAITING[waiting].map((part) => part.replace("OUT", folder)),
    {
      cwd: REPOSITORY,
      env: { NODE_OPTIONS: nodeOptions(), NODE_COMPILE_CACHE: compileCacheFolder(), ...settingsFor(route) },
      timeout: LIMIT_MS,
    },
  );

describe.each(ROUTES)("%s", (route) => {
  const cases = momentsOf(route).map((moment) => [describeMoment(moment), moment] as const);

  test("every one of them succeeds on a connection that does not break", async () => {
    for (const waiting of Object.keys(WAITING) as (keyof typeof WAITING)[]) {
      const { exitCode, output, seconds } = await run(waiting, route);
      expect({ waiting, exitCode, output }).toMatchObject({ waiting, exitCode: 0 });
      expect(output).toMatch(/^done$|^Wrote /m);
      // Idle connections do not keep the process.
      expect(seconds).toBeLessThan(5);
      // Enforcement would be another reason to fail.
      emulator.setActive("cert_b", false);
    }
  });

  test.each(cases)("%s: each of them ends with an error and its cause, not with 0", async (_, moment) => {
    serverOf(route).breakNext(moment, Infinity);
    const names = Object.keys(WAITING) as (keyof typeof WAITING)[];
    const results = await Promise.all(
      names.map(async (waiting) => ({ waiting, ...(await run(waiting, route)) })),
    );
    for (const { waiting, exitCode, timedOut, stdout, output } of results) {
      expect({ waiting, timedOut, exitCode, output }).toMatchObject({
        timedOut: false,
        exitCode: waiting === "command" ? 2 : 1,
        output: expect.stringMatching(moment.cause) as string,
      });
      expect(stdout).not.toMatch(/done|Wrote/);
    }
    expect(await readdir(folder)).toEqual([]);
    expect(emulator.activeIds()).toEqual([]);
  });

  test.each(cases)("%s, once: the request is sent again, unless it was rejected", async (_, moment) => {
    jest.spyOn(Math, "random").mockReturnValue(0.001);
    serverOf(route).breakNext(moment, 1);
    const settings = settingsFor(route);
    process.env = { ...environment, ...settings };
    const client = new Client(resolveConnection(new Settings(() => undefined, settings)));
    const context = { budget: new RetryBudget(9), waitsForRateLimit: true, onWait: jest.fn() };
    const listed = listCertificates(client, ORGANIZATION, context);
    if (/HTTP 40|SSL|Parse/.test(moment.cause.source)) await expect(listed).rejects.toThrow(moment.cause);
    else expect(await listed).toHaveLength(2);
    jest.restoreAllMocks();
  });
});
