import { performance } from "node:perf_hooks";
import { startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";
let emulator: Emulator | undefined;
let time = 0;

async function start(throttle: EmulatorOptions["throttle"]): Promise<Emulator> {
  emulator = await startEmulator({
    projects: ["proj_a"],
    ...(throttle && { throttle: { clock: () => time, ...throttle } }),
  });
  emulator.seed([{ id: "cert_a" }]);
  return emulator;
}

const activate = (one: Emulator, path = ORGANIZATION) =>
  send(one, "POST", `${path}/activate`, { body: { certificate_ids: ["cert_a"] } });

beforeEach(() => {
  time = 0;
});

afterEach(() => emulator?.close());

test("a request above the limit of a window is rejected, and not executed", async () => {
  const one = await start({ requests: 1 });
  expect((await send(one, "GET", ORGANIZATION)).status).toBe(200);
  expect((await activate(one)).status).toBe(200);
  one.setActive("cert_a", false);
  const rejected = await activate(one);
  expect(rejected.status).toBe(429);
  expect(rejected.body).toMatchObject({ error: { code: "rate_limit_exceeded" } });
  expect(rejected.headers).not.toHaveProperty("retry-after");
  expect(one.activeIds()).toEqual([]);
  expect(one.log.at(-1)).toMatchObject({ status: 429, executed: false });
});

test("each endpoint has its own limit", async () => {
  const one = await start({ requests: 1 });
  expect((await activate(one)).status).toBe(200);
  expect((await activate(one, "/organization/projects/proj_a/certificates")).status).toBe(200);
  expect((await send(one, "GET", ORGANIZATION)).status).toBe(200);
  expect((await activate(one)).status).toBe(429);
});

test("the limit is reset when the window ends", async () => {
  const one = await start({ requests: 2, windowSeconds: 10 });
  await activate(one);
  time = 9_999;
  expect((await activate(one)).status).toBe(200);
  expect((await activate(one)).status).toBe(429);
  time = 10_000;
  expect((await activate(one)).status).toBe(200);
  expect((await activate(one)).status).toBe(200);
  expect((await activate(one)).status).toBe(429);
});

test("Retry-After can be given in seconds, rounded up", async () => {
  const one = await start({ requests: 1, retryAfter: "seconds" });
  await activate(one);
  time = 500;
  expect((await activate(one)).headers["retry-after"]).toBe("60");
});

test("Retry-After can be given as a date, never too early", async () => {
  const one = await start({ requests: 1, windowSeconds: 30, retryAfter: "date" });
  await activate(one);
  const earliest = Date.now() + 30_000;
  const { headers } = await activate(one);
  const date = Date.parse(headers["retry-after"] ?? "");
  expect(date).toBeGreaterThanOrEqual(earliest);
  expect(date).toBeLessThan(earliest + 3_000);
});

test("requests with a wrong key and those of workloads do not count", async () => {
  const one = await start({ requests: 1 });
  await send(one, "GET", ORGANIZATION, { key: "sk-wrong" });
  await send(one, "GET", "/models");
  expect((await send(one, "GET", "/models")).status).toBe(200);
  expect((await send(one, "GET", ORGANIZATION)).status).toBe(200);
});

test("latency delays each response", async () => {
  emulator = await startEmulator({ latencyMs: 60 });
  const before = performance.now();
  await send(emulator, "GET", ORGANIZATION);
  expect(performance.now() - before).toBeGreaterThan(55);
});

test("closing does not wait for a delayed response", async () => {
  const slow = await startEmulator({ latencyMs: 60_000 });
  const requested = send(slow, "GET", ORGANIZATION, { signal: AbortSignal.timeout(100) });
  await expect(requested).rejects.toThrow();
  await slow.close();
});
