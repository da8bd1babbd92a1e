import type { Column } from "../../table";

/** From here on one of two inputs tells the other so well that it stands in for it when that is shuffled alone. */
const RELATED = 0.8;

const MOST_CODES = 10;

/**
 * Inputs that tell the same, in groups: shuffling one of them alone shows little, for the model still reads it in the
 * others, so they are shuffled together too. Numbers by Spearman's rank correlation, others by Cramér's V with Bergsma's
 * (2013) correction over their ten most frequent values or ten quantiles.
 */
export function relatedGroups(columns: readonly Column[]): string[][] {
  const told = columns.filter(({ kind }) => kind === "number" || kind === "boolean" || kind === "string");
  const known = told.map((column) => ({ name: column.name, ranks: ranksOf(column), codes: codesOf(column) }));
  const groupOf = known.map((_, i) => i);
  for (let a = 0; a < known.length; a++) {
    for (let b = a + 1; b < known.length; b++) {
      if (groupOf[a] === groupOf[b]) continue;
      const [one, other] = [known[a], known[b]];
      const strength =
        one.ranks && other.ranks ? Math.abs(correlation(one.ranks, other.ranks)) : cramer(one.codes, other.codes);
      if (!(strength >= RELATED)) continue;
      const [kept, gone] = [groupOf[a], groupOf[b]];
      groupOf.forEach((group, i) => {
        if (group === gone) groupOf[i] = kept;
      });
    }
  }
  const groups = [...new Set(groupOf)].map((group) =>
    known.flatMap(({ name }, i) => (groupOf[i] === group ? [name] : [])),
  );
  return groups.filter((names) => names.length > 1);
}

/** Mean ranks of the numbers; NaN where one is missing. Undefined for what is no number. */
function ranksOf({ kind, values }: Column): Float64Array | undefined {
  if (kind !== "number") return undefined;
  const order = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's, over the rows that have both; NaN where one of them does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  let [rows, sumA, sumB, squareA, squareB, both] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    if (Number.isNaN(a[row]) || Number.isNaN(b[row])) continue;
    rows++;
    sumA += a[row];
    sumB += b[row];
    squareA += a[row] * a[row];
    squareB += b[row] * b[row];
    both += a[row] * b[row];
  }
  return (rows * both - sumA * sumB) / Math.sqrt((rows * squareA - sumA * sumA) * (rows * squareB - sumB * sumB));
}

function codesOf(column: Column): Int32Array {
  const ranks = ranksOf(column);
  if (ranks) {
    const present = ranks.reduce((count, rank) => count + (Number.isNaN(rank) ? 0 : 1), 0);
    return Int32Array.from(ranks, (rank) =>
      Number.isNaN(rank)
        ? MOST_CODES
        : Math.min(MOST_CODES - 1, Math.floor((MOST_CODES * rank) / Math.max(1, present))),
    );
  }
  const texts = Array.from(column.values, (value) => (value === null || value === undefined ? null : String(value)));
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_CODES - 1);
  const places = new Map(ranked.map(([text], i) => [text, i]));
  return Int32Array.from(texts, (text) => (text === null ? MOST_CODES : (places.get(text) ?? MOST_CODES - 1)));
}

/** Cramér's V of two columns of codes; 0 where one of them has one value. */
export function cramer(a: Int32Array, b: Int32Array): number {
  const rows = a.length;
  const width = MOST_CODES + 1;
  const counts = new Float64Array(width * width);
  const [ofA, ofB] = [new Float64Array(width), new Float64Array(width)];
  for (let row = 0; row < rows; row++) {
    counts[a[row] * width + b[row]]++;
    ofA[a[row]]++;
    ofB[b[row]]++;
  }
  let phi = -1;
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++)
      if (counts[i * width + j] > 0) phi += counts[i * width + j] ** 2 / (ofA[i] * ofB[j]);
  const levels = (of: Float64Array): number => of.reduce((count, each) => count + (each > 0 ? 1 : 0), 0);
  const [r, c] = [levels(ofA), levels(ofB)];
  const corrected = Math.max(0, phi - ((r - 1) * (c - 1)) / (rows - 1));
  const least = Math.min(r - (r - 1) ** 2 / (rows - 1), c - (c - 1) ** 2 / (rows - 1)) - 1;
  return least > 0 ? Math.sqrt(corrected / least) : 0;
}
