import { halfTurn } from "./portable";

/** Pictures are resized to this many pixels a side before features are taken of them. */
export const IMAGE_SIZE = 32;

const GRID = 8;
const ORIENTATIONS = 9;
const CELLS = 4;
const LEVELS = 4;

/** Features of a picture, in this order; see `pictureFeatures`. */
const COLOURS = GRID * GRID * 3;
const COVERAGE = GRID * GRID;
const GRADIENTS = CELLS * CELLS * ORIENTATIONS;
const HISTOGRAM = LEVELS ** 3;
export const IMAGE_FEATURES = COLOURS + COVERAGE + GRADIENTS + HISTOGRAM;

/**
 * 464 numbers for a picture of 32 x 32 straight RGBA: 8 x 8 mean colours on white; 8 x 8 mean alpha; histograms of
 * unsigned gradient orientations (9) of the lightness in 4 x 4 cells, each cell scaled by its neighbourhood's energy (HOG,
 * Dalal and Triggs 2005); and a 4 x 4 x 4 colour histogram weighted by alpha. Histograms are square-rooted (Hellinger).
 */
export function pictureFeatures(pixels: Uint8ClampedArray): Float64Array {
  const out = new Float64Array(IMAGE_FEATURES);
  const lightness = new Float64Array(IMAGE_SIZE * IMAGE_SIZE);
  const share = (GRID / IMAGE_SIZE) ** 2;
  let covered = 0;
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let x = 0; x < IMAGE_SIZE; x++) {
      const at = (y * IMAGE_SIZE + x) * 4;
      const alpha = pixels[at + 3] / 255;
      const cell = Math.floor((y * GRID) / IMAGE_SIZE) * GRID + Math.floor((x * GRID) / IMAGE_SIZE);
      let bin = 0;
      let light = 0;
      for (let channel = 0; channel < 3; channel++) {
        const onWhite = (pixels[at + channel] / 255) * alpha + 1 - alpha;
        out[cell * 3 + channel] += onWhite * share;
        light += onWhite * LIGHTNESS[channel];
        bin = bin * LEVELS + Math.min(LEVELS - 1, Math.floor((pixels[at + channel] * LEVELS) / 256));
      }
      out[COLOURS + cell] += alpha * share;
      out[COLOURS + COVERAGE + GRADIENTS + bin] += alpha;
      covered += alpha;
      lightness[y * IMAGE_SIZE + x] = light;
    }
  }
  orientations(lightness, out.subarray(COLOURS + COVERAGE, COLOURS + COVERAGE + GRADIENTS));
  for (let i = COLOURS + COVERAGE + GRADIENTS; i < IMAGE_FEATURES; i++) out[i] = Math.sqrt(out[i] / (covered || 1));
  return out;
}

/** Rec. 601 luma. */
const LIGHTNESS = [0.299, 0.587, 0.114];

function orientations(lightness: Float64Array, out: Float64Array): void {
  const at = (x: number, y: number) =>
    lightness[Math.min(IMAGE_SIZE - 1, Math.max(0, y)) * IMAGE_SIZE + Math.min(IMAGE_SIZE - 1, Math.max(0, x))];
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let x = 0; x < IMAGE_SIZE; x++) {
      const dx = at(x + 1, y) - at(x - 1, y);
      const dy = at(x, y + 1) - at(x, y - 1);
      const strength = Math.sqrt(dx * dx + dy * dy);
      if (strength === 0) continue;
      const position = halfTurn(dx, dy) * ORIENTATIONS;
      const low = Math.floor(position) % ORIENTATIONS;
      const upper = position - Math.floor(position);
      const cell = Math.floor((y * CELLS) / IMAGE_SIZE) * CELLS + Math.floor((x * CELLS) / IMAGE_SIZE);
      out[cell * ORIENTATIONS + low] += strength * (1 - upper);
      out[cell * ORIENTATIONS + ((low + 1) % ORIENTATIONS)] += strength * upper;
    }
  }
  const energy = cellEnergies(out);
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    for (let i = 0; i < ORIENTATIONS; i++) {
      const index = cell * ORIENTATIONS + i;
      out[index] = Math.sqrt(out[index] / (energy[cell] + 0.5));
    }
  }
}

/** The mean strength of each cell and its up to eight neighbours. */
function cellEnergies(histograms: Float64Array): Float64Array {
  const own = new Float64Array(CELLS * CELLS);
  histograms.forEach((value, i) => {
    own[Math.floor(i / ORIENTATIONS)] += value;
  });
  return Float64Array.from(own, (_, cell) => {
    const cx = cell % CELLS;
    const cy = Math.floor(cell / CELLS);
    let total = 0;
    let cells = 0;
    for (let y = Math.max(0, cy - 1); y <= Math.min(CELLS - 1, cy + 1); y++) {
      for (let x = Math.max(0, cx - 1); x <= Math.min(CELLS - 1, cx + 1); x++) {
        total += own[y * CELLS + x];
        cells++;
      }
    }
    return total / cells;
  });
}

/** What `pictureSummary` says, in its order. */
export const SUMMARY_NAMES = ["red", "green", "blue", "coverage", "edges"] as const;

/** Mean colour on white, mean alpha, and the mean strength of the gradient histograms, of a picture's features. */
export function pictureSummary(features: ArrayLike<number>): number[] {
  const out = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < COVERAGE; cell++) {
    for (let channel = 0; channel < 3; channel++) out[channel] += features[cell * 3 + channel] / COVERAGE;
    out[3] += features[COLOURS + cell] / COVERAGE;
  }
  for (let i = 0; i < GRADIENTS; i++) out[4] += features[COLOURS + COVERAGE + i] / GRADIENTS;
  return out;
}
