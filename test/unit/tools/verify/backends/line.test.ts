import {
  explainedVariance,
  fitLine,
  largestDeviation,
  valueAt,
} from "../../../../../tools/verify/backends/scale/line";
import type { Point } from "../../../../../tools/verify/backends/scale/line";

const points = (of: (x: number) => number): readonly Point[] =>
  Array.from({ length: 200 }, (_, index) => [index + 1, of(index + 1)] as const);

test("a line through points of a line is that line", () => {
  const line = fitLine(points((x) => 3 * x + 5));
  expect(line.slope).toBeCloseTo(3);
  expect(line.intercept).toBeCloseTo(5);
  expect(valueAt(line, 10)).toBeCloseTo(35);
  expect(
    largestDeviation(
      points((x) => 3 * x + 5),
      line,
    ),
  ).toBeCloseTo(0);
  expect(
    explainedVariance(
      points((x) => 3 * x + 5),
      line,
    ),
  ).toBeCloseTo(1);
});

test("time that grows with the square deviates by more than a tenth from every line", () => {
  const squares = points((x) => x ** 2);
  expect(largestDeviation(squares, fitLine(squares))).toBeGreaterThan(0.1);
});

test("workers that finish in groups deviate by less than a tenth from a line", () => {
  const groups = points((x) => Math.ceil(x / 4));
  expect(largestDeviation(groups, fitLine(groups))).toBeLessThan(0.1);
});

test("a single position has no line", () => {
  expect(() => fitLine([[1, 2]])).toThrow(RangeError);
});
