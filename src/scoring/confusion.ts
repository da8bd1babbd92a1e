/**
 * Counts of (label, prediction), row-major: `counts[label * classes + prediction]`. Every metric of this file is a
 * function of these counts alone, which makes their bootstrap cheap.
 */
export interface Confusion {
  classes: number;
  counts: Float64Array;
}

export interface ClassScore {
  class: string;
  precision: number;
  recall: number;
  f1: number;
  /** Rows with this label. */
  support: number;
}

export function confusionOf(labels: Int32Array, predictions: Int32Array, classes: number): Confusion {
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row] * classes + predictions[row]]++;
  return { classes, counts };
}

/** The first class with the largest probability, as numpy's argmax. `probabilities` is rows x classes, row-major. */
export function predictionsOf(probabilities: Float64Array, classes: number): Int32Array {
  const predictions = new Int32Array(probabilities.length / classes);
  for (let row = 0; row < predictions.length; row++) {
    const start = row * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[start + k] > probabilities[start + best]) best = k;
    predictions[row] = best;
  }
  return predictions;
}

/** 1 where the score reaches the threshold, else 0. */
export function decisionsOf(scores: Float64Array, threshold: number): Int32Array {
  return Int32Array.from(scores, (score) => (score >= threshold ? 1 : 0));
}

interface Margins {
  hits: Float64Array;
  labelled: Float64Array;
  predicted: Float64Array;
  total: number;
}

function marginsOf({ classes, counts }: Confusion): Margins {
  const hits = new Float64Array(classes);
  const labelled = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let total = 0;
  for (let label = 0; label < classes; label++) {
    hits[label] = counts[label * classes + label];
    for (let k = 0; k < classes; k++) {
      const count = counts[label * classes + k];
      labelled[label] += count;
      predicted[k] += count;
      total += count;
    }
  }
  return { hits, labelled, predicted, total };
}

/** scikit-learn's `zero_division=0`. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function accuracy(confusion: Confusion): number {
  const { hits, total } = marginsOf(confusion);
  return ratio(sum(hits), total);
}

/** Mean recall over the classes that occur in the labels (scikit-learn's `balanced_accuracy_score`). */
export function balancedAccuracy(confusion: Confusion): number {
  const { hits, labelled } = marginsOf(confusion);
  let recalls = 0;
  let present = 0;
  for (let k = 0; k < confusion.classes; k++) {
    if (labelled[k] === 0) continue;
    recalls += hits[k] / labelled[k];
    present++;
  }
  return ratio(recalls, present);
}

/** Unweighted mean of F1 over the classes that occur in the labels or the predictions; F1 is 0 where undefined. */
export function macroF1(confusion: Confusion): number {
  const { hits, labelled, predicted } = marginsOf(confusion);
  let scores = 0;
  let present = 0;
  for (let k = 0; k < confusion.classes; k++) {
    if (labelled[k] + predicted[k] === 0) continue;
    scores += (2 * hits[k]) / (labelled[k] + predicted[k]);
    present++;
  }
  return ratio(scores, present);
}

/** Matthews correlation for K classes (Gorodkin 2004, as scikit-learn's `matthews_corrcoef`); 0 where undefined. */
export function matthews(confusion: Confusion): number {
  const { hits, labelled, predicted, total } = marginsOf(confusion);
  let cross = 0;
  let squaredLabelled = 0;
  let squaredPredicted = 0;
  for (let k = 0; k < confusion.classes; k++) {
    cross += labelled[k] * predicted[k];
    squaredLabelled += labelled[k] * labelled[k];
    squaredPredicted += predicted[k] * predicted[k];
  }
  const square = total * total;
  return ratio(sum(hits) * total - cross, Math.sqrt((square - squaredPredicted) * (square - squaredLabelled)));
}

/** Precision, recall and F1 of class 1 of two. */
export function positivePrecision(confusion: Confusion): number {
  return ratio(confusion.counts[3], confusion.counts[1] + confusion.counts[3]);
}

export function positiveRecall(confusion: Confusion): number {
  return ratio(confusion.counts[3], confusion.counts[2] + confusion.counts[3]);
}

export function positiveF1({ counts }: Confusion): number {
  return ratio(2 * counts[3], 2 * counts[3] + counts[1] + counts[2]);
}

export function classScores(confusion: Confusion, classes: readonly string[]): ClassScore[] {
  const { hits, labelled, predicted } = marginsOf(confusion);
  return classes.map((name, k) => ({
    class: name,
    precision: ratio(hits[k], predicted[k]),
    recall: ratio(hits[k], labelled[k]),
    f1: ratio(2 * hits[k], labelled[k] + predicted[k]),
    support: labelled[k],
  }));
}

/** Rows of the matrix, a row a label. */
export function matrixOf({ classes, counts }: Confusion): number[][] {
  return Array.from({ length: classes }, (_, label) =>
    Array.from(counts.subarray(label * classes, (label + 1) * classes)),
  );
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
