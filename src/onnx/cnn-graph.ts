import type { Graph, Value } from "./graph";
import { addHead, type HeadGraph } from "./head-graph";

/** A convolutional network over the pictures of a row, as plain numbers. */
export interface CnnGraph {
  /** Pixels a side, and pictures a row. */
  size: number;
  columns: number;
  /** Filter 9 · inputs x outputs (line, column, channel), then a factor and an offset a channel. */
  stages: readonly {
    inputs: number;
    outputs: number;
    filter: Float32Array;
    scale: Float32Array;
    shift: Float32Array;
  }[];
  head: HeadGraph;
}

/**
 * Adds the model to a graph, of plain `ai.onnx` operators. `input` is uint8 [N, columns, size, size, 4], straight RGBA; a
 * picture that is wholly transparent counts as missing. Returns probabilities float32 [N, K].
 */
export function addCnn(graph: Graph, { size, columns, stages, head }: CnnGraph, input: Value): Value {
  const pictures = reshaped(graph, graph.node("Cast", [input], { to: { int: 1 } }), [-1, size, size, 4]);
  const alpha = sliced(graph, pictures, 3, 3, 4);
  const seen = seenOf(graph, alpha);
  let x = painted(graph, pictures, alpha);
  for (const { inputs, outputs, filter, scale, shift } of stages) {
    const kernel = graph.constant("float32", [outputs, inputs, 3, 3], turned(filter, inputs, outputs));
    const shape = { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } };
    const pooling = { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } };
    x = graph.node("MaxPool", [graph.node("Conv", [x, kernel], shape)], pooling);
    x = graph.node("Mul", [x, graph.constant("float32", [1, outputs, 1, 1], scale)]);
    x = graph.node("Relu", [graph.node("Add", [x, graph.constant("float32", [1, outputs, 1, 1], shift)])]);
  }
  const { outputs: width } = stages[stages.length - 1];
  const features = graph.node("Mul", [reshaped(graph, graph.node("GlobalAveragePool", [x]), [-1, width]), seen]);
  return addHead(graph, head, related(graph, features, seen, { columns, width, inputs: head.inputs }));
}

/** How far each colour is from white once it lies on white, and alpha; channels first. */
function painted(graph: Graph, pictures: Value, alpha: Value): Value {
  const number = (value: number) => graph.constant("float32", [1], [value]);
  const away = graph.node("Sub", [sliced(graph, pictures, 3, 0, 3), number(255)]);
  const colours = graph.node("Mul", [graph.node("Mul", [away, alpha]), number(-1 / 65025)]);
  const channels = [colours, graph.node("Mul", [alpha, number(1 / 255)])];
  const all = graph.node("Concat", channels, { axis: { int: 3 } });
  return graph.node("Transpose", [all], { perm: { ints: [0, 3, 1, 2] } });
}

/** 1 for a picture with a pixel in it, else 0: float32 [pictures, 1]. */
function seenOf(graph: Graph, alpha: Value): Value {
  const most = graph.node("ReduceMax", [alpha, graph.constant("int64", [3], [1, 2, 3])], { keepdims: { int: 0 } });
  const seen = graph.node("Greater", [most, graph.constant("float32", [1], [0])]);
  return reshaped(graph, graph.node("Cast", [seen], { to: { int: 1 } }), [-1, 1]);
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

/** To outputs x inputs x line x column. */
function turned(filter: Float32Array, inputs: number, outputs: number): Float32Array {
  return Float32Array.from(filter, (_, at) => {
    const place = at % 9;
    const input = Math.floor(at / 9) % inputs;
    return filter[(place * inputs + input) * outputs + Math.floor(at / 9 / inputs)];
  });
}

const reshaped = (graph: Graph, value: Value, shape: number[]): Value =>
  graph.node("Reshape", [value, graph.constant("int64", [shape.length], shape)]);

function sliced(graph: Graph, value: Value, axis: number, from: number, to: number): Value {
  const at = (number: number) => graph.constant("int64", [1], [number]);
  return graph.node("Slice", [value, at(from), at(to), at(axis)]);
}
