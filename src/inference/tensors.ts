import { Fault } from "../base";

/** Numbers or texts in row-major order; `dims[0]` counts rows. `bool` and `uint8` are bytes. */
export type Tensor = {
  type: "float32" | "int32" | "int64" | "uint8" | "bool" | "string";
  dims: number[];
  data: Float32Array | Int32Array | BigInt64Array | Uint8Array | string[];
};

export type Tensors = Record<string, Tensor>;

/** What a model takes or gives under one name. A text in the shape is a size that may vary. */
export interface Slot {
  name: string;
  type: string;
  shape: (number | string)[];
}

export interface ModelInfo {
  inputs: Slot[];
  outputs: Slot[];
  /** The operators that it is made of, sorted. */
  operators: string[];
  /** What its maker wrote beside the graph. */
  metadata: Record<string, string>;
  loadMs: number;
}

/** Elements a row of a tensor has. */
function width(tensor: Tensor): number {
  return tensor.dims.slice(1).reduce((product, size) => product * size, 1);
}

/** Rows `from` to `to` (exclusive) as a copy of its own, so that it can be moved to a worker. */
export function sliceRows(tensor: Tensor, from: number, to: number): Tensor {
  const size = width(tensor);
  return { ...tensor, dims: [to - from, ...tensor.dims.slice(1)], data: tensor.data.slice(from * size, to * size) };
}

/** Rows repeated at the end until there are `rows`, for models of a fixed number of rows. */
export function padRows(tensor: Tensor, rows: number): Tensor {
  const missing = rows - tensor.dims[0];
  if (missing <= 0) return tensor;
  const last = sliceRows(tensor, tensor.dims[0] - 1, tensor.dims[0]);
  return joinRows([tensor, ...Array.from({ length: missing }, () => last)]);
}

/** Tensors of one type and row shape, one after another. */
export function joinRows(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  if (parts.length === 1) return first;
  const dims = [parts.reduce((rows, part) => rows + part.dims[0], 0), ...first.dims.slice(1)];
  if (Array.isArray(first.data)) return { ...first, dims, data: parts.flatMap((part) => part.data as string[]) };
  const length = parts.reduce((sum, part) => sum + part.data.length, 0);
  const data = new (first.data.constructor as Float32ArrayConstructor)(length);
  let at = 0;
  for (const part of parts) {
    data.set(part.data as Float32Array, at);
    at += part.data.length;
  }
  return { ...first, dims, data };
}

/** What a model gives for no rows. */
export function emptyOutputs(info: ModelInfo): Tensors {
  const tensors = info.outputs.filter((slot) => slot.type !== "other");
  return Object.fromEntries(
    tensors.map(({ name, shape }) => {
      const dims = shape.map((size, axis) => (axis === 0 || typeof size === "string" ? 0 : size));
      return [name, { type: "float32", dims, data: new Float32Array(0) } satisfies Tensor];
    }),
  );
}

/** The largest absolute difference between two results of one model; infinite where they do not even have one shape. */
export function largestDifference(a: Tensors, b: Tensors): number {
  let largest = 0;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const left = a[name];
    const right = b[name];
    if (!left || !right || left.dims.join() !== right.dims.join()) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < left.data.length; i++) {
      const x = left.data[i];
      const y = right.data[i];
      if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
      const difference = typeof x === "string" ? Number.POSITIVE_INFINITY : Math.abs(Number(x) - Number(y));
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    }
  }
  return largest;
}

/** The buffers of tensors, to move them instead of copying. */
export function buffersOf(tensors: Tensors): Transferable[] {
  return Object.values(tensors).flatMap(({ data }) => (Array.isArray(data) ? [] : [data.buffer as ArrayBuffer]));
}

const KINDS: Record<Tensor["type"], (data: Tensor["data"]) => boolean> = {
  float32: (data) => data instanceof Float32Array,
  int32: (data) => data instanceof Int32Array,
  int64: (data) => data instanceof BigInt64Array,
  uint8: (data) => data instanceof Uint8Array,
  bool: (data) => data instanceof Uint8Array,
  string: (data) => Array.isArray(data),
};

/** @throws Fault `model-input` where a tensor's data is not what its type and dims say */
export function checkTensor(name: string, tensor: Tensor): void {
  const expected = tensor.dims.reduce((product, size) => product * size, 1);
  if (!KINDS[tensor.type]?.(tensor.data))
    throw new Fault("model-input", `Input "${name}" says ${tensor.type}, and its values are of another type`);
  if (tensor.data.length !== expected)
    throw new Fault(
      "model-input",
      `Input "${name}" says ${tensor.dims.join(" x ")}, which is ${expected} values, and has ${tensor.data.length}`,
    );
}
