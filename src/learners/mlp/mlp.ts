import { createRandom } from "../../base";
import { padded } from "../kernels/nets";
import { priors } from "../linear";
import type { Matrix } from "../matrix";
import { checkLabels, learnerInput } from "../nets/checks";
import { checkFinite, checkWidths } from "../nets/matrix-rows";
import { normaliseRows } from "../nets/normalise-rows";
import { type Training, train } from "../nets/train";
import { log } from "../portable";
import { MlpNetwork, type MlpShape, type MlpWeights } from "./network";
import { checkMlpOptions, type MlpOptions, MOST_TABLE } from "./options";

/** A fitted multilayer perceptron: plain data. */
export interface MlpModel extends MlpShape, MlpWeights {
  training: Training;
}

/** The share of the target that is spread over all classes: a point of accuracy on two of four tasks. */
const SMOOTHING = 0.1;

/** Smoothed targets make a network doubt too much; on every inner split the best temperature was from 0.7 to 0.9. */
const TEMPERATURE = 0.75;

/** The step of the sparse features' vectors, for rows of squared norm 0; it falls with the rows' norm, as in linear. */
const BAG_RATE = 4;

/** How far from zero the vectors start, for rows of squared norm 0. */
const SPREAD = 0.1;

/** The root of the mean square that dense features are scaled to. */
const DENSE_SCALE = 0.3;

/** Rows a prediction: enough for the matrix products, few enough to yield often. */
const ROWS_A_STEP = 128;

/**
 * Fits a multilayer perceptron by mini-batches. Deterministic for a seed, to the last bit on every engine. Yields the share
 * done every few milliseconds.
 * @throws Fault `learner-input` for rows that nothing can be learnt from, `learner-settings`
 */
export function* fitMlp(
  matrix: Matrix,
  labels: Int32Array,
  classes: number,
  options: MlpOptions,
): Generator<number, MlpModel> {
  checkMlpOptions(options);
  checkLabels(labels, classes, matrix.rows);
  checkFinite(matrix, "train");
  const shape = shapeOf(matrix, classes, options);
  const squares = { sparse: meanSquare(matrix.weights, matrix.rows), dense: meanSquare(matrix.dense, matrix.rows) };
  const rates = {
    rate: options.rate,
    bagRate: BAG_RATE / (1 + squares.sparse),
    decay: options.l2,
    dropout: options.dropout,
    smoothing: SMOOTHING,
  };
  const denseScale = squares.dense > 0 ? DENSE_SCALE / Math.sqrt(squares.dense / matrix.denseWidth) : 1;
  const most = Math.min(Math.max(options.batch, ROWS_A_STEP), matrix.rows);
  const network = new MlpNetwork(shape, matrix, most, { labels, rates }, denseScale);
  const logs = Float64Array.from(priors(labels, classes), log);
  network.initialise(createRandom(options.seed), SPREAD / Math.sqrt(1 + squares.sparse), logs);
  const training = yield* train(network, labels, classes, options, TEMPERATURE);
  network.temper(training.temperature);
  return { ...shape, ...network.read(), training };
}

/**
 * Class probabilities, rows x classes; every row sums to one. Yields the share done.
 * @throws Fault `learner-input` for rows of other widths than the training rows', or with numbers that are not finite
 */
export function* predictMlp(model: MlpModel, matrix: Matrix): Generator<number, Float64Array> {
  checkWidths(matrix, model);
  checkFinite(matrix, "predict");
  const { classes } = model;
  const probabilities = new Float64Array(matrix.rows * classes);
  const network = new MlpNetwork(model, matrix, ROWS_A_STEP);
  network.write(model);
  const all = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  for (let from = 0; from < matrix.rows; from += ROWS_A_STEP) {
    probabilities.set(network.predict(all.subarray(from, from + ROWS_A_STEP)), from * classes);
    yield from / matrix.rows;
  }
  return normaliseRows(probabilities, classes);
}

function shapeOf(matrix: Matrix, classes: number, { bag, dense, hidden }: MlpOptions): MlpShape {
  const { sparseWidth, denseWidth } = matrix;
  if (sparseWidth + denseWidth === 0) throw learnerInput("Cannot train: the rows have no features");
  if (sparseWidth * bag > MOST_TABLE) {
    throw learnerInput(
      `Cannot train: vectors of ${bag} numbers for ${sparseWidth} sparse features do not fit into memory`,
      `Use a bag of at most ${Math.floor(MOST_TABLE / sparseWidth / 4) * 4}, or fewer features.`,
    );
  }
  return {
    sparseWidth,
    denseWidth,
    classes,
    bag: sparseWidth > 0 ? padded(bag) : 0,
    dense: denseWidth > 0 ? padded(dense) : 0,
    hidden: hidden.map(padded),
  };
}

/** Of a row. */
function meanSquare(values: Float32Array, rows: number): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total / rows;
}
