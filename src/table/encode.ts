import {
  Table as ArrowTable,
  Binary,
  Bool,
  type Data,
  type DataType,
  Field,
  Float32,
  Float64,
  List,
  makeData,
  makeVector,
  tableToIPC,
  Utf8,
} from "apache-arrow";
import type { Column, Table } from "./table";

/**
 * Encodes a Table as Arrow IPC bytes (stream format). `other` values become their JSON text; NaN becomes null. The
 * buffers are laid out here: apache-arrow's own builders compile code with `new Function`, which the page's CSP forbids.
 */
export function tableToArrow(table: Table): Uint8Array {
  const vectors = table.columns.map((column) => [column.name, makeVector(dataOf(column, table.rows))]);
  return tableToIPC(new ArrowTable(Object.fromEntries(vectors)), "stream");
}

function dataOf(column: Column, length: number): Data<DataType> {
  switch (column.kind) {
    case "number":
      return makeData({
        type: new Float64(),
        length,
        data: column.values,
        ...validity(length, (row) => !Number.isNaN(column.values[row])),
      });
    case "boolean":
      return makeData({
        type: new Bool(),
        length,
        data: bits(length, (row) => column.values[row] === true),
        ...present(column.values),
      });
    case "string":
      return textData(column.values);
    case "bytes":
      return makeData({ type: new Binary(), length, ...packed(column.values), ...present(column.values) });
    case "vector":
      return vectorData(column.values);
    case "other":
      return textData(
        column.values.map((value) => (value === null || value === undefined ? null : JSON.stringify(value))),
      );
  }
}

function textData(values: readonly (string | null)[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const bytes = values.map((value) => (value === null ? null : encoder.encode(value)));
  return makeData({ type: new Utf8(), length: values.length, ...packed(bytes), ...present(values) });
}

function vectorData(values: readonly (Float32Array | null)[]): Data<List<Float32>> {
  const valueOffsets = offsetsOf(values.map((value) => value?.length ?? 0));
  const data = new Float32Array(valueOffsets[values.length]);
  for (const [row, value] of values.entries()) if (value) data.set(value, valueOffsets[row]);
  const child = makeData({ type: new Float32(), length: data.length, data });
  const type = new List(Field.new({ name: "item", type: new Float32(), nullable: true }));
  return makeData({ type, length: values.length, valueOffsets, child, ...present(values) });
}

/** Variable-length values one after the other, with the offsets where each starts. */
function packed(values: readonly (Uint8Array | null)[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = offsetsOf(values.map((value) => value?.length ?? 0));
  const data = new Uint8Array(valueOffsets[values.length]);
  for (const [row, value] of values.entries()) if (value) data.set(value, valueOffsets[row]);
  return { valueOffsets, data };
}

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  for (const [row, length] of lengths.entries()) offsets[row + 1] = offsets[row] + length;
  return offsets;
}

function present(values: readonly unknown[]): { nullCount: number; nullBitmap: Uint8Array } {
  return validity(values.length, (row) => values[row] !== null && values[row] !== undefined);
}

function validity(length: number, isValid: (row: number) => boolean): { nullCount: number; nullBitmap: Uint8Array } {
  let nullCount = 0;
  const nullBitmap = bits(length, (row) => {
    const valid = isValid(row);
    if (!valid) nullCount++;
    return valid;
  });
  return { nullCount, nullBitmap };
}

/** A bit a row, least significant first, as Arrow packs booleans and validity. */
function bits(length: number, isSet: (row: number) => boolean): Uint8Array {
  const packed = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row++) if (isSet(row)) packed[row >> 3] |= 1 << (row & 7);
  return packed;
}
