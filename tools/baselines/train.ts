import type { ModelEntry } from "../../src/learners";
import { type FitResult, type InputColumn, runFitPredict } from "../../src/learners";
import { bestThreshold, score } from "../../src/scoring";
import type { TaskRows } from "./data";
import { type Candidate, SEED } from "./suite";

export type Measured = ModelEntry["scores"]["validation"];

/** Which columns a variant reads. */
export type ColumnFilter = (column: InputColumn) => boolean;

const turns = { now: () => performance.now(), pause: async () => {} };

/** Fits as the tab would, on the training rows; predicts validation, and the training rows out of fold. */
export function fitted(
  { task, classes, train, validation }: TaskRows,
  { learner, settings }: Candidate,
  filter: ColumnFilter,
  keep = false,
): Promise<FitResult> {
  const request = {
    learner,
    settings,
    seed: SEED,
    classes,
    labels: train.labels,
    pairs: task.track === "matching",
    metric: task.metric,
    outOfFold: true,
    keep,
    models: [],
    train: train.columns.filter(filter),
    predict: { validation: validation.columns.filter(filter) },
  };
  return runFitPredict(request, turns, {});
}

/** The mean log loss of the training rows' out-of-fold predictions: what a model is chosen by. */
export function foldLoss({ outOfFold }: FitResult, { train, classes }: TaskRows): number {
  if (!outOfFold) throw new Error("no out-of-fold predictions");
  const { probabilities } = outOfFold;
  const total = train.labels.reduce(
    (sum, label, row) => sum - Math.log(Math.max(1e-9, probabilities[row * classes.length + label])),
    0,
  );
  return total / train.labels.length;
}

/** Where a match is declared: best on the training rows out of fold. Undefined for classification. */
export function thresholdOf({ outOfFold }: FitResult, { task, train }: TaskRows): number | undefined {
  if (task.track !== "matching" || !outOfFold) return undefined;
  const scores = Float64Array.from(train.labels, (_, row) => outOfFold.probabilities[row * 2 + 1]);
  return bestThreshold(train.labels, scores).threshold;
}

export function measure(
  { task, classes, validation }: TaskRows,
  probabilities: Float64Array,
  threshold: number | undefined,
): Measured {
  const { track, metric } = task;
  const { labels } = validation;
  const { primary } = score({ track, metric, labels, probabilities, classes, threshold, seed: SEED });
  return { metric: primary.metric, value: primary.value, low: primary.low, high: primary.high };
}
