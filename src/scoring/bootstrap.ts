import { createRandom, Fault, type Random, shuffle } from "../base";
import { confusionOf } from "./confusion";
import { HIGHER_IS_BETTER, type Metric } from "./metrics";
import { drawCells, drawRows, quantile } from "./resample";
import { type Judged, type Statistic, statisticOf } from "./statistic";

export const RESAMPLES = 1000;

/**
 * Metrics that need rows (not counts) are resampled on at most this many, drawn without replacement by the seed; the
 * interval's width is scaled by sqrt(subset / rows), the rate at which it shrinks.
 */
const MOST_ROWS = 50_000;

export interface Interval {
  value: number;
  /** 2.5 % and 97.5 % percentiles of the resamples. */
  low: number;
  high: number;
}

export interface Comparison {
  /** Of the first run against the second, in the sense of the metric: a lower log loss is better. */
  verdict: "better" | "worse" | "no difference seen";
  metric: Metric;
  /** The first run's value minus the second's, with its 95 % interval. */
  difference: Interval;
  rows: number;
}

/**
 * A metric with its 95 % percentile bootstrap interval over rows (Efron and Tibshirani 1993, chapter 13). Resamples in
 * which the metric is undefined are left out. Equal seeds give equal intervals.
 * @throws Fault `score-undefined` when the metric is undefined on the rows themselves
 */
export function interval(judged: Judged, metric: Metric, seed: number): Interval {
  const random = createRandom(seed);
  const statistic = statisticOf(judged, metric);
  if (statistic.kind === "confusion") {
    const classes = judged.classes.length;
    const { counts } = confusionOf(judged.labels, statistic.predictions, classes);
    const value = statistic.of({ classes, counts });
    const cells = Uint32Array.from(counts.keys()).filter((cell) => counts[cell] > 0);
    const held = Float64Array.from(cells, (cell) => counts[cell]);
    const drawn = new Float64Array(cells.length);
    const resampled = new Float64Array(counts.length);
    const values = repeat(() => {
      drawCells(held, drawn, random);
      for (let i = 0; i < cells.length; i++) resampled[cells[i]] = drawn[i];
      return statistic.of({ classes, counts: resampled });
    });
    return between(defined(value, metric), value, values, 1);
  }
  const value = defined(statistic.of(), metric);
  const { rows, share } = subset(judged, random);
  const own = rows === judged ? statistic : rowStatistic(rows, metric);
  return between(value, own.of(), resampleRows(own, rows.labels.length, random), share);
}

/**
 * Whether the first run is better than the second on the same rows: a paired bootstrap of the difference. "better" and
 * "worse" mean that its 95 % interval leaves zero out.
 * @throws Fault `score-paired` when the runs are not of the same rows
 */
export function compareRuns(first: Judged, second: Judged, metric: Metric, seed: number): Comparison {
  if (first.labels.length !== second.labels.length || first.labels.some((label, row) => label !== second.labels[row])) {
    throw new Fault("score-paired", "Cannot compare two runs: they were scored on different rows", {
      hint: "Score both on the same split of the same task.",
    });
  }
  const random = createRandom(seed);
  const a = statisticOf(first, metric);
  const b = statisticOf(second, metric);
  const difference =
    a.kind === "confusion" && b.kind === "confusion"
      ? differenceOfCounts(first, a, b, metric, random)
      : differenceOfRows(first, second, metric, random);
  const gain = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const seen = difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0;
  const verdict = seen === 0 ? "no difference seen" : seen === gain ? "better" : "worse";
  return { verdict, metric, difference, rows: first.labels.length };
}

type OfConfusion = Extract<Statistic, { kind: "confusion" }>;
type OfRows = Extract<Statistic, { kind: "rows" }>;

/** For a metric that is known to be one of rows. */
function rowStatistic(judged: Judged, metric: Metric): OfRows {
  const statistic = statisticOf(judged, metric);
  if (statistic.kind !== "rows") throw new Error(`${metric} is no metric of rows`);
  return statistic;
}

