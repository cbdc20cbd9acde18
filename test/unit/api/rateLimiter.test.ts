import { EndpointRateLimiter } from "../../../provider/api/rateLimiter";
import type { Ticket } from "../../../provider/api/rateLimiter";

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

/** Requests to one endpoint, and when each of their attempts was sent. */
class Traffic {
  readonly limiter = new EndpointRateLimiter();
  readonly sentAt: Record<string, number> = {};
  readonly waits: Record<string, number> = {};
  private readonly startedAt = performance.now();

  /** Begins a request, and acquires the ticket for its first attempt. */
  begin(name: string): Ticket {
    const call = this.limiter.ticket((milliseconds) => {
      this.waits[name] = milliseconds;
    });
    this.acquire(name, call);
    return call;
  }

  acquire(name: string, call: Ticket): void {
    void call.acquire().then(() => {
      this.sentAt[name] = performance.now() - this.startedAt;
    });
  }

  /** Begins a request that receives its response as soon as it is sent. */
  async complete(name: string): Promise<void> {
    const call = this.begin(name);
    await until(() => name in this.sentAt);
    this.limiter.recordResponse();
    call.release();
  }
}

/** Advances the clock until something happens. */
async function until(happened: () => boolean): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
  while (!happened()) {
    if (jest.getTimerCount() === 0) throw new Error("no timer is left");
    await jest.advanceTimersToNextTimerAsync();
  }
}

const later = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

