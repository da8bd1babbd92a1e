import type { Graph, Value } from "./graph";
import { quantiseRows } from "./quantise";

/** Stages of convolution, pooling and normalisation over one picture, as plain numbers. */
export interface TowerGraph {
  /** Pixels a side. */
  size: number;
  /** Filter 9 · inputs x outputs (line, column, channel), then a factor and an offset a channel. */
  stages: readonly TowerStage[];
  /** Store the filters as bytes with a scale for every output. */
  quantised: boolean;
}

export interface TowerStage {
  inputs: number;
  outputs: number;
  filter: Float32Array;
  scale: Float32Array;
  shift: Float32Array;
}

/**
 * Adds the stages to a graph, of plain `ai.onnx` operators. `pictures` is uint8 [N, size, size, 4], straight RGBA.
 * `features` are the means of the last stage's pixels, float32 [N, outputs of it]; all zeros for a picture that is wholly
 * transparent, which is how a missing one is told: `seen` is 0 for it, else 1, float32 [N, 1].
 */
export function addTower(
  graph: Graph,
  { stages, quantised }: Pick<TowerGraph, "stages" | "quantised">,
  pictures: Value,
): { features: Value; seen: Value } {
  const pixels = graph.node("Cast", [pictures], { to: { int: 1 } });
  const alpha = channels(graph, pixels, 3, 4);
  let x = painted(graph, pixels, alpha);
  for (const stage of stages) {
    const { outputs, scale, shift } = stage;
    const each = (values: Float32Array) => graph.constant("float32", [1, outputs, 1, 1], values);
    const convolving = { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } };
    const pooling = { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } };
    const convolved = graph.node("Conv", [x, filterOf(graph, stage, quantised)], convolving);
    const scaled = graph.node("Mul", [graph.node("MaxPool", [convolved], pooling), each(scale)]);
    x = graph.node("Relu", [graph.node("Add", [scaled, each(shift)])]);
  }
  const mean = graph.node("Flatten", [graph.node("GlobalAveragePool", [x])]);
  const seen = seenOf(graph, alpha);
  return { features: graph.node("Mul", [mean, seen]), seen };
}

/** The filters that a quantised graph stands for. */
export function quantisedFilter(stage: TowerStage): Float32Array {
  const { inputs, outputs } = stage;
  const { bytes, scales } = quantiseRows(turned(stage), inputs * 9);
  const back = new Float32Array(stage.filter.length);
  for (let output = 0, at = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let place = 0; place < 9; place++, at++)
        back[(place * inputs + input) * outputs + output] = Math.fround((bytes[at] - 128) * scales[output]);
  return back;
}

function filterOf(graph: Graph, stage: TowerStage, quantised: boolean): Value {
  const { inputs, outputs } = stage;
  const shape = [outputs, inputs, 3, 3];
  const filter = turned(stage);
  if (!quantised) return graph.constant("float32", shape, filter);
  const { bytes, scales } = quantiseRows(filter, inputs * 9);
  const steps = graph.node("Cast", [graph.constant("uint8", shape, bytes)], { to: { int: 1 } });
  const centred = graph.node("Sub", [steps, graph.constant("float32", [1], [128])]);
  return graph.node("Mul", [centred, graph.constant("float32", [outputs, 1, 1, 1], scales)]);
}

/** To outputs x inputs x line x column. */
function turned({ filter, inputs, outputs }: TowerStage): Float32Array {
  return Float32Array.from(filter, (_, at) => {
    const input = Math.floor(at / 9) % inputs;
    return filter[((at % 9) * inputs + input) * outputs + Math.floor(at / 9 / inputs)];
  });
}

/** How far each colour is from white once it lies on white, and alpha; channels first. */
function painted(graph: Graph, pixels: Value, alpha: Value): Value {
  const number = (value: number) => graph.constant("float32", [1], [value]);
  const away = graph.node("Sub", [channels(graph, pixels, 0, 3), number(255)]);
  const colours = graph.node("Mul", [graph.node("Mul", [away, alpha]), number(-1 / 65025)]);
  const all = graph.node("Concat", [colours, graph.node("Mul", [alpha, number(1 / 255)])], { axis: { int: 3 } });
  return graph.node("Transpose", [all], { perm: { ints: [0, 3, 1, 2] } });
}

/** 1 for a picture with a pixel in it, else 0: float32 [N, 1]. */
function seenOf(graph: Graph, alpha: Value): Value {
  const most = graph.node("ReduceMax", [alpha, graph.constant("int64", [2], [1, 2])], { keepdims: { int: 0 } });
  const any = graph.node("Greater", [most, graph.constant("float32", [1], [0])]);
  return graph.node("Cast", [any], { to: { int: 1 } });
}

function channels(graph: Graph, pixels: Value, from: number, to: number): Value {
  const at = (value: number) => graph.constant("int64", [1], [value]);
  return graph.node("Slice", [pixels, at(from), at(to), at(3)]);
}
