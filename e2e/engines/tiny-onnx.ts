/**
 * Writes small ONNX models for these checks (field numbers of onnx.proto3; ir_version 8, opset 18). Its own writer on
 * purpose, so that a check of the engine does not lean on the room that it will be used with.
 */
class Message {
  readonly bytes: number[] = [];
  private varint(value: number): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.bytes.push(Number(rest & 127n) | 128);
    this.bytes.push(Number(rest));
    return this;
  }
  int(field: number, value: number): this {
    return this.varint(field << 3).varint(value);
  }
  float(field: number, value: number): this {
    this.varint((field << 3) | 5);
    this.bytes.push(...new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }
  raw(field: number, value: ArrayLike<number>): this {
    this.varint((field << 3) | 2).varint(value.length);
    for (let i = 0; i < value.length; i++) this.bytes.push(value[i]);
    return this;
  }
  text(field: number, value: string): this {
    return this.raw(field, new TextEncoder().encode(value));
  }
  message(field: number, value: Message): this {
    return this.raw(field, value.bytes);
  }
}

export const FLOAT = 1;
export const INT64 = 7;
export const STRING = 8;

export type Size = number | string;
type Attribute = number | string[] | number[] | { dims: number[]; floats: number[] };

export interface Node {
  op: string;
  inputs: string[];
  outputs: string[];
  domain?: string;
  attributes?: Record<string, Attribute>;
}

export interface Graph {
  inputs: [name: string, type: number, shape: Size[]][];
  outputs: [name: string, type: number, shape: Size[]][];
  constants?: Record<string, { dims: number[]; floats?: number[]; ints?: number[] }>;
  nodes: Node[];
  opset?: number;
}

export function onnxModel(graph: Graph): Uint8Array {
  const body = new Message();
  for (const { op, inputs, outputs, domain, attributes = {} } of graph.nodes) {
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    for (const output of outputs) node.text(2, output);
    node.text(4, op);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    if (domain) node.text(7, domain);
    body.message(1, node);
  }
  body.text(2, "tiny");
  for (const [name, value] of Object.entries(graph.constants ?? {})) body.message(5, tensor(name, value));
  for (const slot of graph.inputs) body.message(11, valueInfo(...slot));
  for (const slot of graph.outputs) body.message(12, valueInfo(...slot));
  const model = new Message().int(1, 8).text(2, "polytab-check").message(7, body);
  model.message(8, new Message().text(1, "").int(2, graph.opset ?? 18));
  model.message(8, new Message().text(1, "ai.onnx.ml").int(2, 3));
  return Uint8Array.from(model.bytes);
}

function tensor(name: string, { dims, floats, ints }: { dims: number[]; floats?: number[]; ints?: number[] }): Message {
  const message = new Message();
  for (const size of dims) message.int(1, size);
  const raw = floats ? Float32Array.from(floats) : BigInt64Array.from((ints ?? []).map(BigInt));
  return message
    .int(2, floats ? FLOAT : INT64)
    .text(8, name)
    .raw(9, new Uint8Array(raw.buffer));
}

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === "number") return message.int(3, value).int(20, 2);
  if (!Array.isArray(value)) return message.message(5, tensor("", value)).int(20, 4);
  if (typeof value[0] === "string") {
    for (const item of value as string[]) message.text(9, item);
    return message.int(20, 8);
  }
  for (const item of value as number[]) message.int(8, item);
  return message.int(20, 7);
}

function valueInfo(name: string, type: number, shape: Size[]): Message {
  const dims = new Message();
  for (const size of shape)
    dims.message(1, typeof size === "number" ? new Message().int(1, size) : new Message().text(2, size));
  const tensorType = new Message().int(1, type).message(2, dims);
  return new Message().text(1, name).message(2, new Message().message(1, tensorType));
}
