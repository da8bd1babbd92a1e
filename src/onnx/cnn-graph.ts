import type { Graph, Value } from "./graph";
import { addHead, type HeadGraph } from "./head-graph";
import { addTower, type TowerGraph } from "./tower-graph";

/** A convolutional network over the pictures of a row, as plain numbers. */
export interface CnnGraph extends Pick<TowerGraph, "size" | "stages"> {
  /** Pictures a row. */
  columns: number;
  head: HeadGraph;
}

/**
 * Adds the model to a graph, of plain `ai.onnx` operators. `input` is uint8 [N, columns, size, size, 4], straight RGBA; a
 * picture that is wholly transparent counts as missing. Returns probabilities float32 [N, K].
 */
export function addCnn(graph: Graph, { size, columns, stages, head }: CnnGraph, input: Value): Value {
  const { features, seen } = addTower(graph, { stages, quantised: false }, reshaped(graph, input, [-1, size, size, 4]));
  const { outputs: width } = stages[stages.length - 1];
  return addHead(graph, head, related(graph, features, seen, { columns, width, inputs: head.inputs }));
}

/** A row's features, the distances and products of every two pictures, flags of the missing ones, and zeros to the width. */
function related(
  graph: Graph,
  features: Value,
  seen: Value,
  { columns, width, inputs }: { columns: number; width: number; inputs: number },
): Value {
  const row = reshaped(graph, features, [-1, columns * width]);
  const parts = [row];
  const one = (column: number) => sliced(graph, row, 1, column * width, (column + 1) * width);
  for (let a = 0; a < columns; a++) {
    for (let b = a + 1; b < columns; b++) {
      const [x, y] = [one(a), one(b)];
      parts.push(graph.node("Abs", [graph.node("Sub", [x, y])]), graph.node("Mul", [x, y]));
    }
  }
  const missing = graph.node("Sub", [graph.constant("float32", [1], [1]), reshaped(graph, seen, [-1, columns])]);
  const rest = inputs - parts.length * width + (1 - columns) * width;
  const pads = graph.constant("int64", [4], [0, 0, 0, rest - columns]);
  parts.push(graph.node("Pad", [missing, pads]));
  return graph.node("Concat", parts, { axis: { int: 1 } });
}

const reshaped = (graph: Graph, value: Value, shape: number[]): Value =>
  graph.node("Reshape", [value, graph.constant("int64", [shape.length], shape)]);

function sliced(graph: Graph, value: Value, axis: number, from: number, to: number): Value {
  const at = (number: number) => graph.constant("int64", [1], [number]);
  return graph.node("Slice", [value, at(from), at(to), at(axis)]);
}
