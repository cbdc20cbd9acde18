/** A straight line. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

export type Point = readonly [x: number, y: number];

/** The line with the smallest sum of squared distances. @throws RangeError when the points have no two positions. */
export function fitLine(points: readonly Point[]): Line {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const variance = sum(points.map(([x]) => (x - meanX) ** 2));
  if (!(variance > 0)) throw new RangeError("A line needs points at two positions.");
  const slope = sum(points.map(([x, y]) => (x - meanX) * (y - meanY))) / variance;
  return { slope, intercept: meanY - slope * meanX };
}

export function valueAt({ slope, intercept }: Line, x: number): number {
  return intercept + slope * x;
}

/** The largest distance between a point and the line, as a share of the largest value. */
export function largestDeviation(points: readonly Point[], line: Line): number {
  const distances = points.map(([x, y]) => Math.abs(y - valueAt(line, x)));
  return Math.max(...distances) / Math.max(...points.map(([, y]) => y));
}

/** R²: the share of the variance that the line explains. */
export function explainedVariance(points: readonly Point[], line: Line): number {
  const meanY = mean(points.map(([, y]) => y));
  const total = sum(points.map(([, y]) => (y - meanY) ** 2));
  const rest = sum(points.map(([x, y]) => (y - valueAt(line, x)) ** 2));
  return total === 0 ? 1 : 1 - rest / total;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
