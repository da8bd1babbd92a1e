import { createRandom } from "../../base";

/**
 * Principal axes of vectors, each divided by the standard deviation along it: differences that are common among all
 * vectors count little, rare ones much. The cosine of two vectors so transformed tells things apart better than that of
 * the vectors themselves (Jégou and Chum 2012).
 */
export interface Whitening {
  mean: number[];
  /** By falling variance. */
  axes: number[][];
}

export interface Vectors {
  count: number;
  length: number;
  /** Writes vector `i` into `out`. */
  read(i: number, out: Float64Array): void;
}

/** An axis needs so many vectors, or it fits their chance. */
const VECTORS_AN_AXIS = 4;
const ROUNDS = 30;
/** Along axes of less variance than this share of the largest, vectors differ by noise: it is added to every variance. */
const FLOOR = 1e-3;
/** A variance of no more than this share of the squared mean is what rounding leaves of equal vectors. */
const ROUNDING = 1e-12;

/**
 * The first `most` axes, or fewer where the vectors do not give as many, by orthogonal iteration (Golub and Van Loan,
 * Matrix Computations, section 8.2.4). Yields the share done.
 */
export function* fitWhitening(vectors: Vectors, most: number): Generator<number, Whitening> {
  const { length } = vectors;
  if (most === 0) return { mean: [], axes: [] };
  const mean = yield* meanOf(vectors);
  const covariance = yield* covarianceOf(vectors, mean);
  const variance = covariance.reduce((sum, row, i) => sum + row[i], 0);
  const varies = variance > ROUNDING * dot(mean, mean);
  const count = varies ? Math.min(most, length, Math.floor(vectors.count / VECTORS_AN_AXIS)) : 0;
  const random = createRandom(length);
  let axes: Float64Array[] = Array.from({ length: count }, () => Float64Array.from({ length }, () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, axis] of axes.entries()) {
      axes[i] = times(covariance, axis);
      yield 0.5 + (0.5 * round) / ROUNDS;
    }
    axes = orthonormal(axes);
  }
  const variances = axes.map((axis) => dot(axis, times(covariance, axis)));
  return {
    mean: Array.from(mean, rounded),
    axes: axes.map((axis, i) => {
      const scale = 1 / Math.sqrt(variances[i] + FLOOR * variances[0]);
      return Array.from(axis, (value) => rounded(value * scale));
    }),
  };
}

function* meanOf({ count, length, read }: Vectors): Generator<number, Float64Array> {
  const mean = new Float64Array(length);
  const own = new Float64Array(length);
  for (let i = 0; i < count; i++) {
    read(i, own);
    for (let k = 0; k < length; k++) mean[k] += own[k] / count;
    if (i % 256 === 0) yield 0;
  }
  return mean;
}

function* covarianceOf({ count, length, read }: Vectors, mean: Float64Array): Generator<number, Float64Array[]> {
  const covariance = Array.from({ length }, () => new Float64Array(length));
  const own = new Float64Array(length);
  for (let i = 0; i < count; i++) {
    read(i, own);
    for (let k = 0; k < length; k++) own[k] -= mean[k];
    for (let k = 0; k < length; k++) {
      const row = covariance[k];
      const share = own[k] / count;
      if (share !== 0) for (let l = 0; l < length; l++) row[l] += share * own[l];
    }
    if (i % 16 === 0) yield (0.5 * i) / count;
  }
  return covariance;
}

const times = (matrix: Float64Array[], vector: Float64Array): Float64Array =>
  Float64Array.from(matrix, (row) => dot(row, vector));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Modified Gram-Schmidt; what is left of an axis that the ones before it span is no axis. */
function orthonormal(axes: Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const axis of axes) {
    const before = Math.sqrt(dot(axis, axis));
    for (const other of done) {
      const along = dot(axis, other);
      for (let i = 0; i < axis.length; i++) axis[i] -= along * other[i];
    }
    const norm = Math.sqrt(dot(axis, axis));
    if (norm > before * 1e-9) done.push(axis.map((value) => value / norm));
  }
  return done;
}

/** Six digits are as exact as the axes are, and take half the room in a file. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** Writes a vector's places along the axes. */
export type Whiten = (vector: Float32Array, out: Float32Array) => void;

/** Makes the transformation ready for many vectors. */
export function whitener({ mean, axes }: Whitening): Whiten {
  const length = mean.length;
  const flat = Float64Array.from(axes.flat());
  const origin = axes.map((axis) => dot(axis, mean));
  return (vector, out) => {
    for (let axis = 0, at = 0; axis < origin.length; axis++) {
      let even = 0;
      let odd = 0;
      let i = 0;
      for (; i + 1 < length; i += 2, at += 2) {
        even += vector[i] * flat[at];
        odd += vector[i + 1] * flat[at + 1];
      }
      if (i < length) even += vector[i] * flat[at++];
      out[axis] = even + odd - origin[axis];
    }
  };
}

/** Cosine of the first `length` numbers; 0 where either is all zero. */
export function cosine(a: Float32Array, b: Float32Array, length: number): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  const scale = Math.sqrt(aa * bb);
  return scale > 0 ? ab / scale : 0;
}
