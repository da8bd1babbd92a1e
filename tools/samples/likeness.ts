import { type Picture, SIDE } from "./raster";

const CELLS = 8;

/** A picture on white as 8 x 8 mean colours, 192 numbers in [0, 1]: enough to tell which pictures look alike. */
export function thumbnail({ rgba }: Pick<Picture, "rgba">): Float32Array {
  const out = new Float32Array(CELLS * CELLS * 3);
  const step = SIDE / CELLS;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = (y * SIDE + x) * 4;
      const alpha = rgba[at + 3] / 255;
      const cell = (Math.floor(y / step) * CELLS + Math.floor(x / step)) * 3;
      for (let c = 0; c < 3; c++) out[cell + c] += (rgba[at + c] * alpha) / 255 + (1 - alpha);
    }
  }
  return out.map((sum) => sum / (step * step));
}

/** Squared Euclidean distance of two thumbnails. */
export function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
