/** The order of the subjects in a round: each is first equally often, so that noise meets all of them alike. */
export function orderOf<T>(subjects: readonly T[], round: number): readonly T[] {
  const first = round % subjects.length;
  return [...subjects.slice(first), ...subjects.slice(0, first)];
}

/** The ratio of two measurements in each round. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): readonly number[] {
  return numerators.map((value, round) => value / (denominators[round] ?? NaN));
}
