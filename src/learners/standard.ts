import type { Sink } from "./matrix";

/**
 * Numbers of one length a row (a vector, or a picture's features): each standardised by the training rows and the row
 * scaled by `1 / sqrt(length)`, so that a block weighs about as much as one number whatever its length. A missing row is
 * the training mean, with a flag where training rows had missing ones.
 */
export interface StandardBlock {
  mean: number[];
  deviation: number[];
  flag: boolean;
}

/** So many deviations from the mean, no more. */
export const CLIP = 5;

/** Writes row `row`'s numbers into `out`; false where the row is missing. */
export type ReadRow = (row: number, out: Float64Array) => boolean;

/** Undefined when no row has a value or nothing varies. */
export function fitBlock(rows: number, length: number, read: ReadRow): StandardBlock | undefined {
  const out = new Float64Array(length);
  const sum = new Float64Array(length);
  const squares = new Float64Array(length);
  let present = 0;
  for (let row = 0; row < rows; row++) {
    if (!read(row, out)) continue;
    present++;
    // Welford's update: a difference of large sums would lose the variance.
    for (let i = 0; i < length; i++) {
      const before = out[i] - sum[i];
      sum[i] += before / present;
      squares[i] += before * (out[i] - sum[i]);
    }
  }
  const deviation = Array.from(squares, (square) => (present > 0 ? Math.sqrt(square / present) : 0));
  if (present === 0 || (deviation.every((value) => value === 0) && present === rows)) return undefined;
  return {
    mean: Array.from(sum),
    deviation: deviation.map((value) => (value > 1e-12 ? value : 0)),
    flag: present < rows,
  };
}

export const blockWidth = (block: StandardBlock): number => block.mean.length + (block.flag ? 1 : 0);

export function writeBlock(block: StandardBlock, read: ReadRow): (row: number, sink: Sink) => void {
  const length = block.mean.length;
  const out = new Float64Array(length);
  const scale = 1 / Math.sqrt(length);
  return (row, sink) => {
    if (!read(row, out)) {
      if (block.flag) sink.dense(length, 1);
      return;
    }
    for (let i = 0; i < length; i++) {
      if (block.deviation[i] === 0) continue;
      const standard = (out[i] - block.mean[i]) / block.deviation[i];
      sink.dense(i, Math.min(CLIP, Math.max(-CLIP, standard)) * scale);
    }
  };
}
