/** The middle of several measurements and their spread. */
export interface Summary {
  readonly median: number;
  /** The lower and the upper quartile: half of the measurements lie between them. */
  readonly lower: number;
  readonly upper: number;
}

/** @throws RangeError when there are no values. */
export function summarize(values: readonly number[]): Summary {
  return { median: quantile(values, 0.5), lower: quantile(values, 0.25), upper: quantile(values, 0.75) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a fraction of the sorted values lies, interpolated between the two nearest ones. */
function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError("There are no values to summarize.");
  return below + (above - below) * (position % 1);
}
