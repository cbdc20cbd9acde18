import fc from "fast-check";
import { backoffMs, parseRetryAfter, RetryBudget } from "../../../provider/api/backoff";
import type { FailedAttempt } from "../../../provider/api/retry";

afterEach(() => {
  jest.restoreAllMocks();
});

describe("the wait before the next attempt", () => {
  const failed = (more: Partial<FailedAttempt> = {}): FailedAttempt => ({
    retryable: true,
    mayHaveActed: false,
    rateLimited: false,
    retryAfterMs: 0,
    ...more,
  });
  const attempts = fc.integer({ min: 1, max: 5_000 });

  test("is what the API requested, to the millisecond", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120_000 }),
        attempts,
        fc.boolean(),
        (requested, count, rateLimited) => {
          expect(backoffMs(failed({ retryAfterMs: requested, rateLimited }), count)).toBe(requested);
        },
      ),
    );
  });

  test.each([
    [false, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    [true, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]],
  ])("doubles up to a minute (rate limited: %p)", (rateLimited, ceilings) => {
    jest.spyOn(Math, "random").mockReturnValue(1);
    expect(ceilings.map((_, index) => backoffMs(failed({ rateLimited }), index + 1))).toEqual(ceilings);
  });

  test("is evenly distributed from 0 to the ceiling: full jitter", () => {
    const chance = jest.spyOn(Math, "random");
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(draw, attempts, fc.boolean(), (drawn, count, rateLimited) => {
        chance.mockReturnValue(1);
        const ceiling = backoffMs(failed({ rateLimited }), count);
        chance.mockReturnValue(drawn);
        expect(backoffMs(failed({ rateLimited }), count)).toBe(drawn * ceiling);
        expect(ceiling).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

test("a Retry-After that is not a text is ignored", () => {
  expect(parseRetryAfter(5)).toBe(0);
  expect(parseRetryAfter(undefined)).toBe(0);
});

describe("a retry budget", () => {
  const waits = fc.array(fc.double({ min: 0, max: 200_000, noNaN: true }), { maxLength: 50 });

  test("never gives away more than its total", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), waits, (totalSeconds, requested) => {
        const budget = new RetryBudget(totalSeconds);
        const spent = requested.filter((wait) => budget.spend(wait)).reduce((sum, wait) => sum + wait, 0);
        expect(spent).toBeLessThanOrEqual(totalSeconds * 1000);
      }),
    );
  });

  test("takes nothing for a wait that it refuses", () => {
    const budget = new RetryBudget(10);
    expect(budget.spend(10_001)).toBe(false);
    expect(budget.spend(6_000)).toBe(true);
    expect(budget.spend(4_001)).toBe(false);
    expect(budget.spend(4_000)).toBe(true);
    expect(budget.spend(1)).toBe(false);
  });

  test("of 0 seconds allows no retry, not even immediately", () => {
    expect(new RetryBudget(0).spend(0)).toBe(false);
  });
});
