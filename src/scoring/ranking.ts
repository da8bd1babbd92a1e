/** Rows by falling score, with what is needed to walk over them once per resample. */
export interface Ranking {
  /** Row indices, highest score first. */
  order: Uint32Array;
  /** 1 where the next row in `order` has a lower score (or there is none): a threshold may stand here. */
  ends: Uint8Array;
  labels: Int32Array;
}

export function rankingOf(labels: Int32Array, scores: Float64Array): Ranking {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b] - scores[a] || a - b);
  const ends = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) {
    ends[i] = i === order.length - 1 || scores[order[i]] !== scores[order[i + 1]] ? 1 : 0;
  }
  return { order, ends, labels };
}

/**
 * Average precision: the sum of precision times the gain in recall over the thresholds, no interpolation
 * (scikit-learn's `average_precision_score`). 0 without a positive row.
 */
export function averagePrecision({ order, ends, labels }: Ranking, weights?: ArrayLike<number>): number {
  let positives = 0;
  let seen = 0;
  let counted = 0;
  let area = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const weight = weights ? weights[row] : 1;
    seen += weight;
    if (labels[row] === 1) positives += weight;
    if (ends[i] === 1 && positives > counted) {
      area += (positives / seen) * (positives - counted);
      counted = positives;
    }
  }
  return positives === 0 ? 0 : area / positives;
}

/** Area under the ROC curve: how often a positive row outranks a negative one, ties half. NaN without both labels. */
export function rocAuc({ order, ends, labels }: Ranking, weights?: ArrayLike<number>): number {
  let positives = 0;
  let negatives = 0;
  let tiedPositives = 0;
  let tiedNegatives = 0;
  let wins = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const weight = weights ? weights[row] : 1;
    if (labels[row] === 1) tiedPositives += weight;
    else tiedNegatives += weight;
    if (ends[i] === 0) continue;
    wins += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    tiedPositives = 0;
    tiedNegatives = 0;
  }
  return positives === 0 || negatives === 0 ? Number.NaN : wins / (positives * negatives);
}

/** By rising threshold; `precision` and `recall` have one more entry than `thresholds`: the end, (1, 0). */
export interface PrecisionRecallCurve {
  precision: Float64Array;
  recall: Float64Array;
  thresholds: Float64Array;
}

/** scikit-learn's `precision_recall_curve`. Without a positive row recall is 1 until the end. */
export function precisionRecallCurve(labels: Int32Array, scores: Float64Array): PrecisionRecallCurve {
  const { order, ends } = rankingOf(labels, scores);
  const points: { precision: number; hits: number; threshold: number }[] = [];
  let hits = 0;
  for (let i = 0; i < order.length; i++) {
    if (labels[order[i]] === 1) hits++;
    if (ends[i] === 1) points.push({ precision: hits / (i + 1), hits, threshold: scores[order[i]] });
  }
  points.reverse();
  return {
    precision: Float64Array.from([...points.map((point) => point.precision), 1]),
    recall: Float64Array.from([...points.map((point) => (hits === 0 ? 1 : point.hits / hits)), 0]),
    thresholds: Float64Array.from(points, (point) => point.threshold),
  };
}

/**
 * The threshold with the best F1 on these rows: the first maximum along the precision-recall curve (rising thresholds);
 * predict 1 where score >= threshold. Choose it on training folds, never on the rows that are scored.
 */
export function bestThreshold(labels: Int32Array, scores: Float64Array): { threshold: number; f1: number } {
  const { precision, recall, thresholds } = precisionRecallCurve(labels, scores);
  let best = { threshold: 0.5, f1: -1 };
  for (let i = 0; i < thresholds.length; i++) {
    const both = precision[i] + recall[i];
    const f1 = both === 0 ? 0 : (2 * precision[i] * recall[i]) / both;
    if (f1 > best.f1) best = { threshold: thresholds[i], f1 };
  }
  return { threshold: best.threshold, f1: Math.max(0, best.f1) };
}
