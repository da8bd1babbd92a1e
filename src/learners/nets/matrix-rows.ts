import type { KernelMemory } from "../kernels/memory";
import { type Address, padded } from "../kernels/nets";
import type { Matrix } from "../matrix";
import { learnerInput } from "./checks";

/**
 * Brings rows of a matrix into a kernel's memory, a batch at a time: a small copy beside what is done with them, and the
 * matrix need not lie there twice.
 */
export class MatrixRows {
  readonly ids: Address;
  readonly weights: Address;
  readonly offsets: Address;
  /** Rows x `width`. */
  readonly dense: Address;
  /** The dense width, padded. */
  readonly width: number;
  private readonly entries: number;

  /** At most `most` rows at a time. */
  constructor(
    private readonly memory: KernelMemory,
    private readonly matrix: Matrix,
    most: number,
    private readonly denseScale = 1,
  ) {
    this.entries = Math.min(matrix.ids.length, most * longestRow(matrix));
    this.ids = memory.room(Int32Array, this.entries);
    this.weights = memory.room(Float32Array, this.entries);
    this.offsets = memory.room(Uint32Array, most + 1);
    this.width = padded(matrix.denseWidth);
    this.dense = memory.room(Float32Array, most * this.width);
  }

  load(rows: Int32Array): void {
    const { matrix, memory, width, denseScale } = this;
    const ids = memory.view(Int32Array, this.ids, this.entries);
    const weights = memory.view(Float32Array, this.weights, this.entries);
    const offsets = memory.view(Uint32Array, this.offsets, rows.length + 1);
    let end = 0;
    for (let i = 0; i < rows.length; i++) {
      const [from, to] = [matrix.offsets[rows[i]], matrix.offsets[rows[i] + 1]];
      ids.set(matrix.ids.subarray(from, to), end);
      weights.set(matrix.weights.subarray(from, to), end);
      end += to - from;
      offsets[i + 1] = end;
    }
    if (width === 0) return;
    const dense = memory.view(Float32Array, this.dense, rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      const first = rows[i] * matrix.denseWidth;
      for (let j = 0; j < matrix.denseWidth; j++) dense[i * width + j] = matrix.dense[first + j] * denseScale;
      dense.fill(0, i * width + matrix.denseWidth, (i + 1) * width);
    }
  }
}

export function longestRow({ offsets, rows }: Matrix): number {
  let longest = 0;
  for (let row = 0; row < rows; row++) longest = Math.max(longest, offsets[row + 1] - offsets[row]);
  return longest;
}

/** @throws Fault `learner-input` naming the first row whose numbers are not finite */
export function checkFinite(matrix: Matrix, purpose: "train" | "predict"): void {
  const { dense, denseWidth, weights, offsets } = matrix;
  let at = dense.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw learnerInput(
      `Cannot ${purpose}: row ${Math.floor(at / denseWidth) + 1} holds ${dense[at]} in dense feature ${at % denseWidth}`,
      "Features must be finite numbers; encode missing values before.",
    );
  }
  at = weights.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const row = offsets.findIndex((end) => end > at);
  throw learnerInput(
    `Cannot ${purpose}: row ${row} holds ${weights[at]} as the weight of sparse feature ${matrix.ids[at]}`,
  );
}

/** The same widths as in training. @throws Fault `learner-input` */
export function checkWidths(matrix: Matrix, trained: { sparseWidth: number; denseWidth: number }): void {
  if (matrix.sparseWidth === trained.sparseWidth && matrix.denseWidth === trained.denseWidth) return;
  throw learnerInput(
    `Cannot predict: the rows have ${matrix.sparseWidth} sparse and ${matrix.denseWidth} dense features, the model was trained on ${trained.sparseWidth} and ${trained.denseWidth}`,
    "Encode the rows with the encoder that was fitted in training.",
  );
}
