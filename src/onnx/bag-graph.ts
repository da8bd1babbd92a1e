import type { Graph, Value } from "./graph";
import { quantiseRows } from "./quantise";

/** A vector of `width` numbers for each sparse feature. */
export interface BagGraph {
  /** features x width, row-major. */
  table: Float32Array;
  width: number;
  /** Stored as bytes with a scale a row. */
  quantised: boolean;
}

/**
 * The weighted sum of the vectors of each row's sparse features, float32 [N, width]. Gather, then a batched MatMul with the
 * weights: the padded form of ml.md 3.1, the fastest of three and without shape arithmetic.
 */
export function addBag(graph: Graph, bag: BagGraph, ids: Value, weights: Value): Value {
  const gathered = graph.node("Gather", [tableOf(graph, bag), ids], { axis: { int: 0 } });
  const one = graph.constant("int64", [1], [1]);
  const summed = graph.node("MatMul", [graph.node("Unsqueeze", [weights, one]), gathered]);
  return graph.node("Squeeze", [summed, one]);
}

/** ONNX Runtime folds the arithmetic on constants when it loads the model: a run sees single-precision weights. */
function tableOf(graph: Graph, { table, width, quantised }: BagGraph): Value {
  const rows = table.length / width;
  if (!quantised) return graph.constant("float32", [rows, width], table);
  const { bytes, scales } = quantiseRows(table, width);
  const steps = graph.node("Cast", [graph.constant("uint8", [rows, width], bytes)], { to: { int: 1 } });
  const centred = graph.node("Sub", [steps, graph.constant("float32", [1], [128])]);
  return graph.node("Mul", [centred, graph.constant("float32", [rows, 1], scales)]);
}
