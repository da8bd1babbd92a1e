import { Fault } from "../base";
import {
  accuracy,
  balancedAccuracy,
  correctOf,
  decisionsOf,
  type Margins,
  macroF1,
  marginsOf,
  matthews,
  positiveF1,
  positivePrecision,
  positiveRecall,
  predictionsOf,
} from "./confusion";
import type { Metric } from "./metrics";
import { calibrationMeasure, confidencesOf, rowBrier, rowLogLoss, rowTopHits } from "./probabilistic";
import { averagePrecision, type RankedCounts, rankedCounts, rankingOf, rocAuc } from "./ranking";
import { type ScoredRows, secondColumn } from "./rows";

/** Rows and how a prediction is made of them: the largest probability, or class 1 at a threshold. */
export interface Judged extends ScoredRows {
  /** Given for matching only: predict 1 where the probability of class 1 is at least this. */
  threshold?: number;
}

/** NaN where a metric is undefined on the rows. */
export type Values = Partial<Record<Metric, number>>;

/**
 * Some metrics of some rows, each row counted as often as `weights` says (once, unless given). Whatever can be computed
 * once is: a call costs O(rows + classes), whatever the metrics, so that it can be made for every resample.
 */
export type Measure = (weights?: ArrayLike<number>) => Values;

const OF_MARGINS: Partial<Record<Metric, (margins: Margins) => number>> = {
  accuracy,
  balanced_accuracy: balancedAccuracy,
  macro_f1: macroF1,
  mcc: matthews,
  f1: positiveF1,
  precision: positivePrecision,
  recall: positiveRecall,
};

const OF_RANKING: Partial<Record<Metric, (counts: RankedCounts) => number>> = {
  average_precision: averagePrecision,
  roc_auc: rocAuc,
};

const OF_EACH_ROW: Partial<Record<Metric, (judged: Judged) => Float64Array>> = {
  log_loss: ({ labels, probabilities, classes }) => rowLogLoss(labels, probabilities, classes.length),
  top3_accuracy: ({ labels, probabilities, classes }) => rowTopHits(labels, probabilities, classes.length, 3),
  brier: ({ labels, probabilities }) => rowBrier(labels, secondColumn(probabilities)),
};

const FOR_TWO_CLASSES: readonly Metric[] = ["f1", "precision", "recall", "average_precision", "roc_auc", "brier"];

/** @throws Fault `score-metric` for a metric of two classes over more. */
export function measureOf(judged: Judged, metrics: readonly Metric[]): Measure {
  for (const metric of metrics) checkMetric(metric, judged.classes.length);
  const parts = [
    ofMargins(judged, metrics),
    ofRanking(judged, metrics),
    ofEachRow(judged, metrics),
    ofCalibration(judged, metrics),
  ].filter((part) => part !== undefined);
  return (weights) => Object.assign({}, ...parts.map((part) => part(weights)));
}

export function decisions({ probabilities, classes, threshold }: Judged): Int32Array {
  return threshold === undefined
    ? predictionsOf(probabilities, classes.length)
    : decisionsOf(secondColumn(probabilities), threshold);
}

function checkMetric(metric: Metric, classes: number): void {
  if (!FOR_TWO_CLASSES.includes(metric) || classes === 2) return;
  throw new Fault("score-metric", `Cannot compute ${metric} over ${classes} classes: it is for matching tasks`, {
    hint: "Classification tasks have accuracy, balanced_accuracy, macro_f1, log_loss, top3_accuracy and mcc.",
  });
}

function wanted<T>(
  table: Partial<Record<Metric, T>>,
  metrics: readonly Metric[],
): { metric: Metric; of: T }[] | undefined {
  const found = metrics.flatMap((metric) => {
    const of = table[metric];
    return of === undefined ? [] : [{ metric, of }];
  });
  return found.length > 0 ? found : undefined;
}

function ofMargins(judged: Judged, metrics: readonly Metric[]): Measure | undefined {
  const own = wanted(OF_MARGINS, metrics);
  if (!own) return undefined;
  const { labels, classes } = judged;
  const predictions = decisions(judged);
  const correct = correctOf(labels, predictions);
  return (weights) => {
    const margins = marginsOf(labels, predictions, correct, classes.length, weights);
    return Object.fromEntries(own.map(({ metric, of }) => [metric, of(margins)]));
  };
}

function ofRanking({ labels, probabilities }: Judged, metrics: readonly Metric[]): Measure | undefined {
  const own = wanted(OF_RANKING, metrics);
  if (!own) return undefined;
  const ranking = rankingOf(labels, secondColumn(probabilities));
  return (weights) => {
    const counts = rankedCounts(ranking, weights);
    return Object.fromEntries(own.map(({ metric, of }) => [metric, of(counts)]));
  };
}

function ofEachRow(judged: Judged, metrics: readonly Metric[]): Measure | undefined {
  const own = wanted(OF_EACH_ROW, metrics)?.map(({ metric, of }) => ({ metric, values: of(judged) }));
  if (!own) return undefined;
  return (weights) => Object.fromEntries(own.map(({ metric, values }) => [metric, meanOf(values, weights)]));
}

function ofCalibration({ labels, probabilities, classes }: Judged, metrics: readonly Metric[]): Measure | undefined {
  if (!metrics.includes("expected_calibration_error")) return undefined;
  // Of the most probable class, also where a threshold decides: calibration is about the probabilities.
  const likeliest = predictionsOf(probabilities, classes.length);
  const error = calibrationMeasure(confidencesOf(labels, likeliest, probabilities, classes.length));
  return (weights) => ({ expected_calibration_error: error(weights) });
}

function meanOf(values: Float64Array, weights?: ArrayLike<number>): number {
  let total = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row] : 1;
    total += weight * values[row];
    count += weight;
  }
  return total / count;
}
