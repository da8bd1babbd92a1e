import { createRandom, shuffle } from "../base";
import { type Matrix, meanSquaredNorm } from "./matrix";
import { expOfNegative, log } from "./portable";

/**
 * logits = bias + sparse row · sparse weights + dense row · dense weights. Sparse weights are features x classes, dense
 * weights classes x features, both row-major: the inner loops run along memory either way.
 */
export interface LinearModel {
  classes: number;
  bias: Float32Array;
  sparse: Float32Array;
  dense: Float32Array;
}

export interface LinearOptions {
  epochs: number;
  /** The first step, for rows of mean squared norm 1; steps fall linearly to zero. */
  rate: number;
  /** Strength of the quadratic penalty on the weights (not the bias), as a share of the mean loss. */
  l2: number;
  seed: number;
}

const ROWS_A_STEP = 64;

/**
 * Multinomial logistic regression by stochastic gradient descent with linearly falling steps, which beat AdaGrad and
 * reached scikit-learn's saga in our measurements. The penalty is a factor shared by all weights, so that a step costs
 * only the features of its row. Deterministic for a seed. Yields the share done.
 */
export function* fitLinear(
  matrix: Matrix,
  labels: Int32Array,
  classes: number,
  options: LinearOptions,
): Generator<number, LinearModel> {
  const { ids, weights, offsets, dense: cells, denseWidth, rows } = matrix;
  const sparse = new Float32Array(matrix.sparseWidth * classes);
  const dense = new Float32Array(denseWidth * classes);
  const bias = logPriors(labels, classes);
  const order = Uint32Array.from(labels.keys());
  const random = createRandom(options.seed);
  const gradient = new Float64Array(classes);
  const firstRate = options.rate / (1 + meanSquaredNorm(matrix));
  const steps = options.epochs * rows;
  let factor = 1;
  for (let step = 0; step < steps; step++) {
    if (step % rows === 0) shuffle(order, random);
    const row = order[step % rows];
    const rate = firstRate * (1 - step / steps);
    logitsOf(matrix, row, classes, sparse, dense, gradient);
    for (let k = 0; k < classes; k++) gradient[k] = bias[k] + factor * gradient[k];
    softmax(gradient);
    gradient[labels[row]] -= 1;
    factor *= 1 - rate * options.l2;
    const pace = rate / factor;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const move = pace * weights[i];
      for (let k = 0, to = ids[i] * classes; k < classes; k++, to++) sparse[to] -= move * gradient[k];
    }
    const first = row * denseWidth;
    for (let k = 0, to = 0; k < classes; k++) {
      const move = pace * gradient[k];
      for (let i = first; i < first + denseWidth; i++, to++) dense[to] -= move * cells[i];
    }
    for (let k = 0; k < classes; k++) bias[k] -= rate * gradient[k];
    if (factor < 1e-4) {
      scale(sparse, factor);
      scale(dense, factor);
      factor = 1;
    }
    if (step % ROWS_A_STEP === 0) yield step / steps;
  }
  scale(sparse, factor);
  scale(dense, factor);
  return { classes, bias: Float32Array.from(bias), sparse, dense };
}

/** Class probabilities, rows x classes. Yields the share done. */
export function* predictLinear(model: LinearModel, matrix: Matrix): Generator<number, Float64Array> {
  const { classes, bias, sparse, dense } = model;
  const probabilities = new Float64Array(matrix.rows * classes);
  for (let row = 0; row < matrix.rows; row++) {
    const out = probabilities.subarray(row * classes, (row + 1) * classes);
    logitsOf(matrix, row, classes, sparse, dense, out);
    for (let k = 0; k < classes; k++) out[k] += bias[k];
    softmax(out);
    if (row % ROWS_A_STEP === 0) yield row / matrix.rows;
  }
  return probabilities;
}

/** The row's sums over features, without the bias. */
function logitsOf(
  { ids, weights, offsets, dense: cells, denseWidth }: Matrix,
  row: number,
  classes: number,
  sparse: Float32Array,
  dense: Float32Array,
  out: Float64Array,
): void {
  out.fill(0);
  for (let i = offsets[row]; i < offsets[row + 1]; i++) {
    const weight = weights[i];
    for (let k = 0, from = ids[i] * classes; k < classes; k++, from++) out[k] += weight * sparse[from];
  }
  const first = row * denseWidth;
  for (let k = 0, from = 0; k < classes; k++) {
    // Two sums, so that one addition need not wait for the other.
    let even = 0;
    let odd = 0;
    let i = 0;
    for (; i + 1 < denseWidth; i += 2, from += 2) {
      even += cells[first + i] * dense[from];
      odd += cells[first + i + 1] * dense[from + 1];
    }
    if (i < denseWidth) even += cells[first + i] * dense[from++];
    out[k] += even + odd;
  }
}

/** In place, shifted by the largest logit. */
export function softmax(values: Float64Array): void {
  let largest = values[0];
  for (const value of values) if (value > largest) largest = value;
  let total = 0;
  for (let k = 0; k < values.length; k++) {
    values[k] = expOfNegative(values[k] - largest);
    total += values[k];
  }
  for (let k = 0; k < values.length; k++) values[k] /= total;
}

function logPriors(labels: Int32Array, classes: number): Float64Array {
  return Float64Array.from(priors(labels, classes), log);
}

/** Class shares with one row added to every class, so that a class unseen in training keeps a small probability. */
export function priors(labels: Int32Array, classes: number): Float64Array {
  const shares = new Float64Array(classes).fill(1 / (labels.length + classes));
  for (const label of labels) shares[label] += 1 / (labels.length + classes);
  return shares;
}

function scale(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}
