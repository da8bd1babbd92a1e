import type { Track } from "../tasks";
import { type Comparison, compareRuns, type Interval, interval } from "./bootstrap";
import { type ClassScore, classScores, confusionOf, matrixOf, predictionsOf } from "./confusion";
import { type Metric, TRACK_METRICS } from "./metrics";
import { calibrationError, confidencesOf, type ReliabilityBin, reliabilityOf } from "./probabilistic";
import { checkRows, checkThreshold, type ScoredRows, twoColumns } from "./rows";
import { decisions, type Judged, statisticOf } from "./statistic";

/** A probability of one half is where a match is declared unless a threshold was chosen on training folds. */
export const DEFAULT_THRESHOLD = 0.5;

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
  /** Given for matching. */
  threshold?: number;
}

/**
 * All classification metrics with scikit-learn's definitions.
 * @throws Fault `score-input` for rows that cannot be scored
 */
export function scoreClassification(rows: ScoredRows): MetricReport {
  checkRows(rows);
  return report(rows, TRACK_METRICS.classification);
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
  return report(judged, TRACK_METRICS.matching);
}

/**
 * What a score cell shows: the metrics of the track, the primary one with its interval.
 * @throws Fault `score-input`, `score-metric` (not a metric of these classes), `score-undefined` (the primary metric
 * needs both labels and there is one)
 */
export function score(input: ScoreInput): Scored {
  const judged = judgedOf(input);
  return {
    ...report(judged, TRACK_METRICS[input.track]),
    primary: { metric: input.metric, ...interval(judged, input.metric, input.seed) },
    ...(judged.threshold !== undefined && { threshold: judged.threshold }),
  };
}

/**
 * Whether run `a` is better than run `b` on the same rows, by `a`'s primary metric: a seeded paired bootstrap.
 * @throws Fault `score-paired` when the rows differ, and those of `score`
 */
export function compare(a: ScoreInput, b: ScoreInput, seed: number): Comparison {
  return compareRuns(judgedOf(a), judgedOf(b), a.metric, seed);
}

function judgedOf({ track, labels, probabilities, classes, threshold }: ScoreInput): Judged {
  const judged: Judged = { labels, probabilities, classes };
  checkRows(judged);
  if (track === "classification") return judged;
  checkThreshold(threshold ?? DEFAULT_THRESHOLD);
  return { ...judged, threshold: threshold ?? DEFAULT_THRESHOLD };
}

function report(judged: Judged, metrics: readonly Metric[]): MetricReport {
  const { labels, probabilities, classes } = judged;
  const confusion = confusionOf(labels, decisions(judged), classes.length);
  const likeliest = predictionsOf(probabilities, classes.length);
  const reliability = reliabilityOf(confidencesOf(labels, likeliest, probabilities, classes.length));
  const values: Record<string, number> = {};
  for (const metric of metrics) {
    const value =
      metric === "expected_calibration_error" ? calibrationError(reliability) : metricValue(judged, metric, confusion);
    if (!Number.isNaN(value)) values[metric] = value;
  }
  return {
    rows: labels.length,
    metrics: values,
    confusion: matrixOf(confusion),
    perClass: classScores(confusion, classes),
    reliability,
  };
}

function metricValue(judged: Judged, metric: Metric, confusion: ReturnType<typeof confusionOf>): number {
  const statistic = statisticOf(judged, metric);
  return statistic.kind === "confusion" ? statistic.of(confusion) : statistic.of();
}
