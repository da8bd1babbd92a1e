import { createRandom, shuffle } from "../../base";
import { priors } from "../linear";
import { type Matrix, pickMatrix } from "../matrix";
import { checkLabels, checkRange, learnerInput } from "../nets/checks";
import { holdOut } from "../nets/holdout";
import { checkFinite, checkWidths } from "../nets/matrix-rows";
import { type Asked, chooseVoting, LOOKED_AT } from "./choose";
import { createSimilarity, unitRows } from "./similarity";
import { largest, type Voting, vote } from "./votes";

export interface KnnOptions {
  /** How many neighbours vote; `auto` chooses by leaving one out. */
  neighbours: number | "auto";
  seed: number;
}

/** A fitted nearest-neighbour classifier: plain data. */
export interface KnnModel extends Voting {
  classes: number;
  sparseWidth: number;
  denseWidth: number;
  /** The training rows, each of norm 1. */
  stored: Matrix;
  labels: Int32Array;
  /** The classes' shares in training. */
  priors: Float64Array;
  /** What a reader should know. */
  notes: string[];
}

/** So many training rows are predicted from the others to choose the voting. */
const MOST_ASKED = 1500;

/** So many numbers (sparse entries and dense cells) are stored; of larger data a sample of the rows. */
export const MOST_STORED = 40_000_000;

/**
 * Stores the training rows and chooses how many neighbours vote, how fast a vote falls with the cosine, and how much the
 * classes' shares weigh, by the log loss of (at most 1,500 seeded) training rows predicted from all others. Yields the
 * share done.
 * @throws Fault `learner-input` for rows that nothing can be learnt from, `learner-settings`
 */
export function* fitKnn(
  matrix: Matrix,
  labels: Int32Array,
  classes: number,
  { neighbours, seed }: KnnOptions,
): Generator<number, KnnModel> {
  if (neighbours !== "auto") checkRange("neighbours", neighbours, 1, 10_000);
  checkLabels(labels, classes, matrix.rows);
  checkFinite(matrix, "train");
  const { sparseWidth, denseWidth } = matrix;
  if (sparseWidth + denseWidth === 0) throw learnerInput("Cannot train: the rows have no features");
  const random = createRandom(seed);
  const kept = keptRows(matrix, labels, classes, random);
  const stored = unitRows(kept.length < matrix.rows ? pickMatrix(matrix, kept) : matrix);
  const own = Int32Array.from(kept, (row) => labels[row]);
  const shares = priors(labels, classes);
  const rows = shuffle(Int32Array.from(own.keys()), random).slice(0, MOST_ASKED).sort();
  const asked = yield* neighboursOf(stored, own, shares, rows, neighbours === "auto" ? LOOKED_AT : 2 * neighbours);
  const choosing = chooseVoting(asked, neighbours);
  let step = choosing.next();
  for (; !step.done; step = choosing.next()) yield 0.8 + 0.2 * step.value;
  return {
    classes,
    sparseWidth,
    denseWidth,
    ...step.value,
    stored,
    labels: own,
    priors: shares,
    notes:
      kept.length < matrix.rows
        ? [`knn keeps a seeded sample of ${kept.length} of the ${matrix.rows} training rows: all would not fit`]
        : [],
  };
}

/** All rows, or a stratified sample of as many as are stored. */
function keptRows(matrix: Matrix, labels: Int32Array, classes: number, random: () => number): Int32Array {
  const numbers = matrix.ids.length + matrix.dense.length;
  if (numbers <= MOST_STORED) return Int32Array.from(labels.keys());
  return holdOut(labels, classes, MOST_STORED / numbers, random).held;
}

/** The nearest other rows of each of `rows`. */
function* neighboursOf(
  stored: Matrix,
  labels: Int32Array,
  shares: Float64Array,
  rows: Int32Array,
  count: number,
): Generator<number, Asked[]> {
  const similarity = createSimilarity(stored, pickMatrix(stored, rows));
  const asked: Asked[] = [];
  for (let from = 0; from < rows.length; from += similarity.block) {
    const to = Math.min(rows.length, from + similarity.block);
    similarity.between(from, to).forEach((cosines, i) => {
      const row = rows[from + i];
      asked.push(nearestOthers(cosines, labels, row, count, shares[labels[row]]));
    });
    yield (0.8 * from) / rows.length;
  }
  return asked;
}

/** `cosines` loses the row's own. */
function nearestOthers(cosines: Float32Array, labels: Int32Array, row: number, count: number, prior: number): Asked {
  cosines[row] = Number.NEGATIVE_INFINITY;
  const near = largest(cosines, Math.min(count, cosines.length - 1), new Float32Array(count)).slice();
  const least = near[near.length - 1];
  const rows: number[] = [];
  for (let other = 0; other < cosines.length; other++) if (cosines[other] >= least && other !== row) rows.push(other);
  // Equal similarities in the order of the rows.
  rows.sort((a, b) => cosines[b] - cosines[a] || a - b);
  return {
    similarities: near,
    same: Uint8Array.from(rows.slice(0, near.length), (other) => (labels[other] === labels[row] ? 1 : 0)),
    prior,
  };
}

/**
 * Class probabilities, rows x classes; every row sums to one. Yields the share done.
 * @throws Fault `learner-input` for rows of other widths than the training rows', or with numbers that are not finite
 */
export function* predictKnn(model: KnnModel, matrix: Matrix): Generator<number, Float64Array> {
  checkWidths(matrix, model);
  checkFinite(matrix, "predict");
  const { classes, stored, labels } = model;
  const probabilities = new Float64Array(matrix.rows * classes);
  const heap = new Float32Array(model.neighbours);
  const similarity = createSimilarity(stored, unitRows(matrix));
  for (let from = 0; from < matrix.rows; from += similarity.block) {
    const to = Math.min(matrix.rows, from + similarity.block);
    similarity.between(from, to).forEach((cosines, i) => {
      const out = probabilities.subarray((from + i) * classes, (from + i + 1) * classes);
      vote(cosines, labels, model.priors, model, heap, out);
    });
    yield from / matrix.rows;
  }
  return probabilities;
}
