import type { Progress } from "../base";
import type { Track } from "../tasks";
import { type Comparison, comparisonOf, type Interval, intervalOf, type Resampled, resampleRuns } from "./bootstrap";
import { type ClassScore, classScores, confusionOf, correctOf, marginsOf, matrixOf, predictionsOf } from "./confusion";
import { decisions, type Judged, measureOf, type Values } from "./measure";
import { type Metric, TRACK_METRICS } from "./metrics";
import { confidencesOf, type ReliabilityBin, reliabilityOf } from "./probabilistic";
import { checkRows, checkThreshold, type ScoredRows, twoColumns } from "./rows";
import { DEFAULT_THRESHOLD } from "./threshold";

/** `metrics` holds those of the track that are defined on these rows; ROC AUC needs both labels. */
export interface MetricReport {
  rows: number;
  metrics: Record<string, number>;
  /** Counts, a row a label, a column a prediction. */
  confusion: number[][];
  perClass: ClassScore[];
  /** The reliability diagram of the predicted class. */
  reliability: ReliabilityBin[];
}

export interface ScoreInput {
  track: Track;
  /** The primary metric. */
  metric: Metric;
  /** Indices into `classes`, one a row. */
  labels: Int32Array;
  /** rows x classes, row-major; for matching, two columns. */
  probabilities: Float64Array;
  classes: readonly string[];
  /** Matching only: predict 1 where the probability of class 1 is at least this; 0.5 unless given. */
  threshold?: number;
  seed: number;
}

export interface Scored extends MetricReport {
  primary: Interval & { metric: Metric };
  /** Of every metric in `metrics`. */
  intervals: Record<string, Interval>;
  /** Given for matching. */
  threshold?: number;
}

/** Runs over the same rows: they share everything but their probabilities and thresholds. */
export interface ScoreRunsInput extends Omit<ScoreInput, "probabilities" | "threshold"> {
  runs: readonly (Pick<ScoreInput, "probabilities" | "threshold"> & { name?: string })[];
}

/**
 * All classification metrics with scikit-learn's definitions.
 * @throws Fault `score-input` for rows that cannot be scored
 */
export function scoreClassification(rows: ScoredRows): MetricReport {
  checkRows(rows);
  return report(rows, TRACK_METRICS.classification, measureOf(rows, TRACK_METRICS.classification)());
}

/**
 * All matching metrics; a score at or above `threshold` predicts a match.
 * @throws Fault `score-input` for rows that cannot be scored
 */
export function scoreMatching(rows: { labels: Int32Array; scores: Float64Array; threshold: number }): MetricReport {
  const judged = {
    labels: rows.labels,
    probabilities: twoColumns(rows.scores),
    classes: ["0", "1"],
    threshold: rows.threshold,
  };
  checkRows(judged);
  checkThreshold(rows.threshold);
  return report(judged, TRACK_METRICS.matching, measureOf(judged, TRACK_METRICS.matching)());
}

/**
 * What a score cell shows: each run's metrics of the track with their intervals, and the first run against each other
 * one by the primary metric. Work in slices: yields between two.
 * @throws Fault `score-input`, `score-metric` (not a metric of these classes), `score-undefined` (the primary metric
 * needs both labels and there is one)
 */
export function* scoreRuns(
  input: ScoreRunsInput,
): Generator<Progress, { scored: Scored[]; comparisons: Comparison[] }> {
  const { runs, metric, track, seed } = input;
  const judged = runs.map((run) => judgedOf({ ...input, ...run }, run.name));
  const own: readonly Metric[] = TRACK_METRICS[track];
  const metrics = own.includes(metric) ? own : [...own, metric];
  const resampled = yield* resampleRuns(judged, metrics, seed);
  return {
    scored: judged.map((each, run) => scoredOf(each, resampled, run, metric)),
    comparisons: runs.slice(1).map((_, other) => comparisonOf(resampled, 0, other + 1, metric)),
  };
}

/** `scoreRuns` for one run, without a pause. */
export function score(input: ScoreInput): Scored {
  const { probabilities, threshold, ...rest } = input;
  return toEnd(scoreRuns({ ...rest, runs: [{ probabilities, threshold }] })).scored[0];
}

/**
 * Whether run `a` is better than run `b` on the same rows, by `a`'s primary metric: a seeded paired bootstrap.
 * @throws Fault `score-paired` when the rows differ, and those of `score`
 */
export function compare(a: ScoreInput, b: ScoreInput, seed: number): Comparison {
  const judged = [judgedOf(a), judgedOf(b)];
  return comparisonOf(toEnd(resampleRuns(judged, [a.metric], seed)), 0, 1, a.metric);
}

function judgedOf({ track, labels, probabilities, classes, threshold }: ScoreInput, name?: string): Judged {
  const judged: Judged = { labels, probabilities, classes };
  checkRows(judged, name);
  if (track === "classification") return judged;
  checkThreshold(threshold ?? DEFAULT_THRESHOLD);
  return { ...judged, threshold: threshold ?? DEFAULT_THRESHOLD };
}

function scoredOf(judged: Judged, resampled: Resampled, run: number, metric: Metric): Scored {
  const primary = { metric, ...intervalOf(resampled, run, metric) };
  const { values } = resampled.runs[run];
  const defined = resampled.metrics.filter((each) => !Number.isNaN(values[each]));
  return {
    ...report(judged, defined, values),
    primary,
    intervals: Object.fromEntries(defined.map((each) => [each, intervalOf(resampled, run, each)])),
    ...(judged.threshold !== undefined && { threshold: judged.threshold }),
  };
}

function report(judged: Judged, metrics: readonly Metric[], values: Values): MetricReport {
  const { labels, probabilities, classes } = judged;
  const predictions = decisions(judged);
  const likeliest = predictionsOf(probabilities, classes.length);
  const found = metrics.map((metric): [Metric, number] => [metric, values[metric] ?? Number.NaN]);
  return {
    rows: labels.length,
    metrics: Object.fromEntries(found.filter(([, value]) => !Number.isNaN(value))),
    confusion: matrixOf(confusionOf(labels, predictions, classes.length)),
    perClass: classScores(marginsOf(labels, predictions, correctOf(labels, predictions), classes.length), classes),
    reliability: reliabilityOf(confidencesOf(labels, likeliest, probabilities, classes.length)),
  };
}

function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
