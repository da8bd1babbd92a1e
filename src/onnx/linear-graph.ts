import type { Graph, Value } from "./graph";
import { type QuantisedRows, quantiseRows } from "./quantise";

/** A linear classifier over padded sparse rows and dense rows, as plain numbers. */
export interface LinearGraph {
  classes: number;
  /** features x classes, row-major; empty where there is no sparse part. */
  sparse: Float32Array;
  /** features x classes, row-major; empty where there is no dense part. */
  dense: Float32Array;
  bias: Float32Array;
  /** Store the sparse weights as bytes with a scale a row: a quarter of the size, probabilities off by some thousandths. */
  quantised: boolean;
}

/** An encoded matrix inside a graph: `ids` int32 [N, L] and `weights` float32 [N, L], `dense` float32 [N, F]. */
export interface MatrixValues {
  ids: Value;
  weights: Value;
  dense: Value;
}

/**
 * Adds the model to a graph, of plain `ai.onnx` operators, so that WebAssembly and WebGPU run it alike. Sparse rows are
 * padded with id 0 and weight 0. Returns softmax probabilities float32 [N, K]. The embedding bag is Gather, then a batched
 * MatMul with the weights (the padded form of ml.md 3.1, the fastest of three and without shape arithmetic).
 */
export function addLinear(graph: Graph, model: LinearGraph, input: Partial<MatrixValues>): Value {
  const { classes, dense, sparse, bias } = model;
  let logits: Value = graph.constant("float32", [1, classes], bias);
  if (sparse.length > 0 && input.ids && input.weights) {
    const gathered = graph.node("Gather", [sparseTable(graph, model), input.ids], { axis: { int: 0 } });
    const one = graph.constant("int64", [1], [1]);
    const summed = graph.node("MatMul", [graph.node("Unsqueeze", [input.weights, one]), gathered]);
    logits = graph.node("Add", [graph.node("Squeeze", [summed, one]), logits]);
  }
  if (dense.length > 0 && input.dense) {
    const table = graph.constant("float32", [dense.length / classes, classes], dense);
    logits = graph.node("Add", [graph.node("MatMul", [input.dense, table]), logits]);
  }
  return graph.node("Softmax", [logits], { axis: { int: -1 } });
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
