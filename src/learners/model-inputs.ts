import type { Matrix } from "./matrix";

/** The inputs of an exported model and its output, as the ONNX file names them. */
export const INPUT_NAMES = { ids: "ids", weights: "weights", dense: "dense" } as const;
export const OUTPUT_NAME = "probabilities";

/** A model's input: row-major values of this shape; the first dimension is the rows. */
export type ModelInput =
  | { type: "int32"; data: Int32Array; dims: [number, number] }
  | { type: "float32"; data: Float32Array; dims: [number, number] };

/**
 * Encoded rows as the inputs of a model that `src/onnx` wrote: the sparse part padded to the longest row (id 0 with
 * weight 0), the dense part as it is. A part of width 0 is left out, as it is in the model.
 */
export function encodeForModel(matrix: Matrix): Record<string, ModelInput> {
  const inputs: Record<string, ModelInput> = {};
  const { rows, ids, weights, offsets } = matrix;
  if (matrix.sparseWidth > 0) {
    let length = 1;
    for (let row = 0; row < rows; row++) length = Math.max(length, offsets[row + 1] - offsets[row]);
    const padded = { ids: new Int32Array(rows * length), weights: new Float32Array(rows * length) };
    for (let row = 0; row < rows; row++) {
      padded.ids.set(ids.subarray(offsets[row], offsets[row + 1]), row * length);
      padded.weights.set(weights.subarray(offsets[row], offsets[row + 1]), row * length);
    }
    inputs[INPUT_NAMES.ids] = { type: "int32", data: padded.ids, dims: [rows, length] };
    inputs[INPUT_NAMES.weights] = { type: "float32", data: padded.weights, dims: [rows, length] };
  }
  if (matrix.denseWidth > 0) {
    inputs[INPUT_NAMES.dense] = { type: "float32", data: matrix.dense, dims: [rows, matrix.denseWidth] };
  }
  return inputs;
}
