import type { Graph, Value } from "./graph";

/** Hidden layers with rectifier, and a linear path beside them. Matrices are inputs x outputs, row-major. */
export interface HeadGraph {
  inputs: number;
  hidden: readonly number[];
  classes: number;
  layers: readonly { weights: Float32Array; bias: Float32Array }[];
  /** inputs x classes. */
  skip: Float32Array;
}

/** Adds the head over `input` float32 [N, inputs]. Returns softmax probabilities float32 [N, K]. */
export function addHead(graph: Graph, { inputs, hidden, classes, layers, skip }: HeadGraph, input: Value): Value {
  const widths = [inputs, ...hidden, classes];
  const layer = (x: Value, i: number): Value => {
    const { weights, bias } = layers[i];
    const product = graph.node("MatMul", [x, graph.constant("float32", [widths[i], widths[i + 1]], weights)]);
    return graph.node("Add", [product, graph.constant("float32", [1, widths[i + 1]], bias)]);
  };
  let x = input;
  for (let i = 0; i < hidden.length; i++) x = graph.node("Relu", [layer(x, i)]);
  const straight = graph.node("MatMul", [input, graph.constant("float32", [inputs, classes], skip)]);
  const logits = graph.node("Add", [layer(x, hidden.length), straight]);
  return graph.node("Softmax", [logits], { axis: { int: -1 } });
}
