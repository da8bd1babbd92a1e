import { Fault } from "../base";
import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  decisionsOf,
  macroF1,
  matthews,
  positiveF1,
  positivePrecision,
  positiveRecall,
  predictionsOf,
} from "./confusion";
import type { Metric } from "./metrics";
import { calibrationError, confidencesOf, reliabilityOf, rowBrier, rowLogLoss, rowTopHits } from "./probabilistic";
import { averagePrecision, rankingOf, rocAuc } from "./ranking";
import { type ScoredRows, secondColumn } from "./rows";

/** Rows and how a prediction is made of them: the largest probability, or class 1 at a threshold. */
export interface Judged extends ScoredRows {
  /** Given for matching only: predict 1 where the probability of class 1 is at least this. */
  threshold?: number;
}

/**
 * A metric made ready for resampling. `confusion` is a function of the counts of (label, prediction); `rows` is a
 * function of how often each row was drawn.
 */
export type Statistic =
  | { kind: "confusion"; predictions: Int32Array; of: (confusion: Confusion) => number }
  | { kind: "rows"; of: (weights?: ArrayLike<number>) => number };

const OF_CONFUSION: Partial<Record<Metric, (confusion: Confusion) => number>> = {
  accuracy,
  balanced_accuracy: balancedAccuracy,
  macro_f1: macroF1,
  mcc: matthews,
  f1: positiveF1,
  precision: positivePrecision,
  recall: positiveRecall,
};

const FOR_TWO_CLASSES: readonly Metric[] = ["f1", "precision", "recall", "average_precision", "roc_auc", "brier"];

/** @throws Fault `score-metric` for a metric of two classes over more. */
export function statisticOf(judged: Judged, metric: Metric): Statistic {
  const { labels, probabilities, classes } = judged;
  if (FOR_TWO_CLASSES.includes(metric) && classes.length !== 2) {
    throw new Fault(
      "score-metric",
      `Cannot compute ${metric} over ${classes.length} classes: it is for matching tasks`,
      {
        hint: "Classification tasks have accuracy, balanced_accuracy, macro_f1, log_loss, top3_accuracy and mcc.",
      },
    );
  }
  const ofConfusion = OF_CONFUSION[metric];
  if (ofConfusion) return { kind: "confusion", predictions: decisions(judged), of: ofConfusion };
  switch (metric) {
    case "log_loss":
      return meanOf(rowLogLoss(labels, probabilities, classes.length));
    case "top3_accuracy":
      return meanOf(rowTopHits(labels, probabilities, classes.length, 3));
    case "brier":
      return meanOf(rowBrier(labels, secondColumn(probabilities)));
    case "expected_calibration_error": {
      // Of the most probable class, also where a threshold decides: calibration is about the probabilities.
      const likeliest = predictionsOf(probabilities, classes.length);
      const confidences = confidencesOf(labels, likeliest, probabilities, classes.length);
      return { kind: "rows", of: (weights) => calibrationError(reliabilityOf(confidences, weights)) };
    }
    case "average_precision": {
      const ranking = rankingOf(labels, secondColumn(probabilities));
      return { kind: "rows", of: (weights) => averagePrecision(ranking, weights) };
    }
    case "roc_auc": {
      const ranking = rankingOf(labels, secondColumn(probabilities));
      return { kind: "rows", of: (weights) => rocAuc(ranking, weights) };
    }
    default:
      throw new Fault("score-metric", `There is no metric "${metric}"`);
  }
}

export function decisions({ probabilities, classes, threshold }: Judged): Int32Array {
  return threshold === undefined
    ? predictionsOf(probabilities, classes.length)
    : decisionsOf(secondColumn(probabilities), threshold);
}

function meanOf(values: Float64Array): Statistic {
  return {
    kind: "rows",
    of: (weights) => {
      let total = 0;
      let count = 0;
      for (let row = 0; row < values.length; row++) {
        const weight = weights ? weights[row] : 1;
        total += weight * values[row];
        count += weight;
      }
      return total / count;
    },
  };
}