/** Resamples the counts of (label, first prediction, second prediction): the pairing is kept. */
function differenceOfCounts(judged: Judged, a: OfConfusion, b: OfConfusion, metric: Metric, random: Random): Interval {
  const classes = judged.classes.length;
  const cells = new Map<number, { first: number; second: number; rows: number }>();
  for (let row = 0; row < judged.labels.length; row++) {
    const first = judged.labels[row] * classes + a.predictions[row];
    const second = judged.labels[row] * classes + b.predictions[row];
    const key = first * classes + b.predictions[row];
    const cell = cells.get(key);
    if (cell) cell.rows++;
    else cells.set(key, { first, second, rows: 1 });
  }
  const held = [...cells.values()];
  const counts = Float64Array.from(held, (cell) => cell.rows);
  const drawn = new Float64Array(counts.length);
  const ofFirst = new Float64Array(classes * classes);
  const ofSecond = new Float64Array(classes * classes);
  const evaluate = (weights: Float64Array) => {
    ofFirst.fill(0);
    ofSecond.fill(0);
    for (let i = 0; i < held.length; i++) {
      ofFirst[held[i].first] += weights[i];
      ofSecond[held[i].second] += weights[i];
    }
    return a.of({ classes, counts: ofFirst }) - b.of({ classes, counts: ofSecond });
  };
  const value = defined(evaluate(counts), metric);
  const values = repeat(() => {
    drawCells(counts, drawn, random);
    return evaluate(drawn);
  });
  return between(value, value, values, 1);
}

function differenceOfRows(first: Judged, second: Judged, metric: Metric, random: Random): Interval {
  const ready = (a: Judged, b: Judged): OfRows => {
    const one = rowStatistic(a, metric);
    const other = rowStatistic(b, metric);
    return { kind: "rows", of: (weights) => one.of(weights) - other.of(weights) };
  };
  const whole = ready(first, second);
  const value = defined(whole.of(), metric);
  const { rows, picked, share } = subset(first, random);
  const own = picked ? ready(rows, pick(second, picked)) : whole;
  return between(value, own.of(), resampleRows(own, rows.labels.length, random), share);
}

function resampleRows(statistic: OfRows, rows: number, random: Random): Float64Array {
  const drawn = new Uint16Array(rows);
  return repeat(() => {
    drawRows(drawn, random);
    return statistic.of(drawn);
  });
}

function subset(judged: Judged, random: Random): { rows: Judged; picked?: Uint32Array; share: number } {
  const total = judged.labels.length;
  if (total <= MOST_ROWS) return { rows: judged, share: 1 };
  const picked = shuffle(Uint32Array.from(judged.labels.keys()), random).slice(0, MOST_ROWS);
  return { rows: pick(judged, picked), picked, share: Math.sqrt(MOST_ROWS / total) };
}

function pick(judged: Judged, rows: Uint32Array): Judged {
  const width = judged.classes.length;
  const probabilities = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    probabilities.set(judged.probabilities.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...judged, labels: Int32Array.from(rows, (row) => judged.labels[row]), probabilities };
}

function repeat(once: () => number): Float64Array {
  const values: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const value = once();
    if (!Number.isNaN(value)) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/** Percentiles around `value`; `centre` is the metric on the resampled rows, which differs from `value` for a subset. */
function between(value: number, centre: number, sorted: Float64Array, share: number): Interval {
  if (sorted.length === 0) return { value, low: value, high: value };
  const at = (quota: number) => {
    const edge = quantile(sorted, quota);
    return share === 1 ? edge : value + (edge - centre) * share;
  };
  return { value, low: at(0.025), high: at(0.975) };
}

function defined(value: number, metric: Metric): number {
  if (!Number.isNaN(value)) return value;
  throw new Fault("score-undefined", `Cannot compute ${metric}: the rows hold only one of the two labels`, {
    hint: "Score a split that has both, or choose another metric.",
  });
}
