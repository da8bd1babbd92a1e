import { addBag } from "./bag-graph";
import type { Graph, Value } from "./graph";
import { addHead, type HeadGraph } from "./head-graph";
import type { MatrixValues } from "./linear-graph";

/** A multilayer perceptron with an embedding bag for its sparse features, as plain numbers. */
export interface MlpGraph {
  denseWidth: number;
  /** Widths of the bag and of the dense features' layer, 0 where there is none. */
  bag: number;
  dense: number;
  /** Sparse features x bag. */
  table: Float32Array;
  /** Dense features x dense. */
  denseWeights: Float32Array;
  /** Of both together. */
  bias: Float32Array;
  head: HeadGraph;
  quantised: boolean;
}

/** Adds the model to a graph, of plain `ai.onnx` operators. Returns probabilities float32 [N, K]. */
export function addMlp(graph: Graph, model: MlpGraph, input: Partial<MatrixValues>): Value {
  const { bag, dense, denseWidth, denseWeights, table, bias, head, quantised } = model;
  const parts: Value[] = [];
  if (bag > 0 && input.ids && input.weights) {
    parts.push(addBag(graph, { table, width: bag, quantised }, input.ids, input.weights));
  }
  if (dense > 0 && input.dense) {
    parts.push(graph.node("MatMul", [input.dense, graph.constant("float32", [denseWidth, dense], denseWeights)]));
  }
  const joined = parts.length === 1 ? parts[0] : graph.node("Concat", parts, { axis: { int: 1 } });
  const first = graph.node("Add", [joined, graph.constant("float32", [1, bag + dense], bias)]);
  return addHead(graph, head, graph.node("Relu", [first]));
}
