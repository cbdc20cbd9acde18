import { summarize } from "../../../../tools/bench/report/statistics";
import { orderOf, ratios } from "../../../../tools/bench/rounds";

test("a summary is the median and the quartiles, interpolated, in any order of the values", () => {
  expect(summarize([5, 1, 2, 4, 3])).toEqual({ median: 3, lower: 2, upper: 4 });
  expect(summarize([4, 1, 2, 3])).toEqual({ median: 2.5, lower: 1.75, upper: 3.25 });
  expect(summarize([7])).toEqual({ median: 7, lower: 7, upper: 7 });
});

test("no values cannot be summarized", () => {
  expect(() => summarize([])).toThrow("There are no values to summarize.");
});

test("the subjects of a round take turns at being first", () => {
  expect([0, 1, 2].map((round) => orderOf(["a", "b"], round).join(""))).toEqual(["ab", "ba", "ab"]);
  expect([0, 1, 2].map((round) => orderOf(["a", "b", "c"], round).join(""))).toEqual(["abc", "bca", "cab"]);
});

test("ratios compare the measurements of the same round", () => {
  expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
});
