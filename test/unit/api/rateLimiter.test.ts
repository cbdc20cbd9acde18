import { EndpointRateLimiter, type Ticket } from "../../../provider/api/rateLimiter";

// Fake timers reach the global clock, but not this module: here it waits on the same clock.
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
}));

const WINDOW_MS = 60_000;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});

afterEach(() => {
  jest.useRealTimers();
});

/** Calls on one lane, and when each of their tries was let through. */
class Traffic {
  readonly lane = new EndpointRateLimiter();
  readonly passedAt: Record<string, number> = {};
  readonly waits: Record<string, number> = {};
  private readonly startedAt = performance.now();

  /** Begins a call, and asks for its first try. */
  begin(name: string): Ticket {
    const call = this.lane.ticket((milliseconds) => {
      this.waits[name] = milliseconds;
    });
    this.ask(name, call);
    return call;
  }

  ask(name: string, call: Ticket): void {
    void call.acquire().then(() => {
      this.passedAt[name] = performance.now() - this.startedAt;
    });
  }

  /** Begins a call that ends with an answer as soon as it is let through. */
  async complete(name: string): Promise<void> {
    const call = this.begin(name);
    await until(() => name in this.passedAt);
    this.lane.recordResponse();
    call.release();
  }
}

/** Lets the clock run for as long as something takes to happen. */
async function until(happened: () => boolean): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
  while (!happened()) {
    if (jest.getTimerCount() === 0) throw new Error("nothing will ever happen");
    await jest.advanceTimersToNextTimerAsync();
  }
}

const later = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

