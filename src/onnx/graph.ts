import { ProtoWriter } from "./protobuf";

const IR_VERSION = 8;

/** Sets of operators and the version of each that graphs are written for. */
const OPSETS = { "": 18, "ai.onnx.ml": 3 } as const;
export type Domain = keyof typeof OPSETS;

/** ONNX's numbers for element types (TensorProto.DataType). */
const ELEMENT = { float32: 1, uint8: 2, int32: 6, int64: 7 } as const;
export type ElementType = keyof typeof ELEMENT;

/** ONNX's numbers for attribute types (AttributeProto.AttributeType). */
const ATTRIBUTE = { float: 1, int: 2, string: 3, graph: 5, floats: 6, ints: 7, strings: 8 } as const;
export type Attribute =
  | { float: number }
  | { int: number }
  | { string: string }
  | { floats: ArrayLike<number> }
  | { ints: ArrayLike<number> }
  | { strings: readonly string[] }
  | { graph: Graph };

/** A dimension is a number, or a name where it differs from run to run. */
export type Shape = readonly (number | string)[];

/** The type of a value inside a graph, by name. */
export type Value = string;

/**
 * Builds an ONNX model (ir version 8, opset 18; plain `ai.onnx` operators unless a domain is named) node by node. Each
 * method returns the name of the value that it makes; nodes must come in the order of their use, which this way of
 * building ensures.
 */
export class Graph {
  private readonly writer = new ProtoWriter();

  constructor(
    private readonly name: string,
    private readonly shared = { domains: new Set<Domain>([""]), values: 0 },
  ) {}

  /** The body of a `Scan` or `Loop` of this graph: it sees all values of this one, and its own go by other names. */
  body(name: string): Graph {
    return new Graph(name, this.shared);
  }

  input(name: string, type: ElementType, shape: Shape): Value {
    this.writer.message(11, valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: ElementType, shape: Shape): void {
    this.writer.message(12, valueInfo(name, type, shape));
  }

  /** A constant tensor. `int64` values are given as numbers. */
  constant(type: ElementType, dims: readonly number[], values: ArrayLike<number>): Value {
    const size = dims.reduce((product, dim) => product * dim, 1);
    if (size !== values.length) throw new Error(`a tensor of ${dims.join(" x ")} cannot hold ${values.length} values`);
    const name = this.fresh("const");
    const tensor = new ProtoWriter();
    for (const dim of dims) tensor.int(1, dim);
    this.writer.message(5, tensor.int(2, ELEMENT[type]).text(8, name).bytes(9, rawData(type, values)));
    return name;
  }

  /** A node with one output, named `as` where the graph's output needs a name. */
  node(
    operator: string,
    inputs: readonly Value[],
    attributes: Record<string, Attribute> = {},
    as?: string,
    domain: Domain = "",
  ): Value {
    const output = as ?? this.fresh(operator);
    this.add(operator, inputs, [output], attributes, domain);
    return output;
  }

  /** A node with so many outputs. */
  nodes(operator: string, inputs: readonly Value[], outputs: number, attributes: Record<string, Attribute> = {}) {
    const names = Array.from({ length: outputs }, () => this.fresh(operator));
    this.add(operator, inputs, names, attributes, "");
    return names;
  }

  private add(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Record<string, Attribute>,
    domain: Domain,
  ): void {
    const node = new ProtoWriter();
    for (const input of inputs) node.text(1, input);
    for (const output of outputs) node.text(2, output);
    node.text(3, `${operator}_${outputs[0]}`).text(4, operator);
    for (const [name, attribute] of Object.entries(attributes)) node.message(5, attributeOf(name, attribute));
    if (domain !== "") node.text(7, domain);
    this.shared.domains.add(domain);
    this.writer.message(1, node);
  }

  /** The graph as a message, when all of it is there. */
  done(): ProtoWriter {
    return this.writer.text(2, this.name);
  }

  /** The bytes of the .onnx file. */
  build(metadata: Record<string, string> = {}): Uint8Array {
    const model = new ProtoWriter().int(1, IR_VERSION).text(2, "polytab").message(7, this.done());
    for (const domain of this.shared.domains)
      model.message(8, new ProtoWriter().text(1, domain).int(2, OPSETS[domain]));
    for (const [key, value] of Object.entries(metadata)) {
      model.message(14, new ProtoWriter().text(1, key).text(2, value));
    }
    return model.done();
  }

  private fresh(stem: string): Value {
    return `${stem.toLowerCase()}_${++this.shared.values}`;
  }
}

function valueInfo(name: string, type: ElementType, shape: Shape): ProtoWriter {
  const dims = new ProtoWriter();
  for (const dim of shape) {
    dims.message(1, typeof dim === "number" ? new ProtoWriter().int(1, dim) : new ProtoWriter().text(2, dim));
  }
  const tensor = new ProtoWriter().int(1, ELEMENT[type]).message(2, dims);
  return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
}

function attributeOf(name: string, attribute: Attribute): ProtoWriter {
  const writer = new ProtoWriter().text(1, name);
  if ("float" in attribute) return writer.float(2, attribute.float).int(20, ATTRIBUTE.float);
  if ("int" in attribute) return writer.int(3, attribute.int).int(20, ATTRIBUTE.int);
  if ("string" in attribute) return writer.text(4, attribute.string).int(20, ATTRIBUTE.string);
  if ("graph" in attribute) return writer.message(6, attribute.graph.done()).int(20, ATTRIBUTE.graph);
  if ("floats" in attribute) return writer.floats(7, attribute.floats).int(20, ATTRIBUTE.floats);
  if ("strings" in attribute) {
    for (const text of attribute.strings) writer.text(9, text);
    return writer.int(20, ATTRIBUTE.strings);
  }
  return writer.ints(8, attribute.ints).int(20, ATTRIBUTE.ints);
}

/** Little-endian, as the file format wants it on every machine. */
function rawData(type: ElementType, values: ArrayLike<number>): Uint8Array {
  if (type === "uint8") return Uint8Array.from(values);
  const width = type === "int64" ? 8 : 4;
  const raw = new Uint8Array(values.length * width);
  const view = new DataView(raw.buffer);
  for (let i = 0; i < values.length; i++) {
    if (type === "float32") view.setFloat32(i * 4, values[i], true);
    else if (type === "int32") view.setInt32(i * 4, values[i], true);
    else view.setBigInt64(i * 8, BigInt(values[i]), true);
  }
  return raw;
}
