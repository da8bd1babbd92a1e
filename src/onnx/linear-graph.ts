import { addBag } from "./bag-graph";
import type { Graph, Value } from "./graph";

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
 * padded with id 0 and weight 0. Returns softmax probabilities float32 [N, K].
 */
export function addLinear(graph: Graph, model: LinearGraph, input: Partial<MatrixValues>): Value {
  const { classes, dense, sparse, bias, quantised } = model;
  let logits: Value = graph.constant("float32", [1, classes], bias);
  if (sparse.length > 0 && input.ids && input.weights) {
    const bag = addBag(graph, { table: sparse, width: classes, quantised }, input.ids, input.weights);
    logits = graph.node("Add", [bag, logits]);
  }
  if (dense.length > 0 && input.dense) {
    const table = graph.constant("float32", [dense.length / classes, classes], dense);
    logits = graph.node("Add", [graph.node("MatMul", [input.dense, table]), logits]);
  }
  return graph.node("Softmax", [logits], { axis: { int: -1 } });
}
