import { CheckMonitor } from "../../../provider/session/checkMonitor";
import type { SharedRun } from "../../../provider/session/sharedRun";

const mockSleep = jest.fn<Promise<void>, [milliseconds: number]>();
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => mockSleep(milliseconds),
}));

let now: number;
let checksElsewhere: { running: number; lastSeenAt: number };
let reported: string[];
let monitor: CheckMonitor;

/** The waits of `quiet`, in milliseconds. @param after what happens after each wait, from the first on. */
async function waitsUntilQuiet(...after: readonly (() => void)[]): Promise<readonly number[]> {
  const waits: number[] = [];
  mockSleep.mockImplementation(async (milliseconds) => {
    waits.push(milliseconds);
    now += milliseconds;
    after[waits.length - 1]?.();
    await Promise.resolve();
  });
  await monitor.quiet();
  return waits;
}

beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, "now").mockImplementation(() => now);
  checksElsewhere = { running: 0, lastSeenAt: -Infinity };
  reported = [];
  const run: Pick<SharedRun, "checks" | "reportCheck"> = {
    checks: () => checksElsewhere,
    reportCheck: (type) => {
      reported.push(type);
    },
  };
  monitor = new CheckMonitor(run as SharedRun);
});

afterEach(() => {
  jest.restoreAllMocks();
});

test("a run without a check is quiet immediately", async () => {
  expect(await waitsUntilQuiet()).toEqual([]);
});

test("a run is quiet 100 ms after its last check", async () => {
  await monitor.watch(() => Promise.resolve());
  now += 30;
  expect(await waitsUntilQuiet()).toEqual([70]);
  expect(await waitsUntilQuiet()).toEqual([]);
});

test("a run is not quiet while a check runs", async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = monitor.watch(() => promise);
  now += 500;
  const finish = () => {
    resolve(undefined);
  };
  // The check ends in the microtask after the second wait.
  const waits = await waitsUntilQuiet(() => undefined, finish);
  await check;
  expect(waits.slice(0, 2)).toEqual([100, 100]);
  expect(waits.length).toBeGreaterThan(2);
});

test("a run is not quiet while a check of another process runs, or shortly after it was seen", async () => {
  checksElsewhere = { running: 1, lastSeenAt: 0 };
  const end = () => {
    checksElsewhere = { running: 0, lastSeenAt: now - 40 };
  };
  expect(await waitsUntilQuiet(() => undefined, end)).toEqual([100, 100, 60]);
});

test("the later of this process and the others decides", async () => {
  await monitor.watch(() => Promise.resolve());
  checksElsewhere = { running: 0, lastSeenAt: now - 20 };
  expect(await waitsUntilQuiet()).toEqual([100]);
});

test("a check is reported to the other processes, returns its result, and ends even if it fails", async () => {
  expect(await monitor.watch(() => Promise.resolve("checked"))).toBe("checked");
  await expect(monitor.watch(() => Promise.reject(new Error("invalid")))).rejects.toThrow("invalid");
  expect(reported).toEqual(["check started", "check ended", "check started", "check ended"]);
  expect(await waitsUntilQuiet()).toEqual([100]);
});