describe("a rate limiter", () => {
  test("sends as many requests at once as the API always accepts, and then one at a time without a wait", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 7; call += 1) traffic.begin(`call ${call}`);
    const eighth = traffic.begin("eighth");
    traffic.begin("ninth");
    await later(0);
    expect(Object.keys(traffic.sentAt)).toHaveLength(8);
    eighth.release();
    await later(0);
    expect(traffic.sentAt["ninth"]).toBe(0);
    expect(traffic.waits).toEqual({});
  });

  test("sends many at once again a minute later", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 8; call += 1) traffic.begin(`call ${call}`);
    await later(WINDOW_MS);
    for (let call = 9; call <= 15; call += 1) traffic.begin(`call ${call}`);
    await later(0);
    expect(Object.keys(traffic.sentAt)).toHaveLength(15);
  });

  test("rejects requests that do not wait, as soon as requests are paced", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 7; call += 1) traffic.begin(`call ${call}`);
    const failFast = () => traffic.limiter.ticket(() => undefined, false);
    const first = failFast();
    expect(await first.acquire()).toBe(true);
    const second = failFast().acquire();
    traffic.limiter.recordRateLimited(20_000);
    first.release();
    expect(await second).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test("does not make requests that fail fast wait for those in the queue", async () => {
    const traffic = new Traffic();
    for (let call = 1; call <= 8; call += 1) traffic.begin(`call ${call}`);
    await later(0);
    expect(await traffic.limiter.ticket(() => undefined, false).acquire()).toBe(true);
  });

  test("sends nothing for as long as a 429 requested, and reports the wait", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(20_000);
    traffic.begin("behind");
    await later(19_999);
    expect(traffic.sentAt).toEqual({});
    await until(() => "behind" in traffic.sentAt);
    expect(traffic.sentAt).toEqual({ behind: 20_000 });
    expect(traffic.waits).toEqual({ behind: 20_000 });
  });

  test.each([-3_600_000, 3_600_000])(
    "is blocked for as long as a 429 requested, even if the clock is set by %i ms meanwhile",
    async (milliseconds) => {
      const traffic = new Traffic();
      traffic.limiter.recordRateLimited(5_000);
      traffic.begin("behind");
      await later(1_000);
      jest.setSystemTime(Date.now() + milliseconds);
      traffic.begin("later");
      await until(() => "behind" in traffic.sentAt);
      expect(traffic.sentAt).toEqual({ behind: 5_000 });
      expect(traffic.limiter.isPaced).toBe(true);
    },
  );

  test("stays blocked until the latest time that several 429s requested", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(30_000);
    traffic.limiter.recordRateLimited(10_000);
    await traffic.complete("behind");
    expect(traffic.sentAt).toEqual({ behind: 30_000 });
  });

  test.each([
    { accepted: 0, perWindow: 7 },
    { accepted: 8, perWindow: 8 },
    { accepted: 40, perWindow: 10 },
  ])(
    "that accepted $accepted requests before a 429 sends slightly fewer than $perWindow a minute after it",
    async ({ accepted, perWindow }) => {
      const traffic = new Traffic();
      for (let response = 0; response < accepted; response += 1) traffic.limiter.recordResponse();
      traffic.limiter.recordRateLimited(0);
      await traffic.complete("the one that received the 429");
      for (const name of ["first", "second", "third"]) await traffic.complete(name);
      expect(traffic.sentAt["the one that received the 429"]).toBe(0);
      const slowness = ((traffic.sentAt["third"] ?? 0) * perWindow) / (3 * WINDOW_MS);
      expect(slowness).toBeGreaterThan(1.01);
      expect(slowness).toBeLessThan(1.03);
    },
  );

  test("counts only the responses of the last minute", async () => {
    const traffic = new Traffic();
    for (let response = 0; response < 10; response += 1) traffic.limiter.recordResponse();
    await later(WINDOW_MS);
    traffic.limiter.recordRateLimited(0);
    await traffic.complete("first");
    await traffic.complete("second");
    expect((traffic.sentAt["second"] ?? 0) - WINDOW_MS).toBeGreaterThan(WINDOW_MS / 8);
  });

  test("knows from the responses when the rate limit will have reset", async () => {
    const { limiter } = new Traffic();
    expect(limiter.refillMs).toBe(WINDOW_MS);
    limiter.recordResponse();
    await later(20_000);
    limiter.recordResponse();
    expect(limiter.refillMs).toBe(40_000);
    await later(40_000);
    expect(limiter.refillMs).toBe(20_000);
  });

  test("sends one request at a time after a 429, in the order in which they were made", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(0);
    const first = traffic.begin("first");
    const second = traffic.begin("second");
    traffic.begin("third");
    await later(WINDOW_MS);
    expect(Object.keys(traffic.sentAt)).toEqual(["first"]);
    first.release();
    await later(WINDOW_MS);
    expect(Object.keys(traffic.sentAt)).toEqual(["first", "second"]);
    second.release();
    await until(() => "third" in traffic.sentAt);
  });

  test("keeps the place of a request that receives another 429, so that those behind it wait, too", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(0);
    const first = traffic.begin("first");
    await until(() => "first" in traffic.sentAt);
    const second = traffic.begin("second");
    traffic.limiter.recordRateLimited(40_000);
    traffic.acquire("first again", first);
    await until(() => "first again" in traffic.sentAt);
    expect(traffic.sentAt).not.toHaveProperty("second");
    expect(traffic.sentAt["first again"]).toBe(40_000);
    first.release();
    await until(() => "second" in traffic.sentAt);
    second.release();
  });

  test("sends others while a request waits for something else", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(0);
    const first = traffic.begin("first");
    traffic.begin("second");
    await until(() => "first" in traffic.sentAt);
    first.release();
    traffic.acquire("first again", first);
    await until(() => "second" in traffic.sentAt);
    await later(WINDOW_MS);
    expect(traffic.sentAt).not.toHaveProperty("first again");
  });

  test("stops pacing when no request was sent for a whole window", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(5_000);
    await later(5_000 + WINDOW_MS);
    expect(traffic.limiter.isPaced).toBe(true);
    await later(1);
    expect(traffic.limiter.isPaced).toBe(false);
    traffic.begin("one");
    traffic.begin("two");
    await later(0);
    expect(Object.keys(traffic.sentAt)).toEqual(["one", "two"]);
  });

  test("keeps pacing while requests keep coming", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(0);
    for (let minute = 0; minute < 5; minute += 1) {
      await traffic.complete(`minute ${minute}`);
      await later(WINDOW_MS - 1);
      expect(traffic.limiter.isPaced).toBe(true);
    }
  });

  test("does not report a wait of no duration", async () => {
    const traffic = new Traffic();
    traffic.limiter.recordRateLimited(0);
    await traffic.complete("first");
    expect(traffic.waits).toEqual({});
  });

  test("sends nothing when the request is canceled during its wait", async () => {
    const limiter = new EndpointRateLimiter();
    limiter.recordRateLimited(5_000);
    const canceled = limiter.ticket(() => undefined, true, AbortSignal.abort());
    await expect(canceled.acquire()).resolves.toBe(false);
    canceled.release();
    limiter.recordRateLimited(0);
    await later(5_000);
    await expect(limiter.ticket(() => undefined).acquire()).resolves.toBe(true);
    // The next one would wait for its turn at the paced rate.
    await expect(limiter.waitForPermission(() => undefined, AbortSignal.abort())).resolves.toBe(false);
  });

  test("lets a ticket be released that holds no place in the queue", () => {
    const ticket = new EndpointRateLimiter().ticket(() => undefined);
    expect(() => {
      ticket.release();
    }).not.toThrow();
  });
});
