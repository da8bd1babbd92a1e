/**
 * Counts of (label, prediction), row-major: `counts[label * classes + prediction]`.
 */
export interface Confusion {
  classes: number;
  counts: Float64Array;
}

/** The sums of a confusion matrix that every metric of this file follows from: K of each, where the matrix has K x K. */
export interface Margins {
  /** Rows of each class that were predicted right. */
  hits: Float64Array;
  /** Rows with this label. */
  labelled: Float64Array;
  /** Rows with this prediction. */
  predicted: Float64Array;
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

/** 1 for each row that was predicted right. */
export function correctOf(labels: Int32Array, predictions: Int32Array): Uint8Array {
  return Uint8Array.from(labels, (label, row) => (label === predictions[row] ? 1 : 0));
}

/** Margins of rows, each counted as often as `weights` says (once, unless given). */
export function marginsOf(
  labels: Int32Array,
  predictions: Int32Array,
  correct: Uint8Array,
  classes: number,
  weights?: ArrayLike<number>,
): Margins {
  const hits = new Float64Array(classes);
  const labelled = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const weight = weights ? weights[row] : 1;
    labelled[labels[row]] += weight;
    predicted[predictions[row]] += weight;
    hits[labels[row]] += weight * correct[row]; // a condition would be guessed wrong for every third row
  }
  return { hits, labelled, predicted };
}

/** scikit-learn's `zero_division=0`. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function accuracy({ hits, labelled }: Margins): number {
  return ratio(sum(hits), sum(labelled));
}

/** Mean recall over the classes that occur in the labels (scikit-learn's `balanced_accuracy_score`). */
export function balancedAccuracy({ hits, labelled }: Margins): number {
  let recalls = 0;
  let present = 0;
  for (let k = 0; k < hits.length; k++) {
    if (labelled[k] === 0) continue;
    recalls += hits[k] / labelled[k];
    present++;
  }
  return ratio(recalls, present);
}

/** Unweighted mean of F1 over the classes that occur in the labels or the predictions; F1 is 0 where undefined. */
export function macroF1({ hits, labelled, predicted }: Margins): number {
  let scores = 0;
  let present = 0;
  for (let k = 0; k < hits.length; k++) {
    if (labelled[k] + predicted[k] === 0) continue;
    scores += (2 * hits[k]) / (labelled[k] + predicted[k]);
    present++;
  }
  return ratio(scores, present);
}

/** Matthews correlation for K classes (Gorodkin 2004, as scikit-learn's `matthews_corrcoef`); 0 where undefined. */
export function matthews({ hits, labelled, predicted }: Margins): number {
  const total = sum(labelled);
  let cross = 0;
  let squaredLabelled = 0;
  let squaredPredicted = 0;
  for (let k = 0; k < hits.length; k++) {
    cross += labelled[k] * predicted[k];
    squaredLabelled += labelled[k] * labelled[k];
    squaredPredicted += predicted[k] * predicted[k];
  }
  const square = total * total;
  return ratio(sum(hits) * total - cross, Math.sqrt((square - squaredPredicted) * (square - squaredLabelled)));
}

/** Precision, recall and F1 of class 1 of two. */
export function positivePrecision({ hits, predicted }: Margins): number {
  return ratio(hits[1], predicted[1]);
}

export function positiveRecall({ hits, labelled }: Margins): number {
  return ratio(hits[1], labelled[1]);
}

export function positiveF1({ hits, labelled, predicted }: Margins): number {
  return ratio(2 * hits[1], labelled[1] + predicted[1]);
}

export function classScores({ hits, labelled, predicted }: Margins, classes: readonly string[]): ClassScore[] {
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
