import { createRandom, shuffle } from "../base";
import { LINEAR_WASM } from "./kernels/linear.wasm";
import { KernelMemory } from "./kernels/memory";
import { type Matrix, meanSquaredNorm } from "./matrix";
import { log } from "./portable";

/** logits = bias + sparse row · sparse weights + dense row · dense weights. Both are features x classes, row-major. */
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

interface Kernel {
  /** See assembly/linear.ts. */
  descend(...addressesAndNumbers: number[]): number;
  predict(...addressesAndNumbers: number[]): void;
  multiply(at: number, count: number, factor: number): void;
}

/** So many multiplications lie between two yields: about three milliseconds. */
const WORK_A_STEP = 3_000_000;

/** The shared factor of the weights is worked into them before it gets too small for single precision. */
const LEAST_FACTOR = 1e-4;

/**
 * Multinomial logistic regression by stochastic gradient descent with linearly falling steps, which beat AdaGrad and
 * reached scikit-learn's saga in our measurements. The penalty is a factor shared by all weights, so that a step costs
 * only the features of its row. Fits on the rows of the matrix that are listed. Deterministic for a seed: the loops are
 * WebAssembly, whose arithmetic is the same everywhere. Yields the share done.
 */
export function* fitLinear(
  matrix: Matrix,
  labels: Int32Array,
  classes: number,
  options: LinearOptions,
  rows: Int32Array = allRows(matrix.rows),
): Generator<number, LinearModel> {
  const memory = new KernelMemory();
  const { descend, multiply } = memory.kernel<Kernel>(LINEAR_WASM);
  const width = padded(classes);
  const inputs = placed(memory, matrix);
  const sparse = memory.room(Float32Array, matrix.sparseWidth * width);
  const dense = memory.room(Float32Array, matrix.denseWidth * width);
  const bias = memory.put(spread(Float32Array.from(logPriors(labels, classes, rows)), classes));
  const scratch = memory.room(Float32Array, width);
  const own = memory.put(labels);
  const at = memory.room(Int32Array, rows.length);
  const order = Int32Array.from(rows);
  const random = createRandom(options.seed);
  const steps = options.epochs * rows.length;
  const { l2 } = options;
  // A step's penalty must not turn the weights' sign.
  const firstRate = Math.min(options.rate / (1 + meanSquaredNorm(matrix)), 0.5 / l2);
  const chunk = Math.min(rowsAStep(matrix, 2 * width), Math.max(1, Math.floor(1 / (firstRate * l2 + 1e-12))));
  let factor = 1;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    memory.view(Int32Array, at, order.length).set(order);
    for (let from = 0; from < order.length; from += chunk) {
      const to = Math.min(order.length, from + chunk);
      const rate = firstRate * (1 - (epoch * order.length + from) / steps);
      const { ids, values, offsets, cells } = inputs;
      factor = descend(
        ...[at, from, to, own, ids, values, offsets, sparse, cells, matrix.denseWidth, dense, bias],
        ...[classes, width, scratch, rate, firstRate / steps, l2, factor],
      );
      if (factor < LEAST_FACTOR) {
        multiply(sparse, matrix.sparseWidth * width, factor);
        multiply(dense, matrix.denseWidth * width, factor);
        factor = 1;
      }
      yield (epoch * order.length + to) / steps;
    }
  }
  multiply(sparse, matrix.sparseWidth * width, factor);
  multiply(dense, matrix.denseWidth * width, factor);
  const read = (address: number, features: number) =>
    packed(memory.view(Float32Array, address, features * width), classes);
  return {
    classes,
    bias: read(bias, 1),
    sparse: read(sparse, matrix.sparseWidth),
    dense: read(dense, matrix.denseWidth),
  };
}

/** Class probabilities, rows x classes. Yields the share done. */
export function* predictLinear(model: LinearModel, matrix: Matrix): Generator<number, Float64Array> {
  const { classes } = model;
  const memory = new KernelMemory();
  const { predict } = memory.kernel<Kernel>(LINEAR_WASM);
  const width = padded(classes);
  const { ids, values, offsets, cells } = placed(memory, matrix);
  const sparse = memory.put(spread(model.sparse, classes));
  const dense = memory.put(spread(model.dense, classes));
  const bias = memory.put(spread(model.bias, classes));
  const chunk = rowsAStep(matrix, width);
  const out = memory.room(Float32Array, chunk * width);
  const probabilities = new Float64Array(matrix.rows * classes);
  for (let from = 0; from < matrix.rows; from += chunk) {
    const to = Math.min(matrix.rows, from + chunk);
    predict(from, to, ids, values, offsets, sparse, cells, matrix.denseWidth, dense, bias, classes, width, out);
    normalise(memory.view(Float32Array, out, (to - from) * width), width, probabilities, from, classes);
    yield to / matrix.rows;
  }
  return probabilities;
}

/** To doubles that sum to one in double precision. */
function normalise(from: Float32Array, width: number, to: Float64Array, firstRow: number, classes: number): void {
  for (let at = 0, row = firstRow; at < from.length; at += width, row++) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += from[at + k];
    for (let k = 0; k < classes; k++) to[row * classes + k] = from[at + k] / total;
  }
}

/** Puts a matrix into a kernel's memory: the addresses of its parts. */
export function placed(memory: KernelMemory, matrix: Matrix) {
  return {
    ids: memory.put(matrix.ids),
    values: memory.put(matrix.weights),
    offsets: memory.put(matrix.offsets),
    cells: memory.put(matrix.dense),
  };
}

/** A kernel works on whole vectors of four. */
export const padded = (classes: number): number => Math.ceil(classes / 4) * 4;

function spread(values: Float32Array, classes: number): Float32Array {
  const width = padded(classes);
  if (width === classes) return values;
  const out = new Float32Array((values.length / classes) * width);
  for (let from = 0, to = 0; from < values.length; from += classes, to += width)
    out.set(values.subarray(from, from + classes), to);
  return out;
}

export function packed(values: Float32Array, classes: number): Float32Array {
  const width = padded(classes);
  if (width === classes) return values.slice();
  const out = new Float32Array((values.length / width) * classes);
  for (let from = 0, to = 0; from < values.length; from += width, to += classes)
    out.set(values.subarray(from, from + classes), to);
  return out;
}

export function rowsAStep(matrix: Matrix, width: number): number {
  const row = matrix.ids.length / Math.max(1, matrix.rows) + matrix.denseWidth + 4;
  return Math.max(1, Math.floor(WORK_A_STEP / (row * width)));
}

export const allRows = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

export function logPriors(labels: Int32Array, classes: number, rows: Int32Array): Float64Array {
  return Float64Array.from(
    priors(
      rows.map((row) => labels[row]),
      classes,
    ),
    log,
  );
}

/** Class shares with one row added to every class, so that a class unseen in training keeps a small probability. */
export function priors(labels: Int32Array, classes: number): Float64Array {
  const shares = new Float64Array(classes).fill(1 / (labels.length + classes));
  for (const label of labels) shares[label] += 1 / (labels.length + classes);
  return shares;
}
