import { CheckMonitor } from "../../../provider/run/checkMonitor";
import type { CheckFacts, ProcessFacts, ProgramFacts } from "../../../provider/run/facts";
import type { SharedRun } from "../../../provider/run/sharedRun";
import { cancelOperations, resetCancellation } from "../../../provider/shared/cancellation";
import { forgetMessages, withMessages } from "../../../provider/shared/log";
import { captureLog } from "../../support/capturedLog";

const mockSleep = jest.fn<Promise<void>, [milliseconds: number]>();
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => mockSleep(milliseconds),
}));

let now: number;
jest.mock("../../../provider/run/machineClock", () => ({ machineClock: () => now }));

let elsewhere: CheckFacts;
let program: ProgramFacts | undefined;
let own: () => CheckFacts;
let monitor: CheckMonitor;

/** The waits of `quiet`, in milliseconds. @param after what happens after each wait, from the first on. */
async function waitsUntilQuiet(
  isPatient = false,
  ...after: readonly (() => void)[]
): Promise<readonly number[]> {
  const waits: number[] = [];
  mockSleep.mockImplementation(async (milliseconds) => {
    waits.push(milliseconds);
    now += milliseconds;
    after[waits.length - 1]?.();
    await Promise.resolve();
  });
  await monitor.quiet(isPatient);
  return waits;
}

beforeEach(() => {
  now = 1_000_000;
  elsewhere = { running: 0, lastAt: 0 };
  program = undefined;
  const run: Pick<SharedRun, "others" | "setChecks"> = {
    others: async (): Promise<readonly ProcessFacts[]> => [
      { checks: elsewhere, scopes: [], ...(program && { program }) },
    ],
    setChecks: (checks) => {
      own = checks;
    },
  };
  monitor = new CheckMonitor(run as SharedRun);
});

afterEach(() => {
  resetCancellation();
});

test("a run without a check is quiet immediately", async () => {
  expect(await waitsUntilQuiet()).toEqual([]);
});

test("a run is quiet 100 ms after the program has declared a resource", async () => {
  program = { lastAt: now - 30, hasUnknownScope: false, scopes: [] };
  expect(await waitsUntilQuiet()).toEqual([70]);
});

test("a run is quiet 100 ms after its last check, and after a read", async () => {
  await monitor.watch(() => Promise.resolve());
  now += 30;
  expect(await waitsUntilQuiet()).toEqual([70]);
  expect(await waitsUntilQuiet()).toEqual([]);
  monitor.note();
  expect(await waitsUntilQuiet()).toEqual([100]);
});

test("a run is quiet later for an operation that would otherwise be rejected", async () => {
  await monitor.watch(() => Promise.resolve());
  expect(await waitsUntilQuiet(true)).toEqual([2_000]);
});

test("a run is not quiet while a check runs", async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = monitor.watch(() => promise);
  now += 500;
  const finish = () => {
    resolve(undefined);
  };
  // The check ends in a microtask after the second wait.
  const waits = await waitsUntilQuiet(false, () => undefined, finish);
  await check;
  expect(waits.slice(0, 2)).toEqual([100, 100]);
  expect(waits.length).toBeGreaterThan(2);
});

test("a run is not quiet while a check of another process runs, or shortly after it ended", async () => {
  elsewhere = { running: 1, lastAt: 0 };
  const end = () => {
    elsewhere = { running: 0, lastAt: now - 40 };
  };
  expect(await waitsUntilQuiet(false, () => undefined, end)).toEqual([100, 100, 60]);
});

test("the later of this process and the others decides", async () => {
  await monitor.watch(() => Promise.resolve());
  elsewhere = { running: 0, lastAt: now - 20 };
  expect(await waitsUntilQuiet()).toEqual([100]);
});

test("a check that does not end is waited for during 30 s, and a warning contains a remedy", async () => {
  const log = captureLog();
  forgetMessages();
  void monitor.watch(() => new Promise(() => undefined));
  let waits: readonly number[] = [];
  await withMessages(async () => {
    waits = await waitsUntilQuiet();
  });
  log.restore();
  expect(waits.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(30_100);
  expect(log.lines).toEqual([
    expect.stringMatching(/^warning: the check of another resource has not ended for 30 s/),
  ]);
});

test("a wait ends when the user cancels", async () => {
  void monitor.watch(() => new Promise(() => undefined));
  expect(await waitsUntilQuiet(false, () => undefined, cancelOperations)).toEqual([100, 100]);
});

test("a check is shared with the other processes, returns its result, and ends even if it fails", async () => {
  expect(own()).toEqual({ running: 0, lastAt: 0 });
  const checked = monitor.watch(() => {
    expect(own()).toEqual({ running: 1, lastAt: 0 });
    return Promise.resolve("checked");
  });
  expect(await checked).toBe("checked");
  await expect(monitor.watch(() => Promise.reject(new Error("invalid")))).rejects.toThrow("invalid");
  expect(own()).toEqual({ running: 0, lastAt: now });
});
