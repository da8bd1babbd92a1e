import { bestThreshold, HIGHER_IS_BETTER, type Metric, scoreClassification, scoreMatching } from "../scoring";
import { log } from "./portable";

/** Picks of the greedy selection. */
const PICKS = 60;
/** A probability of nothing would make the loss infinite. */
const LEAST = 1e-7;

/**
 * Greedy ensemble selection (Caruana et al. 2004), with replacement: starting with the best member, the member is added
 * again and again that lowers the log loss of the mean most. `own` holds, a member each, the probability of every row's
 * label, out of fold: the log loss of a mean needs no other. Yields the share done; returns weights that sum to one.
 */
export function* greedyWeights(own: readonly Float32Array[]): Generator<number, number[]> {
  const rows = own[0].length;
  const sum = new Float64Array(rows);
  const picks = own.map(() => 0);
  let best = { picks: [...picks], loss: Number.POSITIVE_INFINITY };
  for (let pick = 1; pick <= PICKS; pick++) {
    const losses: number[] = [];
    for (const [m, member] of own.entries()) {
      losses.push(lossOf(sum, member, pick));
      yield (pick - 1 + (m + 1) / own.length) / PICKS;
    }
    const chosen = losses.indexOf(Math.min(...losses));
    picks[chosen]++;
    for (let row = 0; row < rows; row++) sum[row] += own[chosen][row];
    if (losses[chosen] < best.loss) best = { picks: [...picks], loss: losses[chosen] };
  }
  const total = best.picks.reduce((all, count) => all + count, 0);
  return best.picks.map((count) => count / total);
}

/** The mean log loss of the mean of `count` picks, the last of which is `member`. */
function lossOf(sum: Float64Array, member: Float32Array, count: number): number {
  let total = 0;
  // The logarithm of a product of a few: a logarithm a row would take most of the time.
  for (let row = 0; row < sum.length; ) {
    let product = 1;
    for (const end = Math.min(sum.length, row + 16); row < end; row++)
      product *= Math.max(LEAST, (sum[row] + member[row]) / count);
    total -= log(product);
  }
  return total / sum.length;
}

/** The probability of every row's label. */
export function ownProbabilities(probabilities: Float32Array, labels: Int32Array, classes: number): Float32Array {
  return Float32Array.from(labels, (label, row) => probabilities[row * classes + label]);
}

/** The weighted mean of the members' probabilities. */
export function mixed(parts: readonly Float32Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(parts[0].length);
  parts.forEach((part, m) => {
    if (weights[m] === 0) return;
    for (let i = 0; i < out.length; i++) out[i] += weights[m] * part[i];
  });
  return out;
}

/** Predictions that may be blended: by split rows x classes, of the training rows out of fold. */
export interface Contestant {
  name: string;
  title: string;
  outOfFold: Float32Array;
  probabilities: Record<string, Float32Array>;
  fitMs: number;
  predictMs: number;
  features: number;
  notes: string[];
}

/** A row of the leaderboard. */
export interface Standing {
  name: string;
  title: string;
  /** In the blend, from 0 to 1. */
  weight: number;
  /** Of the out-of-fold predictions, by the task's metric. */
  score: { metric: string; value: number };
  fitMs: number;
  predictMs: number;
  features: number;
  notes: string[];
}

export interface BlendRequest {
  labels: Int32Array;
  classes: string[];
  metric: string;
  pairs: boolean;
  members: Contestant[];
}

export interface BlendResult {
  standings: Standing[];
  outOfFold: Float64Array;
  probabilities: Record<string, Float64Array>;
}

/** Chooses the weights, blends every split, and scores the members. Yields the share done. */
export function* blend(request: BlendRequest): Generator<number, BlendResult> {
  const { labels, classes, members } = request;
  const own = members.map(({ outOfFold }) => ownProbabilities(outOfFold, labels, classes.length));
  const weights = members.length === 1 ? [1] : yield* greedyWeights(own);
  const mix = (parts: Float32Array[]): Float64Array => rowsOfOne(mixed(parts, weights), classes.length);
  const splits = Object.keys(members[0].probabilities);
  const standings = members.map(({ outOfFold, probabilities: _, ...told }, m): Standing => {
    const value = outOfFoldScore(rowsOfOne(outOfFold, classes.length), request);
    return { ...told, weight: weights[m], score: { metric: request.metric, value } };
  });
  return {
    standings: standings.sort((a, b) => better(request.metric, a.score.value, b.score.value)),
    outOfFold: mix(members.map(({ outOfFold }) => outOfFold)),
    probabilities: Object.fromEntries(
      splits.map((split) => [split, mix(members.map(({ probabilities }) => probabilities[split]))]),
    ),
  };
}

const better = (metric: string, a: number, b: number): number =>
  HIGHER_IS_BETTER[metric as Metric] === false ? a - b : b - a;

/** By the task's metric; for pairs at the threshold that is best on these very rows, as the answer's will be. */
function outOfFoldScore(
  probabilities: Float64Array,
  { labels, classes, metric, pairs }: Pick<BlendRequest, "labels" | "classes" | "metric" | "pairs">,
): number {
  if (!pairs) return scoreClassification({ labels, probabilities, classes }).metrics[metric] ?? Number.NaN;
  const scores = Float64Array.from(labels, (_, row) => probabilities[row * 2 + 1]);
  const { threshold } = bestThreshold(labels, scores);
  return scoreMatching({ labels, scores, threshold }).metrics[metric] ?? Number.NaN;
}

/** In double precision, every row summing to one. */
export function rowsOfOne(values: ArrayLike<number>, classes: number): Float64Array {
  const out = Float64Array.from(values);
  for (let at = 0; at < out.length; at += classes) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += out[at + k];
    for (let k = 0; k < classes; k++) out[at + k] /= total;
  }
  return out;
}
