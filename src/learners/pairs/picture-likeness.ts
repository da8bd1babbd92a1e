import { IMAGE_FEATURES } from "../image";
import { scaled } from "../steps";
import { cosine, fitWhitening, type Vectors, type Whitening, whitener } from "./whitening";

/** Blocks of `pictureFeatures` (image.ts): from, to. */
const COLOURS = [0, 192] as const;
const COVERAGE = [192, 256] as const;
const GRADIENTS = [256, 400] as const;
const HISTOGRAM = [400, IMAGE_FEATURES] as const;
const GRID = 8;

type Block = readonly [from: number, to: number];

/** What is compared along its principal axes, and how many of them; few axes see the whole, many the details. */
const WHITENED: readonly { block: Block; axes: number; compared: readonly number[] }[] = [
  { block: GRADIENTS, axes: 48, compared: [16, 48] },
  { block: COLOURS, axes: 48, compared: [16, 48] },
  { block: HISTOGRAM, axes: 16, compared: [16] },
];

export const PICTURE_FEATURES = [
  "equal",
  "colour_distance",
  "colour_correlation",
  "mean_colour_distance",
  "coverage_correlation",
  "coverage_iou",
  "coverage_iou_shifted",
  "coverage_difference",
  "gradient_correlation",
  "histogram_overlap",
  "gradient_cosine_whitened_16",
  "gradient_cosine_whitened_48",
  "colour_cosine_whitened_16",
  "colour_cosine_whitened_48",
  "histogram_cosine_whitened",
] as const;

/** Whitenings of the blocks of `WHITENED`, from pictures of the training rows. Yields the share done. */
export function* fitPictures(pictures: readonly Float32Array[]): Generator<number, Whitening[]> {
  const fitted: Whitening[] = [];
  for (const [i, { block, axes }] of WHITENED.entries()) {
    const vectors: Vectors = {
      count: pictures.length,
      length: block[1] - block[0],
      read: (i, out) => out.set(pictures[i].subarray(block[0], block[1])),
    };
    fitted.push(yield* scaled(i / WHITENED.length, (i + 1) / WHITENED.length, fitWhitening(vectors, axes)));
  }
  return fitted;
}

/** A picture as it is compared: its features, and each block's places along the axes. */
export interface PictureProfile {
  features: Float32Array;
  whitened: Float32Array[];
}

/** Makes profiles of pictures' features. */
export function pictureProfiler(whitenings: readonly Whitening[]): (features: Float32Array) => PictureProfile {
  const whiteners = whitenings.map(whitener);
  return (features) => {
    const whitened = WHITENED.map(({ block }, i) => {
      const places = new Float32Array(whitenings[i].axes.length);
      whiteners[i](features.subarray(block[0], block[1]), places);
      return places;
    });
    return { features, whitened };
  };
}

export function pictureLikeness(left: PictureProfile, right: PictureProfile, out: Float32Array): void {
  const [a, b] = [left.features, right.features];
  let at = 0;
  out[at++] = a.every((value, i) => value === b[i]) ? 1 : 0;
  out[at++] = distance(a, b, COLOURS);
  out[at++] = correlation(a, b, COLOURS);
  out[at++] = meanColourDistance(a, b);
  out[at++] = correlation(a, b, COVERAGE);
  out[at++] = coverageIou(a, b, 0, 0);
  out[at++] = shiftedIou(a, b);
  out[at++] = coverageDifference(a, b);
  out[at++] = correlation(a, b, GRADIENTS);
  out[at++] = bhattacharyya(a, b);
  for (const [i, { compared }] of WHITENED.entries()) {
    const [p, q] = [left.whitened[i], right.whitened[i]];
    for (const axes of compared) out[at++] = p.length === 0 ? Number.NaN : cosine(p, q, Math.min(axes, p.length));
  }
}

/** Root of the mean squared difference. */
function distance(a: Float32Array, b: Float32Array, [from, to]: Block): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return Math.sqrt(sum / (to - from));
}

/** Pearson's correlation, -1 to 1; 0 where either block is flat. */
function correlation(a: Float32Array, b: Float32Array, [from, to]: Block): number {
  let meanA = 0;
  let meanB = 0;
  for (let i = from; i < to; i++) {
    meanA += a[i] / (to - from);
    meanB += b[i] / (to - from);
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = from; i < to; i++) {
    const x = a[i] - meanA;
    const y = b[i] - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const scale = Math.sqrt(aa * bb);
  return scale > 1e-9 ? ab / scale : 0;
}

/** Euclidean distance of the mean colours on white, each channel 0 to 1. */
function meanColourDistance(a: Float32Array, b: Float32Array): number {
  const sums = [0, 0, 0];
  for (let i = COLOURS[0]; i < COLOURS[1]; i++) sums[i % 3] += a[i] - b[i];
  return Math.sqrt(sums.reduce((total, sum) => total + sum * sum, 0)) / (GRID * GRID);
}

/** The ink that both cover over the ink of either, 0 to 1, `b` moved by so many cells of the 8 x 8 grid. */
function coverageIou(a: Float32Array, b: Float32Array, dx: number, dy: number): number {
  let shared = 0;
  let either = 0;
  for (let y = 0; y < GRID; y++) {
    const v = y + dy;
    const row = v < 0 || v >= GRID ? -1 : COVERAGE[0] + v * GRID;
    for (let x = 0; x < GRID; x++) {
      const u = x + dx;
      const left = a[COVERAGE[0] + y * GRID + x];
      const right = row < 0 || u < 0 || u >= GRID ? 0 : b[row + u];
      shared += Math.min(left, right);
      either += Math.max(left, right);
    }
  }
  return either === 0 ? 1 : shared / either;
}

/** The best overlap of the moves by a cell at most of either picture, so that left and right may change places. */
function shiftedIou(a: Float32Array, b: Float32Array): number {
  let best = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      best = Math.max(best, coverageIou(a, b, dx, dy), coverageIou(b, a, dx, dy));
    }
  }
  return best;
}

/** How much more of its square the left picture covers, as a share of the larger cover: -1 to 1. */
function coverageDifference(a: Float32Array, b: Float32Array): number {
  let left = 0;
  let right = 0;
  for (let i = COVERAGE[0]; i < COVERAGE[1]; i++) {
    left += a[i];
    right += b[i];
  }
  return left === right ? 0 : (left - right) / Math.max(left, right);
}

/** Overlap of the colour histograms, 0 to 1; they hold square roots, so a dot product is Bhattacharyya's coefficient. */
function bhattacharyya(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = HISTOGRAM[0]; i < HISTOGRAM[1]; i++) sum += a[i] * b[i];
  return sum;
}
