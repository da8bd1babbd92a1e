/**
 * How far a split's distribution over bins lies from train's.
 *
 * The measure is the population stability index, Σ (p − q)·ln(p / q), over at most ten groups of bins (and the missing
 * values as one more), with half a row added to each. The usual reading is "alike" to 0.1, "some shift" to 0.25, and
 * "shifted" above. Sampling alone makes it (1/n + 1/m) times a chi-squared value of k − 1 degrees (Yurdakul 2018, Statistical
 * Properties of Population Stability Index), so a value within the 99 % quantile of that is "alike" however large it is;
 * and where that quantile exceeds 0.25 there are too few rows to tell.
 */
export interface Shift {
  psi: number;
  /** Total variation distance over the same groups: the share of rows that would have to move. */
  moved: number;
  /** The PSI that sampling alone exceeds in one of a hundred cases. */
  noise: number;
  word: ShiftWord;
}

export type ShiftWord = "alike" | "some shift" | "shifted" | "too few rows";

export const SOME_SHIFT = 0.1;
export const SHIFTED = 0.25;
const MOST_GROUPS = 10;
/** So many unordered values are compared each by itself; all others together. */
export const MOST_ALONE = MOST_GROUPS - 1;

/**
 * Compares two splits by their counts in the same bins. `ordered` bins are merged with their neighbours to groups of a
 * tenth of train or more; unordered ones (values) keep the nine largest of train and put the rest together.
 * `missing` are the rows without a value, train's and the other's.
 */
export function shiftOf(
  train: readonly number[],
  other: readonly number[],
  options: { ordered: boolean; missing?: readonly [number, number] },
): Shift | undefined {
  const groups = shiftGroups(train, options.ordered).map((bins): [number, number] => [
    sum(bins.map((bin) => train[bin])),
    sum(bins.map((bin) => other[bin])),
  ]);
  if (options.missing && options.missing[0] + options.missing[1] > 0) groups.push([...options.missing]);
  const n = sum(groups.map(([count]) => count));
  const m = sum(groups.map(([, count]) => count));
  if (n === 0 || m === 0) return undefined;
  let psi = 0;
  let moved = 0;
  for (const [a, b] of groups) {
    const p = (a + 0.5) / (n + groups.length / 2);
    const q = (b + 0.5) / (m + groups.length / 2);
    psi += (p - q) * Math.log(p / q);
    moved += Math.abs(a / n - b / m) / 2;
  }
  const noise = (1 / n + 1 / m) * chiSquared99(groups.length - 1);
  return { psi, moved, noise, word: wordOf(psi, noise) };
}

function wordOf(psi: number, noise: number): ShiftWord {
  if (noise > SHIFTED) return psi > noise ? "shifted" : "too few rows";
  if (psi <= Math.max(SOME_SHIFT, noise)) return "alike";
  return psi <= SHIFTED ? "some shift" : "shifted";
}

/** Which bins are compared together, by train's counts alone: the same for every split that it is compared with. */
export function shiftGroups(train: readonly number[], ordered: boolean): number[][] {
  return ordered ? mergeNeighbours(train) : keepLargest(train);
}

function mergeNeighbours(train: readonly number[]): number[][] {
  const least = sum(train) / MOST_GROUPS;
  const groups: number[][] = [];
  let open: number[] = [];
  train.forEach((_, bin) => {
    open.push(bin);
    const rows = sum(open.map((each) => train[each]));
    if (rows < least || rows === 0) return;
    groups.push(open);
    open = [];
  });
  const last = groups[groups.length - 1];
  if (!last) return [open];
  last.push(...open);
  return groups;
}

function keepLargest(train: readonly number[]): number[][] {
  const order = train.map((_, bin) => bin).sort((a, b) => train[b] - train[a] || a - b);
  const rest = order.slice(MOST_ALONE);
  return [...order.slice(0, MOST_ALONE).map((bin) => [bin]), ...(rest.length > 0 ? [rest] : [])];
}

/** The 99 % quantile of the chi-squared distribution, by the cube of Wilson and Hilferty (1931); 0 for no degree. */
export function chiSquared99(degrees: number): number {
  if (degrees <= 0) return 0;
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + 2.3263478740408408 * Math.sqrt(part)) ** 3;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
