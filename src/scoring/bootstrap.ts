import { createRandom, Fault, type Progress } from "../base";
import { type Judged, measureOf, type Values } from "./measure";
import { HIGHER_IS_BETTER, type Metric } from "./metrics";
import { drawRows, quantile } from "./resample";

const MOST_RESAMPLES = 1000;
const LEAST_RESAMPLES = 200;

/** Rows times resamples that are measured gladly, about 0.2 s for a run: beyond 10,000 rows there are fewer resamples. */
const WORK = 10_000_000;

/** Rows drawn between two looks at the outside world: about 10 ms for a run. */
const SLICE = 60_000;

/** How many resamples the interval of a metric of so many rows is made of. */
export function resamplesOf(rows: number): number {
  return Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, Math.floor(WORK / rows)));
}

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

/** Metrics of runs over the same rows, and of the same seeded resamples of these rows: that pairs the runs. */
export interface Resampled {
  rows: number;
  metrics: readonly Metric[];
  runs: {
    /** On the rows themselves. */
    values: Values;
    /** A value a resample; NaN where the metric is undefined on it. */
    resamples: Partial<Record<Metric, Float64Array>>;
  }[];
}

/**
 * Resamples rows with replacement and measures every run on each resample: O(resamples x (rows + classes)) for a run.
 * Equal seeds give equal resamples.
 * @param runs of the same rows, in the same order
 * @throws Fault `score-paired` when they are not, `score-metric` for a metric of two classes over more
 */
export function* resampleRuns(
  runs: readonly Judged[],
  metrics: readonly Metric[],
  seed: number,
): Generator<Progress, Resampled> {
  for (const run of runs) checkPaired(runs[0], run);
  const random = createRandom(seed);
  const rows = runs[0].labels.length;
  const count = resamplesOf(rows);
  const measures = runs.map((run) => measureOf(run, metrics));
  const resamples = runs.map(() => metrics.map(() => new Float64Array(count)));
  const drawn = new Uint16Array(rows);
  let work = 0;
  for (let i = 0; i < count; i++) {
    drawRows(drawn, random);
    measures.forEach((measure, run) => {
      const values = measure(drawn);
      metrics.forEach((metric, m) => {
        resamples[run][m][i] = values[metric] ?? Number.NaN;
      });
    });
    work += rows * runs.length;
    if (work < SLICE) continue;
    work = 0;
    yield { done: (i + 1) / count };
  }
  return {
    rows,
    metrics,
    runs: measures.map((measure, run) => ({
      values: measure(),
      resamples: Object.fromEntries(metrics.map((metric, m) => [metric, resamples[run][m]])),
    })),
  };
}

/**
 * A metric with its 95 % percentile bootstrap interval over rows (Efron and Tibshirani 1993, chapter 13). Resamples in
 * which the metric is undefined are left out.
 * @throws Fault `score-undefined` when the metric is undefined on the rows themselves
 */
export function intervalOf({ runs }: Resampled, run: number, metric: Metric): Interval {
  const { values, resamples } = runs[run];
  const percentiles = between(values[metric], resamples[metric], metric);
  return metric === "expected_calibration_error" ? withoutNoise(percentiles) : percentiles;
}

/**
 * The noise of few rows in a bin only ever adds to a calibration error, and resampling adds it once more: its percentiles
 * never hold the truth of a well calibrated model (0 of 200 simulated runs). Noise adds up in squares, so the distance
 * from the resamples to the value is taken off there (the basic bootstrap of the square): then 200 of 200 hold it, and
 * 182 of 200 where the model is overconfident.
 */
function withoutNoise({ value, low, high }: Interval): Interval {
  const reflected = (edge: number) => Math.sqrt(Math.max(0, 2 * value * value - edge * edge));
  return { value, low: Math.min(value, reflected(high)), high: Math.max(value, reflected(low)) };
}

/**
 * Whether one run is better than another: a paired bootstrap of the difference. "better" and "worse" mean that its 95 %
 * interval leaves zero out.
 * @throws Fault `score-undefined` when the metric is undefined on the rows
 */
export function comparisonOf({ runs, rows }: Resampled, first: number, second: number, metric: Metric): Comparison {
  const [a, b] = [runs[first], runs[second]];
  const minus = (x: number | undefined, y: number | undefined) => (x ?? Number.NaN) - (y ?? Number.NaN);
  const difference = between(
    minus(a.values[metric], b.values[metric]),
    a.resamples[metric]?.map((value, i) => minus(value, b.resamples[metric]?.[i])),
    metric,
  );
  const gain = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const seen = difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0;
  const verdict = seen === 0 ? "no difference seen" : seen === gain ? "better" : "worse";
  return { verdict, metric, difference, rows };
}

function checkPaired(first: Judged, second: Judged): void {
  if (first.labels === second.labels) return;
  if (first.labels.length === second.labels.length && first.labels.every((label, row) => label === second.labels[row]))
    return;
  throw new Fault("score-paired", "Cannot compare two runs: they were scored on different rows", {
    hint: "Score both on the same split of the same task.",
  });
}

/** The percentiles of a value's resamples, those left out in which it is undefined. */
export function between(value = Number.NaN, resamples: Float64Array = new Float64Array(0), metric: Metric): Interval {
  if (Number.isNaN(value)) {
    throw new Fault("score-undefined", `Cannot compute ${metric}: the rows hold only one of the two labels`, {
      hint: "Score a split that has both, or choose another metric.",
    });
  }
  const sorted = resamples.filter((each) => !Number.isNaN(each)).sort();
  if (sorted.length === 0) return { value, low: value, high: value };
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}
