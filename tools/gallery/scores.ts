import type { ScoreViewEntry } from "../../src/ui/output/ScoreView";
import { confusion } from "./fixtures";

/** An entry of a score view from made-up counts; its metrics follow from them. */
export function scored(
  name: string,
  classes: string[],
  right: number,
  seed: number,
  more: Partial<ScoreViewEntry> = {},
): ScoreViewEntry {
  const counts = confusion(classes.length, 64, right, seed);
  const rows = counts.flat().reduce((sum, count) => sum + count, 0);
  const perClass = classes.map((label, k) => {
    const support = counts[k].reduce((sum, count) => sum + count, 0);
    const predicted = counts.reduce((sum, row) => sum + row[k], 0);
    const precision = predicted ? counts[k][k] / predicted : 0;
    const recall = support ? counts[k][k] / support : 0;
    return { label, precision, recall, f1: (2 * precision * recall) / (precision + recall || 1), support };
  });
  const accuracy = counts.reduce((sum, row, k) => sum + row[k], 0) / rows;
  const f1 = perClass.reduce((sum, each) => sum + each.f1, 0) / classes.length;
  const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / rows);
  return {
    name,
    rows,
    metrics: {
      accuracy,
      balanced_accuracy: perClass.reduce((sum, each) => sum + each.recall, 0) / classes.length,
      macro_f1: f1,
      log_loss: 1.6 * (1 - accuracy) + 0.2,
      top3_accuracy: Math.min(1, accuracy + 0.14),
      mcc: accuracy - 0.05,
      expected_calibration_error: 0.02 + (1 - accuracy) / 9,
    },
    primary: { metric: "accuracy", value: accuracy, low: accuracy - half, high: accuracy + half },
    confusion: counts,
    classes,
    perClass,
    ...more,
  };
}
