/**
 * Bins of a numeric measure, the same for every split. `edges` holds one more number than there are bins; bin `i` goes
 * from `edges[i]` (included) to `edges[i + 1]` (not). An open end takes in everything beyond it.
 */
export interface Bins {
  edges: readonly number[];
  /** Width of equal bins; `undefined` for bins that grow like 1, 2, 5, 10. */
  width: number | undefined;
  openLow: boolean;
  openHigh: boolean;
  /** Whole numbers only: a bin of width 1 is one number. */
  whole: boolean;
}

/** What the choice of bins needs to know of the values. */
export interface Spread {
  count: number;
  min: number;
  max: number;
  /** Quantiles at 0.5 %, 25 %, 75 % and 99.5 %. */
  q005: number;
  q25: number;
  q75: number;
  q995: number;
  whole: boolean;
}

const MOST_BINS = 30;
const FEWEST_BINS = 8;

/**
 * Round bins that show the middle 99 % of `spread` (the training rows) well and keep the rest in open ends; `min` and
 * `max` are over all splits. Whole numbers of a short range get a bin each. Long-tailed counts and sizes (the 99.5 %
 * quantile more than twelve times the third quartile) get bins that grow. All others get the width of Freedman and Diaconis (1981),
 * 2·IQR·n^(-1/3), brought to 1, 2 or 5 times a power of ten and to 8 to 30 bins.
 */
export function chooseBins(spread: Spread, min: number, max: number): Bins {
  const { whole } = spread;
  const low = spread.q005;
  const high = spread.q995;
  if (!(max > min)) return whole ? equal(min, 1, 1, spread, min, max) : lone(min);
  if (whole && high - low < MOST_BINS) {
    const bins = Math.floor(high) - Math.floor(low) + 1;
    return equal(Math.floor(low), 1, bins, spread, min, max);
  }
  if (min >= 0 && high > 12 * Math.max(spread.q75, whole ? 1 : smallest(spread))) return growing(spread, max);
  const ideal = (2 * (spread.q75 - spread.q25)) / Math.cbrt(spread.count);
  const range = high > low ? high - low : max - min;
  const from = high > low ? low : min;
  const bounded = Math.min(range / FEWEST_BINS, Math.max(range / (MOST_BINS - 2), ideal));
  const width = Math.max(whole ? 1 : 0, roundUp(bounded));
  const first = Math.floor(from / width);
  const last = Math.max(first + 1, Math.floor((from + range) / width) + 1);
  return equal(first, width, last - first, spread, min, max);
}

/** Equal bins at multiples of `width`: multiples, not sums, since 0.1 added thirty times is not 3. */
function equal(first: number, width: number, bins: number, { whole }: Spread, min: number, max: number): Bins {
  const edges = Array.from({ length: bins + 1 }, (_, i) => Number(((first + i) * width).toPrecision(12)));
  return { edges, width, whole, openLow: min < edges[0], openHigh: max >= edges[bins] };
}

function lone(value: number): Bins {
  const half = Math.max(Math.abs(value) * 1e-3, 1e-9);
  return { edges: [value - half, value + half], width: undefined, whole: false, openLow: false, openHigh: false };
}

/** Edges at 0, then 1, 2, 5 times powers of ten up to the 99.5 % quantile. */
function growing(spread: Spread, max: number): Bins {
  const start = spread.whole ? 1 : powerBelow(smallest(spread));
  const edges = [0];
  for (let power = start; edges.length < MOST_BINS && edges[edges.length - 1] <= spread.q995; power *= 10) {
    for (const times of [1, 2, 5]) {
      edges.push(Number((power * times).toPrecision(12)));
      if (edges[edges.length - 1] > spread.q995) break;
    }
  }
  return {
    edges,
    width: undefined,
    whole: spread.whole,
    openLow: false,
    openHigh: max >= edges[edges.length - 1],
  };
}

/** A size below which values count as almost nothing: a thousandth of the 99.5 % quantile, or the first quartile. */
function smallest(spread: Spread): number {
  return Math.max(spread.q25, spread.q995 / 1000);
}

function powerBelow(value: number): number {
  return 10 ** Math.floor(Math.log10(value));
}

function roundUp(width: number): number {
  const power = powerBelow(width);
  const times = width / power;
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
}

/** SQL for the lower edge of the bin that a number falls into; `value` is an expression. */
export function lowerEdgeSql(bins: Bins, value: string): string {
  const { edges, width, openLow, openHigh } = bins;
  const first = edges[0];
  const last = edges[edges.length - 2];
  if (width === undefined) {
    const steps = edges.slice(1, -1).map((edge, i) => `when ${value} < ${edge} then ${edges[i]}`);
    return steps.length > 0 ? `case ${steps.join(" ")} else ${last} end` : `${first}`;
  }
  // Below whole widths the quotient may miss an edge by its last digit: 0.29 / 0.01 is 28.999999999999996.
  const quotient = width === 1 ? value : width > 1 ? `${value} / ${width}` : `${value} / ${width} + 1e-9`;
  const lower = width === 1 ? `floor(${quotient})` : `floor(${quotient}) * ${width}`;
  const atLeast = openLow ? `greatest(${lower}, ${first})` : lower;
  return openHigh ? `least(${atLeast}, ${last})` : atLeast;
}

/** The place of a bin by its lower edge, as `lowerEdgeSql` gives it. */
export function binAt(bins: Bins, lower: number): number {
  const { edges, width } = bins;
  const count = edges.length - 1;
  if (width !== undefined) return Math.max(0, Math.min(count - 1, Math.round((lower - edges[0]) / width)));
  let bin = 0;
  while (bin + 1 < count && edges[bin + 1] <= lower) bin++;
  return bin;
}

/** SQL that holds for the numbers of one bin. */
export function binConditionSql(bins: Bins, bin: number, value: string): string {
  const { edges, openLow, openHigh } = bins;
  const lowest = bin === 0 && openLow;
  const highest = bin === edges.length - 2 && openHigh;
  if (lowest && highest) return `${value} is not null`;
  if (isOneNumber(bins, bin) && !lowest && !highest) return `${value} = ${edges[bin]}`;
  const from = lowest ? "" : `${value} >= ${edges[bin]}`;
  const to = highest ? "" : `${value} < ${edges[bin + 1]}`;
  return [from, to].filter(Boolean).join(" and ");
}

/** A bin in words: `12`, `5 to 10`, `below 5`, `95 or more`. */
export function binWords(bins: Bins, bin: number, format: (value: number) => string): string {
  const { edges, openLow, openHigh, whole } = bins;
  const lowest = bin === 0 && openLow;
  const highest = bin === edges.length - 2 && openHigh;
  if (lowest && highest) return "any";
  if (lowest) return `below ${format(edges[1])}`;
  if (highest) return `${format(edges[bin])} or more`;
  if (isOneNumber(bins, bin)) return format(edges[bin]);
  if (edges.length === 2) return format((edges[0] + edges[1]) / 2);
  return `${format(edges[bin])} to ${format(whole ? edges[bin + 1] - 1 : edges[bin + 1])}`;
}

function isOneNumber({ whole, edges }: Bins, bin: number): boolean {
  return whole && edges[bin + 1] - edges[bin] === 1;
}
