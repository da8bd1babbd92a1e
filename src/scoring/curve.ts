import { averagePrecision, curveOf, type PrecisionRecallCurve, rankedCounts, rankingOf } from "./ranking";
import type { ScoredRows } from "./rows";

/** A precision-recall curve with few enough points to draw or to keep as a table. */
export interface DrawnCurve extends PrecisionRecallCurve {
  /**
   * Whether the points are all corners of the curve: it is then drawn in steps, each precision reaching to the next lower
   * recall. Otherwise straight lines between the points are within `TOLERANCE` of the curve.
   */
  steps: boolean;
  averagePrecision: number;
  /** Rows of this class, of all rows: the precision of guessing. */
  share: number;
}

/** A curve of more corners than this is thinned. */
const MOST_CORNERS = 1000;

/** In units of precision and recall: a third of a pixel of a chart 300 pixels wide. */
const TOLERANCE = 0.001;

/** One class against the rest. For matching ask for class 1. */
export function classCurve({ labels, probabilities, classes }: ScoredRows, k: number): DrawnCurve {
  const width = classes.length;
  const own = labels.map((label) => (label === k ? 1 : 0));
  const scores = Float64Array.from(labels, (_, row) => probabilities[row * width + k]);
  let positives = 0;
  for (const label of own) positives += label;
  const ranking = rankingOf(own, scores);
  const counts = rankedCounts(ranking);
  const corners = withoutIntermediate(curveOf(ranking, counts));
  const steps = corners.recall.length <= MOST_CORNERS;
  return {
    ...(steps ? corners : thinned(corners, TOLERANCE)),
    steps,
    averagePrecision: averagePrecision(counts),
    share: positives / labels.length,
  };
}

/** Points between two others of the same recall lie on the line between them (scikit-learn's `drop_intermediate`). */
function withoutIntermediate(curve: PrecisionRecallCurve): PrecisionRecallCurve {
  const { recall } = curve;
  return picked(curve, (i) => i === 0 || recall[i] !== recall[i - 1] || recall[i] !== recall[i + 1]);
}

/** The fewest points, by Ramer's and by Douglas and Peucker's method, from whose line none is further than `tolerance`. */
export function thinned(curve: PrecisionRecallCurve, tolerance: number): PrecisionRecallCurve {
  const { precision, recall } = curve;
  const kept = new Uint8Array(recall.length);
  kept[0] = 1;
  kept[recall.length - 1] = 1;
  const open: [from: number, to: number][] = [[0, recall.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let furthest = from;
    let most = tolerance;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(
        recall[i],
        precision[i],
        recall[from],
        precision[from],
        recall[to],
        precision[to],
      );
      if (distance > most) {
        most = distance;
        furthest = i;
      }
    }
    if (furthest === from) continue;
    kept[furthest] = 1;
    open.push([from, furthest], [furthest, to]);
  }
  return picked(curve, (i) => kept[i] === 1);
}

/** The last point is always kept: it has no threshold. */
function picked(curve: PrecisionRecallCurve, keep: (index: number) => boolean): PrecisionRecallCurve {
  const last = curve.thresholds.length;
  return {
    precision: curve.precision.filter((_, i) => i === last || keep(i)),
    recall: curve.recall.filter((_, i) => i === last || keep(i)),
    thresholds: curve.thresholds.filter((_, i) => keep(i)),
  };
}

function distanceToSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.sqrt((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2);
}
