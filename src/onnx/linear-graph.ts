import { Graph, type Value } from "./graph";
import { type QuantisedRows, quantiseRows } from "./quantise";

/** A linear classifier over padded sparse rows and dense rows, as plain numbers. */
export interface LinearGraph {
  name: string;
  classes: number;
  /** features x classes, row-major; empty where there is no sparse part. */
  sparse: Float32Array;
  /** classes x features, row-major; empty where there is no dense part. */
  dense: Float32Array;
  bias: Float32Array;
  /** Store the sparse weights as bytes with a scale a row: a quarter of the size, probabilities off by some thousandths. */
  quantised: boolean;
  /** The names of inputs and output in the file. */
  names: { ids: string; weights: string; dense: string; output: string };
  metadata?: Record<string, string>;
}

/**
 * The model as an .onnx file of plain `ai.onnx` operators, so that WebAssembly and WebGPU run it alike.
 *
 * Inputs: `ids` int32 [N, L] and `weights` float32 [N, L], padded with id 0 and weight 0; `dense` float32 [N, F]. A part
 * without weights has no input. Output: softmax probabilities float32 [N, K]. The embedding bag is Gather, then a batched
 * MatMul with the weights (the padded form of ml.md 3.1, the fastest of three and without shape arithmetic).
 */
export function linearToOnnx(model: LinearGraph): Uint8Array {
  const { classes, names, dense, sparse, bias } = model;
  if (sparse.length + dense.length === 0) throw new Error("a linear model without weights");
  const graph = new Graph(model.name);
  let logits: Value | undefined;
  if (sparse.length > 0) {
    const ids = graph.input(names.ids, "int32", ["N", "L"]);
    const weights = graph.input(names.weights, "float32", ["N", "L"]);
    const gathered = graph.node("Gather", [sparseTable(graph, model), ids], { axis: { int: 0 } });
    const one = graph.constant("int64", [1], [1]);
    const summed = graph.node("MatMul", [graph.node("Unsqueeze", [weights, one]), gathered]);
    logits = graph.node("Squeeze", [summed, one]);
  }
  const shift = graph.constant("float32", [classes], bias);
  if (dense.length > 0) {
    const features = dense.length / classes;
    const input = graph.input(names.dense, "float32", ["N", features]);
    const table = graph.constant("float32", [classes, features], dense);
    const product = graph.node("Gemm", [input, table, shift], { transB: { int: 1 } });
    logits = logits === undefined ? product : graph.node("Add", [logits, product]);
  } else if (logits !== undefined) logits = graph.node("Add", [logits, shift]);
  if (logits === undefined) throw new Error("a linear model without weights");
  graph.node("Softmax", [logits], { axis: { int: -1 } }, names.output);
  graph.output(names.output, "float32", ["N", classes]);
  return graph.build(model.metadata);
}

/** ONNX Runtime folds the arithmetic on constants when it loads the model: a run sees single-precision weights. */
function sparseTable(graph: Graph, { sparse, classes, quantised }: LinearGraph): Value {
  const rows = sparse.length / classes;
  if (!quantised) return graph.constant("float32", [rows, classes], sparse);
  const { bytes, scales }: QuantisedRows = quantiseRows(sparse, classes);
  const steps = graph.node("Cast", [graph.constant("uint8", [rows, classes], bytes)], { to: { int: 1 } });
  const centred = graph.node("Sub", [steps, graph.constant("float32", [1], [128])]);
  return graph.node("Mul", [centred, graph.constant("float32", [rows, 1], scales)]);
}
