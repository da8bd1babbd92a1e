/**
 * How the sides of a pair are compared in one respect. A row's left and right value are numbers of values; what two values
 * have in common is worked out once, however many rows hold the two.
 */
export interface Comparison {
  /** The attribute, where this compares both of its sides. */
  attribute?: string;
  /** The features' names. */
  features: readonly string[];
  /** Values of the rows; -1 is missing. */
  left: Int32Array;
  right: Int32Array;
  /** Writes the features of two values that are there. */
  compare(left: number, right: number, out: Float32Array): void;
}

/** So many rows between two yields: some hundred microseconds of work, a few milliseconds for the longest texts. */
const ROWS_A_STEP = 16;
/** More than any table has values. */
const MOST_VALUES = 0x4000000;

/** The features of the rows with these numbers, a column a feature. Yields the share done. */
export function* compareRows(comparison: Comparison, rows: Int32Array): Generator<number, Float32Array[]> {
  const { left, right, features } = comparison;
  const columns = features.map(() => new Float32Array(rows.length).fill(Number.NaN));
  const out = new Float32Array(features.length);
  const seen = new Map<number, number>();
  for (let at = 0; at < rows.length; at++) {
    if (at % ROWS_A_STEP === 0) yield at / rows.length;
    const [a, b] = [left[rows[at]], right[rows[at]]];
    if (a < 0 || b < 0) continue;
    const pair = a * MOST_VALUES + b;
    const twin = seen.get(pair);
    if (twin === undefined) {
      seen.set(pair, at);
      comparison.compare(a, b, out);
      for (let i = 0; i < columns.length; i++) columns[i][at] = out[i];
    } else for (const column of columns) column[at] = column[twin];
  }
  return columns;
}

/** How many sides of each row are missing: 0, 1 or 2. */
export const missingSides = ({ left, right }: Comparison, rows: Int32Array): Float32Array =>
  Float32Array.from(rows, (row) => (left[row] < 0 ? 1 : 0) + (right[row] < 0 ? 1 : 0));
