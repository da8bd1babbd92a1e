import type { Column, Table } from "./table";
import { cutTexts, type JoinedTexts, joinTexts } from "./texts";

/**
 * A table as it crosses to another thread: a handful of large pieces instead of one for every value, since what a
 * message costs is counted by its pieces. A missing value has the length or the flag -1.
 */
export interface PackedTable {
  rows: number;
  columns: PackedColumn[];
}

export type PackedColumn =
  | { kind: "number"; name: string; values: Float64Array }
  /** 1 is true, 0 is false. */
  | { kind: "boolean"; name: string; flags: Int8Array }
  | ({ kind: "string"; name: string } & JoinedTexts)
  | { kind: "bytes"; name: string; bytes: Uint8Array; lengths: Int32Array }
  | { kind: "vector"; name: string; numbers: Float32Array; lengths: Int32Array }
  | { kind: "other"; name: string; values: unknown[] };

/** The table packed, in memory of its own; every buffer of it is added to `transfer`, to be moved and not copied. */
export function packTable({ rows, columns }: Table, transfer: Transferable[]): PackedTable {
  return { rows, columns: columns.map((column) => packColumn(column, transfer)) };
}

export function packColumn(column: Column, transfer: Transferable[]): PackedColumn {
  const packed = packedFrom(column);
  for (const piece of Object.values(packed)) if (ArrayBuffer.isView(piece)) transfer.push(piece.buffer as ArrayBuffer);
  return packed;
}

/** Total for whatever has these types: pieces that do not agree give shorter values, never an error. */
export function unpackTable({ rows, columns }: PackedTable): Table {
  return { rows, columns: columns.map(unpackColumn) };
}

export function unpackColumn(packed: PackedColumn): Column {
  const { name } = packed;
  switch (packed.kind) {
    case "boolean":
      return { kind: "boolean", name, values: Array.from(packed.flags, (flag) => (flag < 0 ? null : flag > 0)) };
    case "string":
      return { kind: "string", name, values: cutTexts(packed) };
    case "bytes":
      return { kind: "bytes", name, values: viewsOf(packed.bytes, packed.lengths) };
    case "vector":
      return { kind: "vector", name, values: viewsOf(packed.numbers, packed.lengths) };
    default:
      return packed;
  }
}

function packedFrom(column: Column): PackedColumn {
  const { name } = column;
  switch (column.kind) {
    case "number":
      return { kind: "number", name, values: column.values.slice() };
    case "boolean":
      return { kind: "boolean", name, flags: Int8Array.from(column.values, (value) => (value === null ? -1 : +value)) };
    case "string": {
      const { parts, lengths } = joinTexts(column.values);
      return { kind: "string", name, parts, lengths: lengths.slice() };
    }
    case "bytes": {
      const lengths = lengthsOf(column.values);
      return { kind: "bytes", name, bytes: filled(new Uint8Array(sumOf(lengths)), column.values), lengths };
    }
    case "vector": {
      const lengths = lengthsOf(column.values);
      return { kind: "vector", name, numbers: filled(new Float32Array(sumOf(lengths)), column.values), lengths };
    }
    default:
      return column;
  }
}

function lengthsOf(values: readonly ({ length: number } | null)[]): Int32Array {
  const lengths = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) lengths[row] = values[row]?.length ?? -1;
  return lengths;
}

function sumOf(lengths: Int32Array): number {
  let sum = 0;
  for (const length of lengths) if (length > 0) sum += length;
  return sum;
}

function filled<T extends Uint8Array | Float32Array>(piece: T, values: readonly (T | null)[]): T {
  let at = 0;
  for (const value of values) {
    if (!value) continue;
    piece.set(value, at);
    at += value.length;
  }
  return piece;
}

function viewsOf<T extends Uint8Array | Float32Array>(piece: T, lengths: Int32Array): (T | null)[] {
  const views = new Array<T | null>(lengths.length);
  let at = 0;
  for (let row = 0; row < lengths.length; row++) {
    const length = lengths[row];
    views[row] = length < 0 ? null : (piece.subarray(at, at + length) as T);
    if (length > 0) at += length;
  }
  return views;
}
