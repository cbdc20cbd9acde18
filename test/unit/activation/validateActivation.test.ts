import { validateActivation } from "../../../provider/activation/validateActivation";
import { DAY_SECONDS, listed, NOW } from "./given";

const SECOND = 1 / DAY_SECONDS;

describe("before any call, an id is refused", () => {
  test.each([
    ["that is not in the list", [], "not found: never uploaded to this organization, or deleted"],
    [
      "that has just expired",
      [listed("a", false, 0)],
      "expired at 2027-01-15T08:00:00.000Z. Upload a new certificate",
    ],
    [
      "that expires in a day to the second",
      [listed("a", false, 1)],
      "expires at 2027-01-16T08:00:00.000Z, within a day, so the API rejects it",
    ],
  ])("%s", (_, actual, reason) => {
    const [refusal, ...others] = validateActivation(new Set(["a"]), actual, NOW);
    expect(refusal?.id).toBe("a");
    expect(refusal?.reason).toContain(reason);
    expect(others).toEqual([]);
  });

  test.each([
    ["expires in a day and a second", 1 + SECOND],
    ["does not say when it expires", null],
  ])("but not one that %s", (_, days) => {
    expect(validateActivation(new Set(["a"]), [listed("a", false, days)], NOW)).toEqual([]);
  });

  test("together with all others, sorted", () => {
    const found = validateActivation(new Set(["c", "b", "a"]), [listed("b", false)], NOW);
    expect(found.map(({ id }) => id)).toEqual(["a", "c"]);
  });
});
