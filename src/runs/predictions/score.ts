import { Fault } from "../../base";
import { type Interval, type Metric, score, TRACK_METRICS } from "../../scoring";
import type { Track } from "../../tasks";
import { checkIds, type Predictions } from "./check";

/** Metrics that are about what was predicted; the others are about the probabilities. */
const OF_PREDICTIONS: ReadonlySet<string> = new Set<Metric>([
  "accuracy",
  "balanced_accuracy",
  "macro_f1",
  "mcc",
  "f1",
  "precision",
  "recall",
]);

export interface Truth {
  track: Track;
  metric: string;
  /** Class index by row's id. */
  labels: ReadonlyMap<string, number>;
}

/**
 * A prediction file's score with its interval. The file's own predictions are what counts, whatever threshold made them,
 * so a model's file has the score of the model.
 * @throws Fault `predictions` where its rows are not those of the labels, `metric-unknown`
 */
export function scorePredictions(predictions: Predictions, truth: Truth, file: string): Interval {
  const { classes, ids, predicted, probabilities } = predictions;
  const metric = TRACK_METRICS[truth.track].find((each) => each === truth.metric);
  if (!metric) throw new Fault("metric-unknown", `There is no metric "${truth.metric}" in the ${truth.track} track`);
  checkIds(ids, new Set(truth.labels.keys()), file);
  // In the labels' order, so that the bootstrap's draws do not hang on the order of the file.
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const order = [...truth.labels.keys()].map((id) => rowOf.get(id) ?? 0);
  const width = classes.length;
  const judged = new Float64Array(order.length * width);
  for (const [to, from] of order.entries())
    if (OF_PREDICTIONS.has(metric)) judged[to * width + predicted[from]] = 1;
    else judged.set(probabilities.subarray(from * width, (from + 1) * width), to * width);
  const { primary } = score({
    track: truth.track,
    metric,
    classes,
    seed: 0,
    labels: Int32Array.from(truth.labels.values()),
    probabilities: judged,
  });
  return { value: primary.value, low: primary.low, high: primary.high };
}
