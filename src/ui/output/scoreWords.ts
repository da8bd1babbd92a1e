import type { CellValue, ScoreEntry } from "../../cells";
import type { ClassScore, DrawnCurve, Interval, ReliabilityBin } from "../../scoring";
import { formatCount, formatCountOf, formatScore } from "../parts/format";
import { className } from "../profiles/words";

export type Score = Extract<CellValue, { kind: "score" }>;
export type UsedThreshold = NonNullable<ScoreEntry["threshold"]>;

/** How the classes are called on the page; a threshold is what only the two classes of a matching task have. */
export function namesOf({ classes }: Score, { threshold }: ScoreEntry): readonly string[] {
  return threshold ? classes.map((name) => className(name, true)) : classes;
}

/** A threshold, and where it came from: `0.370, chosen for the best F1 on 5 training folds`. */
export function thresholdWords(threshold: UsedThreshold, split: string): string {
  const value = formatScore(threshold.value);
  if (threshold.from === "default") return `${value}, the default: none was chosen on training folds`;
  if (threshold.from === "cell") {
    const own = threshold.own ? `; the model's own is ${formatScore(threshold.own.value)}` : "";
    return `${value}, set in this cell${own}`;
  }
  // A blend is fitted on its models' folds and has none of its own.
  const folds = threshold.folds ? formatCountOf(threshold.folds, "training fold") : "training folds";
  const same = split === "train" ? ", which are the rows scored here" : "";
  return `${value}, chosen for the best F1 on ${folds}${same}`;
}

/** The same for a column of a table. */
export function thresholdNote(threshold: UsedThreshold): string {
  if (threshold.from === "default") return "default";
  if (threshold.from === "cell") return "set here";
  return threshold.folds ? formatCountOf(threshold.folds, "fold") : "from folds";
}

/** A precision-recall curve in two sentences. */
export function curveWords(curve: DrawnCurve): string {
  if (curve.share === 0) return "No scored row has this class, so there is no recall to speak of.";
  const at = [0.5, 0.9].map((recall) => `${formatScore(precisionAt(curve, recall), 2)} at a recall of ${recall}`);
  return `Average precision ${formatScore(curve.averagePrecision)}; guessing has ${formatScore(curve.share)}. Precision is ${at.join(" and ")}.`;
}

/** Precision at the highest threshold that reaches a recall. */
export function precisionAt({ precision, recall }: DrawnCurve, wanted: number): number {
  let found = precision[0];
  for (let i = 0; i < recall.length && recall[i] >= wanted; i++) found = precision[i];
  return found;
}

/** Whether a model is as sure as it should be. */
export function reliabilityWords(bins: readonly ReliabilityBin[], error: Interval | undefined): string {
  let rows = 0;
  let sure = 0;
  let right = 0;
  for (const bin of bins) {
    rows += bin.rows;
    sure += bin.rows * bin.confidence;
    right += bin.rows * bin.accuracy;
  }
  const points = (100 * (sure - right)) / rows;
  const size = Math.abs(points).toFixed(1);
  const verdict =
    Number(size) === 0
      ? "as sure as it is right"
      : `${points > 0 ? "overconfident" : "underconfident"} by ${size} points`;
  const about = error
    ? ` Expected calibration error ${formatScore(error.value)}, 95 % interval ${formatScore(error.low)} to ${formatScore(error.high)}.`
    : "";
  return `On average it is ${formatScore(sure / rows, 2)} sure and right in ${formatScore(right / rows, 2)}: ${verdict}.${about}`;
}

/** The confusion that costs most rows. */
export function confusionWords(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  let most = { label: 0, prediction: 0, count: 0 };
  confusion.forEach((row, label) => {
    row.forEach((count, prediction) => {
      if (label !== prediction && count > most.count) most = { label, prediction, count };
    });
  });
  if (most.count === 0) return "No row is predicted wrong.";
  const times = most.count === 1 ? "once" : `${formatCount(most.count)} times`;
  return `Most often confused: ${classes[most.label]} predicted as ${classes[most.prediction]}, ${times}.`;
}

/** The class whose curve is shown first: the weakest one that has rows. */
export function weakestClass(perClass: readonly ClassScore[]): number {
  let weakest = 0;
  perClass.forEach((each, k) => {
    const now = perClass[weakest];
    if (each.support > 0 && (now.support === 0 || each.f1 < now.f1)) weakest = k;
  });
  return weakest;
}

/** At most `most` classes, in their order: those with the most rows that are wrong, as label or as prediction. */
export function mostWrong(confusion: readonly (readonly number[])[], most: number): number[] {
  const wrong = confusion.map(() => 0);
  confusion.forEach((row, label) => {
    row.forEach((count, prediction) => {
      if (label === prediction) return;
      wrong[label] += count;
      wrong[prediction] += count;
    });
  });
  const order = wrong.map((_, k) => k).sort((a, b) => wrong[b] - wrong[a] || a - b);
  return order.slice(0, most).sort((a, b) => a - b);
}
