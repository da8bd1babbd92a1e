import type { Column } from "../../table";
import { binWords, chooseBins } from "./bins";

/** A column of a sample of labelled rows, drawn and weighed in memory: what a feature that is being written is worth. */
export interface SampleFacts {
  /** Rows with a value and a label. */
  rows: number;
  missing: number;
  /** The bars in words, and rows by class and bar. */
  bars: readonly string[];
  classes: readonly string[];
  counts: readonly (readonly number[])[];
  /**
   * How well the column alone tells the classes apart, as in `strength.ts`: a lookup from a key to the class that is most
   * frequent under it, every class weighing the same; mean recall per class. Each half of the sample is answered by what
   * the other half says, so a key of one row says nothing. Undefined where a half lacks a class to tell apart.
   */
  strength: { score: number; chance: number } | undefined;
}

const MOST_CLASSES = 7;
const MOST_BARS = 12;
const STRENGTH_BINS = 16;
const OTHER = "other";

/** Undefined for what has no bars: vectors, pictures, structures, and a column without values. */
export function sampleFacts(column: Column, labels: readonly (string | null)[]): SampleFacts | undefined {
  if (column.kind !== "number" && column.kind !== "boolean" && column.kind !== "string") return undefined;
  const labelled = labels.flatMap((label, row) => (label === null ? [] : [{ label, row }]));
  const values = column.kind === "number" ? column.values : undefined;
  const number = (row: number): number => (values ? Number(values[row]) : Number.NaN);
  const text = (row: number): string | null => {
    const value = column.values[row];
    return value === null || value === undefined ? null : String(value);
  };
  const present = labelled.filter(({ row }) => (values ? !Number.isNaN(number(row)) : text(row) !== null));
  if (present.length === 0) return undefined;

  const ranked = byCount(labelled.map(({ label }) => label));
  const shown = ranked.slice(0, MOST_CLASSES);
  const classes = ranked.length > MOST_CLASSES ? [...shown, OTHER] : shown;
  const { bars, barOf } = values
    ? numberBars(present.map(({ row }) => number(row)))
    : textBars(present.map(({ row }) => text(row) ?? ""));
  const counts = classes.map(() => bars.map(() => 0));
  for (const { label, row } of present) {
    const bar = values ? barOf(number(row)) : barOf(text(row) ?? "");
    const place = shown.indexOf(label);
    counts[place < 0 ? classes.length - 1 : place][bar]++;
  }
  return {
    rows: present.length,
    missing: labelled.length - present.length,
    bars,
    classes,
    counts,
    strength: strengthOf(
      labelled.map(({ label, row }) => ({ label, value: values ? number(row) : text(row) })),
      ranked,
    ),
  };
}

interface Bars {
  bars: string[];
  barOf: (value: number | string) => number;
}

function numberBars(values: readonly number[]): Bars {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (finite.length === 0) return { bars: ["infinite"], barOf: () => 0 };
  const at = (share: number): number => finite[Math.min(finite.length - 1, Math.floor(share * finite.length))];
  const [min, max] = [finite[0], finite[finite.length - 1]];
  const whole = finite.every(Number.isInteger);
  const spread = {
    count: finite.length,
    min,
    max,
    q005: at(0.005),
    q25: at(0.25),
    q75: at(0.75),
    q995: at(0.995),
    whole,
  };
  const bins = chooseBins(spread, min, max);
  const last = bins.edges.length - 2;
  return {
    bars: Array.from({ length: last + 1 }, (_, bin) =>
      binWords(bins, bin, (edge) => String(Number(edge.toPrecision(4)))),
    ),
    barOf: (value) => {
      let bar = 0;
      while (bar < last && Number(value) >= bins.edges[bar + 1]) bar++;
      return bar;
    },
  };
}

function textBars(values: readonly string[]): Bars {
  const ranked = byCount(values);
  const bars = ranked.length > MOST_BARS ? [...ranked.slice(0, MOST_BARS - 1), OTHER] : ranked;
  return {
    bars,
    barOf: (value) => {
      const found = bars.indexOf(String(value));
      return found < 0 ? bars.length - 1 : found;
    },
  };
}

interface Labelled {
  label: string;
  value: number | string | null;
}

function strengthOf(rows: readonly Labelled[], classes: readonly string[]): SampleFacts["strength"] {
  const halves = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
  const asked = classes.filter((name) => halves.every((half) => half.some(({ label }) => label === name)));
  if (asked.length < 2) return undefined;
  const [first, second] = halves.map((half, i) => recallsOf(half, halves[1 - i], asked));
  return { score: (first + second) / 2, chance: 1 / asked.length };
}

/** The mean recall over the classes when `seen` answers for `asking`. */
function recallsOf(seen: readonly Labelled[], asking: readonly Labelled[], classes: readonly string[]): number {
  const keyOf = keysFrom(seen);
  const sizes = countsOf(seen.map(({ label }) => label));
  const weights = new Map<string, Map<string, number>>();
  for (const { label, value } of seen) {
    const under = weights.get(keyOf(value)) ?? new Map<string, number>();
    under.set(label, (under.get(label) ?? 0) + 1 / (sizes.get(label) ?? 1));
    weights.set(keyOf(value), under);
  }
  const largest = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const guesses = new Map(
    [...weights].map(([key, under]) => [key, [...under].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]),
  );
  let recall = 0;
  for (const name of classes) {
    const own = asking.filter(({ label }) => label === name);
    recall += own.filter(({ value }) => (guesses.get(keyOf(value)) ?? largest) === name).length / own.length;
  }
  return recall / classes.length;
}

/** A number's key is its bin by the quantiles of what is seen; a text's is itself. */
function keysFrom(seen: readonly Labelled[]): (value: number | string | null) => string {
  const numbers = seen
    .flatMap(({ value }) => (typeof value === "number" && !Number.isNaN(value) ? [value] : []))
    .sort((a, b) => a - b);
  const edges = Array.from(
    { length: STRENGTH_BINS - 1 },
    (_, i) => numbers[Math.floor(((i + 1) / STRENGTH_BINS) * numbers.length)],
  );
  return (value) => {
    if (value === null || (typeof value === "number" && Number.isNaN(value))) return "missing";
    if (typeof value === "string") return `=${value}`;
    return String(edges.filter((edge) => edge <= value).length);
  };
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The values, the most frequent first; equals by name. */
function byCount(values: readonly string[]): string[] {
  return [...countsOf(values)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}
