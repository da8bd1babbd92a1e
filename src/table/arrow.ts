import { DataType, type Field, tableFromIPC, type Vector } from "apache-arrow";
import type { Column, Table } from "./table";

/**
 * Decodes Arrow IPC bytes (stream format, as DuckDB writes it) into a Table. Integers and decimals become doubles;
 * 64-bit integers outside ±2^53 become strings, so that no digit is lost silently. A Hugging Face image
 * struct `{bytes, path}` becomes its bytes. Dates and timestamps become ISO 8601 text.
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
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return { kind: "string", name, values: Array.from(vector) };
  if (DataType.isDictionary(type)) return { kind: "string", name, values: Array.from(vector, textOrNull) };
  if (DataType.isBinary(type) || DataType.isLargeBinary(type))
    return { kind: "bytes", name, values: Array.from(vector) };
  if (DataType.isInt(type) && type.bitWidth === 64) return bigColumn(name, vector, rows);
  if (DataType.isInt(type) || DataType.isFloat(type)) return { kind: "number", name, values: doubles(vector, rows) };
  if (DataType.isDecimal(type)) return decimalColumn(name, vector, rows, type.scale);
  if (DataType.isDate(type) || DataType.isTimestamp(type)) {
    return { kind: "string", name, values: Array.from(vector, (value) => isoText(value, DataType.isDate(type))) };
  }
  if (isImageStruct(type)) {
    const inner = vector.getChild("bytes");
    return {
      kind: "bytes",
      name,
      values: Array.from({ length: rows }, (_, i) => (inner?.get(i) as Uint8Array | null) ?? null),
    };
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const item = type.children[0].type;
    if (DataType.isFloat(item) || (DataType.isInt(item) && item.bitWidth < 64)) {
      return {
        kind: "vector",
        name,
        values: Array.from(vector, (value) => (value ? Float32Array.from(value as Iterable<number>) : null)),
      };
    }
  }
  return { kind: "other", name, values: Array.from(vector, plain) };
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

function bigColumn(name: string, vector: Vector, rows: number): Column {
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = vector.get(i) as bigint | null;
    if (value === null) values[i] = Number.NaN;
    else if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
      return { kind: "string", name, values: Array.from(vector, textOrNull) };
    } else values[i] = Number(value);
  }
  return { kind: "number", name, values };
}

function decimalColumn(name: string, vector: Vector, rows: number, scale: number): Column {
  const values = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i < rows; i++) {
    const words = vector.get(i) as Uint32Array | null;
    if (words) values[i] = Number(signedInteger(words)) / 10 ** scale;
  }
  return { kind: "number", name, values };
}

/** Two's complement, little-endian 32-bit words, as Arrow stores a decimal. */
function signedInteger(words: Uint32Array): bigint {
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]);
  const bits = BigInt(words.length * 32);
  return words[words.length - 1] >>> 31 ? value - (1n << bits) : value;
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function isoText(value: unknown, dateOnly: boolean): string | null {
  if (value === null || value === undefined) return null;
  const text = new globalThis.Date(Number(value)).toISOString();
  return dateOnly ? text.slice(0, 10) : text;
}

/** Nested Arrow values as plain data. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== "object" || value instanceof Uint8Array) return value;
  if ("toJSON" in value && typeof value.toJSON === "function") return plain(value.toJSON());
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
