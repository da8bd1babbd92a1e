import { Fault } from "../base";
import type { Column, Table } from "../table";
import { FORBIDDEN_NAMES, MOST_COLUMNS } from "./collect";
import { inspect } from "./inspect";
import { Picture } from "./rows";
import { TextFeature } from "./toolbox";

/** Rows that a cell may export or display as one table. */
export const MOST_ROWS = 5_000_000;

/** An array of records (objects that are no arrays), as a plain cell exports it. */
export function isRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(
    value instanceof TextFeature ||
    value instanceof Picture ||
    value instanceof Date ||
    ArrayBuffer.isView(value)
  );
}

/**
 * Records as a table. The columns are all keys in the order of their first appearance; a column whose values are of
 * more than one type holds plain data (`other`), and what is no plain data (functions, Maps) is there as its text.
 * @throws Fault `code-table` for too many columns or rows, or a forbidden name
 */
export function tableOfRecords(records: readonly Record<string, unknown>[]): Table {
  if (records.length > MOST_ROWS) throw tooMany(`${records.length.toLocaleString("en")} rows`, MOST_ROWS);
  const columns = new Map<string, unknown[]>();
  for (const [row, record] of records.entries()) {
    for (const name of Object.keys(record)) {
      let values = columns.get(name);
      if (!values) {
        if (FORBIDDEN_NAMES.has(name))
          throw new Fault("code-table", `A column cannot be called "${name}"`, { hint: "Choose another name." });
        if (columns.size >= MOST_COLUMNS) throw tooMany(`more than ${MOST_COLUMNS} columns`, MOST_COLUMNS);
        values = new Array<unknown>(records.length).fill(null);
        columns.set(name, values);
      }
      values[row] = record[name] ?? null;
    }
  }
  return { rows: records.length, columns: Array.from(columns, ([name, values]) => columnOf(name, values)) };
}

function columnOf(name: string, values: unknown[]): Column {
  const present = values.filter((value) => value !== null && !Number.isNaN(value));
  if (present.every((value) => typeof value === "number") && (present.length > 0 || values.some((v) => v !== null))) {
    return { kind: "number", name, values: Float64Array.from(values, (v) => (typeof v === "number" ? v : Number.NaN)) };
  }
  if (present.every((value) => typeof value === "boolean") && present.length > 0) {
    return { kind: "boolean", name, values: values.map((v) => (typeof v === "boolean" ? v : null)) };
  }
  const texts = values.map((value) =>
    value instanceof TextFeature ? value.value : value instanceof Date ? dateText(value) : value,
  );
  if (texts.every((value) => value === null || typeof value === "string")) {
    return { kind: "string", name, values: texts as (string | null)[] };
  }
  if (present.every((value) => value instanceof Picture || value instanceof Uint8Array)) {
    return {
      kind: "bytes",
      name,
      values: values.map((v) => (v instanceof Picture ? v.bytes : v instanceof Uint8Array ? v.slice() : null)),
    };
  }
  if (present.every(isVector)) {
    return { kind: "vector", name, values: values.map((v) => (isVector(v) ? Float32Array.from(v) : null)) };
  }
  return { kind: "other", name, values: values.map((value) => plain(value, 0)) };
}

function isVector(value: unknown): value is number[] | Float32Array {
  if (value instanceof Float32Array || value instanceof Float64Array) return true;
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "number");
}

/** Data that survives the way to the page and is harmless there: null, numbers, texts, booleans, arrays, records. */
export function plain(value: unknown, depth: number): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (depth < 6 && Array.isArray(value)) return value.slice(0, 10_000).map((item) => plain(item, depth + 1));
  if (depth < 6 && isRecord(value) && !(value instanceof Map || value instanceof Set || value instanceof Error)) {
    return Object.fromEntries(
      Object.keys(value)
        .filter((key) => !FORBIDDEN_NAMES.has(key))
        .map((key) => [key, plain(value[key], depth + 1)]),
    );
  }
  return value instanceof Date ? dateText(value) : inspect(value, depth);
}

function dateText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function tooMany(what: string, most: number): Fault {
  return new Fault("code-table", `The table has ${what}`, { hint: `The most is ${most.toLocaleString("en")}.` });
}
