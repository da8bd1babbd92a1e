import { DataType, type Field, type Timestamp, tableFromIPC, type Vector } from "apache-arrow";
import { textsFrom } from "./arrow-texts";
import { isSafe, isTemporal, momentText, readerOf, signedInteger } from "./arrow-values";
import type { Column, Table } from "./table";

/**
 * Decodes Arrow IPC bytes (stream or file format) into a Table. Numbers become doubles; a column of whole numbers with one
 * outside ±2^53 becomes strings, so that no digit is lost silently. A Hugging Face image struct `{bytes, path}` becomes its
 * bytes. Dates, times and timestamps become ISO 8601 text (to the millisecond), intervals ISO 8601 durations.
 */
export function tableFromArrow(bytes: Uint8Array): Table {
  const arrow = tableFromIPC(bytes);
  const rows = arrow.numRows;
  return {
    rows,
    columns: arrow.schema.fields.map((field, index) => columnFrom(field, arrow.getChildAt(index), rows)),
  };
}

function columnFrom(field: Field, vector: Vector | null, rows: number): Column {
  const { name, type } = field;
  if (!vector || DataType.isNull(type)) return { kind: "string", name, values: new Array(rows).fill(null) };
  if (DataType.isBool(type)) return { kind: "boolean", name, values: Array.from(vector) };
  if (DataType.isUtf8(type)) return { kind: "string", name, values: textsFrom(vector) };
  if (DataType.isLargeUtf8(type)) return { kind: "string", name, values: Array.from(vector) };
  if (DataType.isBinary(type) || DataType.isLargeBinary(type))
    return { kind: "bytes", name, values: Array.from(vector) };
  if (DataType.isInt(type) && type.bitWidth === 64) return wholeColumn(name, rows, (row) => vector.get(row));
  if (DataType.isDecimal(type) && type.scale === 0)
    return wholeColumn(name, rows, (row) => signedInteger(vector.get(row)));
  if (DataType.isInt(type) || DataType.isFloat(type)) return { kind: "number", name, values: doubles(vector, rows) };
  const read = readerOf(type);
  if (DataType.isDecimal(type)) {
    const values = Float64Array.from(
      { length: rows },
      (_, row) => (read(vector.get(row)) as number | null) ?? Number.NaN,
    );
    return { kind: "number", name, values };
  }
  if (DataType.isTimestamp(type)) return { kind: "string", name, values: moments(vector, type) };
  if (isTemporal(type) || DataType.isDictionary(type))
    return { kind: "string", name, values: Array.from(vector, (value) => textOrNull(read(value))) };
  if (isImageStruct(type)) {
    const inner = rows > 0 ? vector.getChild("bytes") : null; // apache-arrow cannot take a child of no rows apart
    return {
      kind: "bytes",
      name,
      values: Array.from({ length: rows }, (_, i) => (inner?.get(i) as Uint8Array | null) ?? null),
    };
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const item = type.children[0].type;
    if (DataType.isFloat(item) || (DataType.isInt(item) && item.bitWidth < 64))
      return { kind: "vector", name, values: Array.from(vector, floats) };
  }
  return { kind: "other", name, values: Array.from(vector, read) };
}

function isImageStruct(type: DataType): boolean {
  if (!DataType.isStruct(type)) return false;
  const [first, second] = type.children;
  return (
    type.children.length === 2 && first.name === "bytes" && second.name === "path" && DataType.isBinary(first.type)
  );
}

function doubles(vector: Vector, rows: number): Float64Array {
  const values = new Float64Array(rows);
  let offset = 0;
  for (const chunk of vector.data) {
    if (DataType.isFloat(chunk.type) && chunk.type.precision === 0) {
      // Half floats are stored as 16-bit patterns; the vector's reader decodes them.
      for (let i = 0; i < chunk.length; i++)
        values[offset + i] = (vector.get(offset + i) as number | null) ?? Number.NaN;
    } else {
      const source = chunk.values as ArrayLike<number>;
      for (let i = 0; i < chunk.length; i++) values[offset + i] = source[i];
      if (chunk.nullCount > 0)
        for (let i = 0; i < chunk.length; i++) if (!chunk.getValid(i)) values[offset + i] = Number.NaN;
    }
    offset += chunk.length;
  }
  return values;
}

/** Read past the vector's own reader, which throws on DuckDB's infinity. */
function moments(vector: Vector, type: Timestamp): (string | null)[] {
  return vector.data.flatMap((chunk) => {
    const source = chunk.values as BigInt64Array;
    return Array.from({ length: chunk.length }, (_, i) => (chunk.getValid(i) ? momentText(source[i], type) : null));
  });
}

/** A list of numbers; a missing one is NaN, as in a `number` column. */
function floats(value: Iterable<number | null> | null): Float32Array | null {
  return value && Float32Array.from(value, (item) => item ?? Number.NaN);
}

/** Doubles, or texts where a double would lose a digit. */
function wholeColumn(name: string, rows: number, get: (row: number) => bigint | null): Column {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = get(row);
    if (value === null) values[row] = Number.NaN;
    else if (isSafe(value)) values[row] = Number(value);
    else return { kind: "string", name, values: Array.from({ length: rows }, (_, i) => textOrNull(get(i))) };
  }
  return { kind: "number", name, values };
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
