/** Rows of numbers as bytes: value = (byte - 128) · the row's scale. */
export interface QuantisedRows {
  width: number;
  bytes: Uint8Array;
  scales: Float32Array;
}

/** The nearest of 255 steps between minus and plus the row's largest magnitude: off by at most half a step, max / 254. */
export function quantiseRows(values: Float32Array, width: number): QuantisedRows {
  const rows = width === 0 ? 0 : values.length / width;
  const bytes = new Uint8Array(values.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let i = row * width; i < (row + 1) * width; i++) largest = Math.max(largest, Math.abs(values[i]));
    scales[row] = largest / 127;
    for (let i = row * width; i < (row + 1) * width; i++) {
      bytes[i] = 128 + (largest === 0 ? 0 : Math.round((values[i] / largest) * 127));
    }
  }
  return { width, bytes, scales };
}

/** The values that the quantised rows stand for, in the same arithmetic as the graph's: single precision. */
export function dequantiseRows({ width, bytes, scales }: QuantisedRows): Float32Array {
  return Float32Array.from(bytes, (byte, i) => (byte - 128) * scales[Math.floor(i / width)]);
}
