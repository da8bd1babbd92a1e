import { Fault } from "../../base";

/** Straight RGBA pixels of a square picture, row by row: what `await row.image.rgba(size)` gives. */
export type Pixels = Uint8ClampedArray;

/** Numbers that sum a picture up. Transparent pixels count by their alpha. */
export interface Images {
  /**
   * Mean red, green and blue (0 to 255, weighted by alpha), then the share of the square that is covered (0 to 1).
   * @example images.meanColour(new Uint8ClampedArray([255, 0, 0, 255])) // [255, 0, 0, 1]
   */
  meanColour(pixels: Pixels): number[];
  /**
   * The share of each channel's values in `bins` (4 unless said) equal bins: `3 * bins` numbers, red first; each
   * channel's sum to 1, or are all 0 for a wholly transparent picture.
   * @example images.histogram(new Uint8ClampedArray([255, 0, 0, 255]), 2) // [0, 1, 1, 0, 1, 0]
   */
  histogram(pixels: Pixels, bins?: number): number[];
  /** Difference hash, 64 bits as 16 hex digits (Krawetz 2013): is each of 8 x 8 cells darker than its right neighbour? */
  differenceHash(pixels: Pixels): string;
  /** Average hash, 64 bits as 16 hex digits: is each of 8 x 8 cells as bright as the mean or brighter? */
  averageHash(pixels: Pixels): string;
  /**
   * The number of bits in which two hashes differ, 0 to 64; NaN where one is missing.
   * @example images.hamming("00ff", "00fe") // 1
   */
  hamming(a: string | null | undefined, b: string | null | undefined): number;
}

export const images: Images = {
  meanColour(pixels) {
    const sums = [0, 0, 0];
    let alpha = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const weight = pixels[i + 3];
      alpha += weight;
      for (let channel = 0; channel < 3; channel++) sums[channel] += pixels[i + channel] * weight;
    }
    return [...sums.map((sum) => (alpha === 0 ? 0 : sum / alpha)), alpha / 255 / (pixels.length / 4)];
  },

  histogram(pixels, bins = 4) {
    if (!Number.isInteger(bins) || bins < 1 || bins > 256) {
      throw new Fault("code-argument", `Cannot make a histogram of ${bins} bins`, { hint: "Say 1 to 256 bins." });
    }
    const shares = new Array<number>(3 * bins).fill(0);
    let alpha = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const weight = pixels[i + 3];
      alpha += weight;
      for (let channel = 0; channel < 3; channel++) {
        shares[channel * bins + Math.floor((pixels[i + channel] * bins) / 256)] += weight;
      }
    }
    return alpha === 0 ? shares : shares.map((share) => share / alpha);
  },

  differenceHash(pixels) {
    const cells = greyCells(pixels, 9, 8);
    return hexOf(64, (bit) => {
      const at = Math.floor(bit / 8) * 9 + (bit % 8);
      return cells[at] < cells[at + 1];
    });
  },

  averageHash(pixels) {
    const cells = greyCells(pixels, 8, 8);
    const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
    return hexOf(64, (bit) => cells[bit] >= mean);
  },

  hamming(a, b) {
    if (!a || !b) return Number.NaN;
    let differing = 0;
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      let bits = Number.parseInt(a[i] ?? "0", 16) ^ Number.parseInt(b[i] ?? "0", 16);
      for (; bits; bits &= bits - 1) differing++;
    }
    return differing;
  },
};

/** Luma (ITU-R BT.601, on white) averaged over `width` x `height` cells; pixels on a border count by their share. */
function greyCells(pixels: Pixels, width: number, height: number): Float64Array {
  const size = Math.sqrt(pixels.length / 4);
  if (!Number.isInteger(size) || size === 0) {
    throw new Fault("code-argument", `Cannot hash ${pixels.length} numbers: they are no square picture`, {
      hint: "Pass what `await row.image.rgba(32)` gives.",
    });
  }
  const cells = new Float64Array(width * height);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = (y * size + x) * 4;
      const alpha = pixels[i + 3] / 255;
      const luma = 0.299 * pixels[i] + 0.587 * pixels[i + 1] + 0.114 * pixels[i + 2];
      const grey = luma * alpha + 255 * (1 - alpha);
      for (const [row, tall] of sharesOf(y, size, height))
        for (const [column, wide] of sharesOf(x, size, width)) cells[row * width + column] += grey * tall * wide;
    }
  }
  return cells;
}

/** The cells (of `cells` over `size` pixels) that pixel `at` lies in, each with the share of the cell that it covers. */
function sharesOf(at: number, size: number, cells: number): [cell: number, share: number][] {
  const shares: [number, number][] = [];
  const start = at * cells;
  const end = start + cells;
  for (let cell = Math.floor(start / size); cell * size < end; cell++) {
    shares.push([cell, (Math.min(end, (cell + 1) * size) - Math.max(start, cell * size)) / size]);
  }
  return shares;
}

function hexOf(bits: number, isSet: (bit: number) => boolean): string {
  let hex = "";
  for (let bit = 0; bit < bits; bit += 4) {
    let digit = 0;
    for (let i = 0; i < 4; i++) digit = digit * 2 + (isSet(bit + i) ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}
