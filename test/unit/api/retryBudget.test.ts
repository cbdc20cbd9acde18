import fc from "fast-check";
import { RetryBudget } from "../../../provider/api/retryBudget";

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
