/** What scikit-learn 1.2 clips probabilities to before it takes a logarithm: the double's machine epsilon. */
const EPSILON = Number.EPSILON;

/** Each row's share of the log loss: clipped, renormalised, minus the logarithm of the label's probability. */
export function rowLogLoss(labels: Int32Array, probabilities: Float64Array, classes: number): Float64Array {
  const clip = (value: number) => Math.min(1 - EPSILON, Math.max(EPSILON, value));
  return Float64Array.from(labels, (label, row) => {
    let total = 0;
    for (let k = 0; k < classes; k++) total += clip(probabilities[row * classes + k]);
    return -Math.log(clip(probabilities[row * classes + label]) / total);
  });
}

/** Each row's squared distance of the score to the label, for two classes (scikit-learn's `brier_score_loss`). */
export function rowBrier(labels: Int32Array, scores: Float64Array): Float64Array {
  return Float64Array.from(labels, (label, row) => (scores[row] - label) ** 2);
}

/**
 * 1 for each row whose label is among the `k` most probable classes. Ties are broken as scikit-learn's
 * `top_k_accuracy_score` does, in favour of the later class. With at most `k` classes every row is a hit.
 */
export function rowTopHits(labels: Int32Array, probabilities: Float64Array, classes: number, k: number): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    const own = probabilities[row * classes + label];
    let before = 0;
    for (let other = 0; other < classes; other++) {
      const value = probabilities[row * classes + other];
      if (value > own || (value === own && other > label)) before++;
    }
    return before < k ? 1 : 0;
  });
}

export const CALIBRATION_BINS = 15;

/** The confidence of each row's prediction, whether it is right, and its bin of `CALIBRATION_BINS` equal ones (lo, hi]. */
export interface Confidences {
  confidence: Float64Array;
  correct: Uint8Array;
  bin: Uint8Array;
}

export function confidencesOf(
  labels: Int32Array,
  predictions: Int32Array,
  probabilities: Float64Array,
  classes: number,
): Confidences {
  const rows = labels.length;
  const confidence = new Float64Array(rows);
  const correct = new Uint8Array(rows);
  const bin = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    confidence[row] = probabilities[row * classes + predictions[row]];
    correct[row] = labels[row] === predictions[row] ? 1 : 0;
    // Rounding in the product could put an exact boundary into the bin above: compare with the boundary itself.
    let index = Math.ceil(confidence[row] * CALIBRATION_BINS) - 1;
    if (index > 0 && confidence[row] <= index / CALIBRATION_BINS) index--;
    bin[row] = Math.min(CALIBRATION_BINS - 1, Math.max(0, index));
  }
  return { confidence, correct, bin };
}

/** One bar of the reliability diagram. Means are of the rows in (low, high]; bins without rows are left out. */
export interface ReliabilityBin {
  low: number;
  high: number;
  rows: number;
  confidence: number;
  accuracy: number;
}

export function reliabilityOf({ confidence, correct, bin }: Confidences): ReliabilityBin[] {
  const rows = new Float64Array(CALIBRATION_BINS);
  const confident = new Float64Array(CALIBRATION_BINS);
  const right = new Float64Array(CALIBRATION_BINS);
  for (let row = 0; row < bin.length; row++) {
    rows[bin[row]]++;
    confident[bin[row]] += confidence[row];
    right[bin[row]] += correct[row];
  }
  return Array.from({ length: CALIBRATION_BINS }, (_, k) => ({
    low: k / CALIBRATION_BINS,
    high: (k + 1) / CALIBRATION_BINS,
    rows: rows[k],
    confidence: confident[k] / rows[k],
    accuracy: right[k] / rows[k],
  })).filter((each) => each.rows > 0);
}

/**
 * Expected calibration error of rows counted by weight: |accuracy - confidence| of each bin, weighted by the bin's share
 * of the rows. A bin's part is the sum of its rows' `correct - confidence`, without its sign: one number a bin to keep.
 */
export function calibrationMeasure({ confidence, correct, bin }: Confidences): (weights?: ArrayLike<number>) => number {
  const gap = confidence.map((value, row) => correct[row] - value);
  return (weights) => {
    const gaps = new Float64Array(CALIBRATION_BINS);
    let total = 0;
    for (let row = 0; row < gap.length; row++) {
      const weight = weights ? weights[row] : 1;
      gaps[bin[row]] += weight * gap[row];
      total += weight;
    }
    return gaps.reduce((error, value) => error + Math.abs(value), 0) / total;
  };
}
