/*
 * What the head sees of a row: the features of each of its pictures, and for every two of them the distance |a - b| and the
 * product a · b of each feature; then a flag for each missing picture. A missing picture's features are 0.
 */

export interface RowShape {
  /** Features a picture. */
  width: number;
  columns: number;
}

const pairsOf = (columns: number): number => (columns * (columns - 1)) / 2;

/** Numbers a row, a multiple of four as `width` is. */
export const rowWidth = ({ width, columns }: RowShape): number =>
  width * (columns + 2 * pairsOf(columns)) + Math.ceil(columns / 4) * 4;

/** `slots`: where each picture of the row lies among `features`, -1 where it is missing. */
export function relate(shape: RowShape, features: Float32Array, slots: Int32Array, out: Float32Array): void {
  const { width, columns } = shape;
  out.fill(0);
  for (let column = 0; column < columns; column++) {
    const from = slots[column] * width;
    if (from >= 0) out.set(features.subarray(from, from + width), column * width);
    else out[out.length - Math.ceil(columns / 4) * 4 + column] = 1;
  }
  let to = columns * width;
  for (let a = 0; a < columns; a++) {
    for (let b = a + 1; b < columns; b++) {
      for (let i = 0; i < width; i++) {
        const [x, y] = [out[a * width + i], out[b * width + i]];
        out[to + i] = Math.abs(x - y);
        out[to + width + i] = x * y;
      }
      to += 2 * width;
    }
  }
}

/** The slopes by the row's numbers, added to the slopes by the features of its pictures. */
export function relateSlopes(
  shape: RowShape,
  features: Float32Array,
  slots: Int32Array,
  slopes: Float32Array,
  featureSlopes: Float32Array,
): void {
  const { width, columns } = shape;
  const featureOf = (column: number, i: number) => (slots[column] >= 0 ? features[slots[column] * width + i] : 0);
  const add = (column: number, i: number, slope: number) => {
    if (slots[column] >= 0) featureSlopes[slots[column] * width + i] += slope;
  };
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < width; i++) add(column, i, slopes[column * width + i]);
  }
  let from = columns * width;
  for (let a = 0; a < columns; a++) {
    for (let b = a + 1; b < columns; b++) {
      for (let i = 0; i < width; i++) {
        const [x, y] = [featureOf(a, i), featureOf(b, i)];
        const apart = x > y ? slopes[from + i] : x < y ? -slopes[from + i] : 0;
        const product = slopes[from + width + i];
        add(a, i, apart + product * y);
        add(b, i, product * x - apart);
      }
      from += 2 * width;
    }
  }
}