describe("a lane", () => {
  test("lets as many at once as the API never refuses, and then one at a time without a wait", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 7; call += 1) traffic.begin(`call ${call}`);
    const eighth = traffic.begin("eighth");
    traffic.begin("ninth");
    await later(0);
    expect(Object.keys(traffic.passedAt)).toHaveLength(8);
    eighth.release();
    await later(0);
    expect(traffic.passedAt["ninth"]).toBe(0);
    expect(traffic.waits).toEqual({});
  });

  test("lets many at once again a minute later", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 8; call += 1) traffic.begin(`call ${call}`);
    await later(WINDOW_MS);
    for (let call = 9; call <= 15; call += 1) traffic.begin(`call ${call}`);
    await later(0);
    expect(Object.keys(traffic.passedAt)).toHaveLength(15);
  });

  test("sends those away that do not queue, as soon as there is a pace to wait for", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 7; call += 1) traffic.begin(`call ${call}`);
    const hasty = () => traffic.lane.ticket(() => undefined, false);
    const first = hasty();
    expect(await first.acquire()).toBe(true);
    const second = hasty().acquire();
    traffic.lane.recordRefusal(20_000);
    first.release();
    expect(await second).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test("holds them up with nobody that queues", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 8; call += 1) traffic.begin(`call ${call}`);
    await later(0);
    expect(await traffic.lane.ticket(() => undefined, false).acquire()).toBe(true);
  });

  test("lets nobody pass for as long as a refusal asked, and says so to whom it lets wait", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(20_000);
    traffic.begin("behind");
    await later(19_999);
    expect(traffic.passedAt).toEqual({});
    await until(() => "behind" in traffic.passedAt);
    expect(traffic.passedAt).toEqual({ behind: 20_000 });
    expect(traffic.waits).toEqual({ behind: 20_000 });
  });

  test.each([-3_600_000, 3_600_000])(
    "is held for as long as a refusal asked, although the clock is set by %i ms meanwhile",
    async (milliseconds) => {
      const traffic = new Traffic();
      traffic.lane.recordRefusal(5_000);
      traffic.begin("behind");
      await later(1_000);
      jest.setSystemTime(Date.now() + milliseconds);
      traffic.begin("later");
      await until(() => "behind" in traffic.passedAt);
      expect(traffic.passedAt).toEqual({ behind: 5_000 });
      expect(traffic.lane.isPaced).toBe(true);
    },
  );

  test("stays closed until the last of several refusals allows", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(30_000);
    traffic.lane.recordRefusal(10_000);
    await traffic.complete("behind");
    expect(traffic.passedAt).toEqual({ behind: 30_000 });
  });

  test.each([
    { seen: 0, perWindow: 7 },
    { seen: 8, perWindow: 8 },
    { seen: 40, perWindow: 10 },
  ])(
    "that answered $seen calls before a refusal lets a little less than $perWindow a minute pass after it",
    async ({ seen, perWindow }) => {
      const traffic = new Traffic();
      for (let answer = 0; answer < seen; answer += 1) traffic.lane.recordResponse();
      traffic.lane.recordRefusal(0);
      await traffic.complete("the one that was refused");
      for (const name of ["first", "second", "third"]) await traffic.complete(name);
      expect(traffic.passedAt["the one that was refused"]).toBe(0);
      const slowness = ((traffic.passedAt["third"] ?? 0) * perWindow) / (3 * WINDOW_MS);
      expect(slowness).toBeGreaterThan(1.01);
      expect(slowness).toBeLessThan(1.03);
    },
  );

  test("counts only the answers of the last minute", async () => {
    const traffic = new Traffic();
    for (let answer = 0; answer < 10; answer += 1) traffic.lane.recordResponse();
    await later(WINDOW_MS);
    traffic.lane.recordRefusal(0);
    await traffic.complete("first");
    await traffic.complete("second");
    expect((traffic.passedAt["second"] ?? 0) - WINDOW_MS).toBeGreaterThan(WINDOW_MS / 8);
  });

  test("knows until when the throttle can last because of what was answered", async () => {
    const { lane } = new Traffic();
    expect(lane.refillMs).toBe(WINDOW_MS);
    lane.recordResponse();
    await later(20_000);
    lane.recordResponse();
    expect(lane.refillMs).toBe(40_000);
    await later(40_000);
    expect(lane.refillMs).toBe(20_000);
  });

  test("lets one call at a time pass after a refusal, in the order of asking", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(0);
    const first = traffic.begin("first");
    const second = traffic.begin("second");
    traffic.begin("third");
    await later(WINDOW_MS);
    expect(Object.keys(traffic.passedAt)).toEqual(["first"]);
    first.release();
    await later(WINDOW_MS);
    expect(Object.keys(traffic.passedAt)).toEqual(["first", "second"]);
    second.release();
    await until(() => "third" in traffic.passedAt);
  });

  test("keeps the way for a call that is refused again, so that those behind wait with it", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(0);
    const first = traffic.begin("first");
    await until(() => "first" in traffic.passedAt);
    const second = traffic.begin("second");
    traffic.lane.recordRefusal(40_000);
    traffic.ask("first again", first);
    await until(() => "first again" in traffic.passedAt);
    expect(traffic.passedAt).not.toHaveProperty("second");
    expect(traffic.passedAt["first again"]).toBe(40_000);
    first.release();
    await until(() => "second" in traffic.passedAt);
    second.release();
  });

  test("lets others pass while a call waits for something else", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(0);
    const first = traffic.begin("first");
    traffic.begin("second");
    await until(() => "first" in traffic.passedAt);
    first.release();
    traffic.ask("first again", first);
    await until(() => "second" in traffic.passedAt);
    await later(WINDOW_MS);
    expect(traffic.passedAt).not.toHaveProperty("first again");
  });

  test("is open again when nothing was asked for a whole window", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(5_000);
    await later(5_000 + WINDOW_MS);
    expect(traffic.lane.isPaced).toBe(true);
    await later(1);
    expect(traffic.lane.isPaced).toBe(false);
    traffic.begin("one");
    traffic.begin("two");
    await later(0);
    expect(Object.keys(traffic.passedAt)).toEqual(["one", "two"]);
  });

  test("stays paced while calls keep coming", async () => {
    const traffic = new Traffic();
    traffic.lane.recordRefusal(0);
    for (let minute = 0; minute < 5; minute += 1) {
      await traffic.complete(`minute ${minute}`);
      await later(WINDOW_MS - 1);
      expect(traffic.lane.isPaced).toBe(true);
    }
  });
});
