/** ln n! for n from 0 to `most`. */
export function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let n = 2; n <= most; n++) logs[n] = logs[n - 1] + Math.log(n);
  return logs;
}

/**
 * How likely it is that `drawn` rows, taken by chance from `rows` of which `wrong` are wrong, have at least `hits` wrong
 * ones: the upper tail of the hypergeometric distribution, that is Fisher's exact test, one-sided.
 */
export function chanceOfAtLeast(hits: number, drawn: number, wrong: number, rows: number, logs: Float64Array): number {
  const choose = (n: number, k: number): number => logs[n] - logs[k] - logs[n - k];
  const all = choose(rows, drawn);
  let total = 0;
  for (let k = Math.max(hits, drawn - (rows - wrong)); k <= Math.min(drawn, wrong); k++)
    total += Math.exp(choose(wrong, k) + choose(rows - wrong, drawn - k) - all);
  return Math.min(1, total);
}

/** Benjamini and Hochberg (1995): each p-value times the number of tests by its rank, made rising. */
export function adjusted(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  const out = values.map(() => 1);
  let least = 1;
  order.forEach((i, place) => {
    least = Math.min(least, (values[i] * values.length) / (values.length - place));
    out[i] = least;
  });
  return out;
}

/** Wilson's (1927) interval of a share at a level of confidence, say 0.95. */
export function wilson(hits: number, rows: number, level: number): { low: number; high: number } {
  const z = normalQuantile(0.5 + level / 2);
  const share = hits / rows;
  const spread = z * z;
  const middle = (share + spread / (2 * rows)) / (1 + spread / rows);
  const half = (z / (1 + spread / rows)) * Math.sqrt((share * (1 - share)) / rows + spread / (4 * rows * rows));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The standard normal quantile: Acklam's rational approximation, relative error below 1.2e-9. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BELOW, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(MIDDLE_TOP, r) * q) / (polynomial(MIDDLE_BELOW, r) * r + 1);
}

const polynomial = (factors: readonly number[], x: number): number =>
  factors.reduce((value, factor) => value * x + factor, 0);

const MIDDLE_TOP = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const MIDDLE_BELOW = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const TAIL_TOP = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BELOW = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
