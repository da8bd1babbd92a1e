import type { MetricName } from "../tasks";

/** The task manifest's metrics and those that are only reported beside them. */
export type Metric = MetricName | "brier";

export const METRIC_TITLES: Record<Metric, string> = {
  accuracy: "Accuracy",
  balanced_accuracy: "Balanced accuracy",
  macro_f1: "Macro F1",
  log_loss: "Log loss",
  top3_accuracy: "Top-3 accuracy",
  mcc: "Matthews correlation",
  expected_calibration_error: "Expected calibration error",
  f1: "F1",
  precision: "Precision",
  recall: "Recall",
  average_precision: "Average precision",
  roc_auc: "ROC AUC",
  brier: "Brier score",
};

export const HIGHER_IS_BETTER: Record<Metric, boolean> = {
  accuracy: true,
  balanced_accuracy: true,
  macro_f1: true,
  log_loss: false,
  top3_accuracy: true,
  mcc: true,
  expected_calibration_error: false,
  f1: true,
  precision: true,
  recall: true,
  average_precision: true,
  roc_auc: true,
  brier: false,
};

/** The metrics that a track's score holds, in the order in which a reader expects them. */
export const TRACK_METRICS = {
  classification: [
    "accuracy",
    "balanced_accuracy",
    "macro_f1",
    "log_loss",
    "top3_accuracy",
    "mcc",
    "expected_calibration_error",
  ],
  matching: [
    "f1",
    "precision",
    "recall",
    "average_precision",
    "roc_auc",
    "accuracy",
    "balanced_accuracy",
    "mcc",
    "log_loss",
    "brier",
    "expected_calibration_error",
  ],
} as const satisfies Record<string, readonly Metric[]>;
