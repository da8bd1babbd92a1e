/** Numbers of which some may be missing (null, undefined or NaN); these are left out. */
export type MaybeNumbers = Iterable<number | null | undefined>;

/**
 * The mean of the numbers that are there; NaN where there are none.
 * @example average([1, null, 3]) // 2
 */
export function average(values: MaybeNumbers): number {
  let sum = 0;
  let count = 0;
  for (const value of present(values)) {
    sum += value;
    count++;
  }
  return sum / count;
}

/**
 * The middle number of those that are there, the mean of two for an even count; NaN where there are none.
 * @example median([3, 1, 2, 10]) // 2.5
 */
export function median(values: MaybeNumbers): number {
  return quantile(values, 0.5);
}

/**
 * The `share` quantile (0 to 1) of the numbers that are there, linear between neighbours as NumPy's default.
 * @example quantile([0, 10, 20, 30, 40], 0.9) // 36
 */
export function quantile(values: MaybeNumbers, share: number): number {
  const sorted = Float64Array.from(present(values)).sort();
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * The standard deviation of the numbers that are there (divided by their count); NaN where there are none.
 * @example deviation([2, 4, 4, 4, 5, 5, 7, 9]) // 2
 */
export function deviation(values: MaybeNumbers): number {
  const numbers = Array.from(present(values));
  const mean = average(numbers);
  return Math.sqrt(average(numbers.map((value) => (value - mean) ** 2)));
}

function* present(values: MaybeNumbers): Generator<number> {
  for (const value of values) if (value !== null && value !== undefined && !Number.isNaN(value)) yield value;
}
