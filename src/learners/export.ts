import { dequantiseRows, linearToOnnx, quantiseRows } from "../onnx";
import type { Model } from "./fit";
import type { LinearModel } from "./linear";
import { INPUT_NAMES, OUTPUT_NAME } from "./model-inputs";
import type { Sidecar } from "./model-manifest";

export interface ExportOptions {
  name: string;
  inputs: Sidecar["inputs"];
  /** Store sparse weights as bytes: see `linearToOnnx`. */
  quantised: boolean;
}

type LinearFit = Extract<Model, { learner: "linear" }>;

/** A fitted linear model as an .onnx file and the sidecar that makes its inputs of columns. */
export function exportModel(model: LinearFit, options: ExportOptions): { onnx: Uint8Array; sidecar: Sidecar } {
  const { weights, classes, encoder } = model;
  const onnx = linearToOnnx({
    name: options.name,
    classes: classes.length,
    sparse: weights.sparse,
    dense: weights.dense,
    bias: weights.bias,
    quantised: options.quantised,
    names: { ...INPUT_NAMES, output: OUTPUT_NAME },
    metadata: { classes: JSON.stringify(classes) },
  });
  return {
    onnx,
    sidecar: { format: "polytab-sidecar/1", inputs: options.inputs, encoder, classes, output: OUTPUT_NAME },
  };
}

/** The weights that a quantised export stands for: what its probabilities are to be compared with. */
export function quantisedWeights(weights: LinearModel): LinearModel {
  return { ...weights, sparse: dequantiseRows(quantiseRows(weights.sparse, weights.classes)) };
}
