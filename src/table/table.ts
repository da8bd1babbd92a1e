/**
 * One in-memory table: named columns of equal length, plain data that can cross a worker boundary as it is.
 *
 * - `number`: Float64; a missing value is NaN (the only place where NaN stands for missing).
 * - `boolean`, `string`, `bytes`, `vector`, `other`: a missing value is `null`.
 * - `bytes` holds encoded pictures or blobs; the arrays may be views of one buffer.
 */
export type Column =
  | { kind: "number"; name: string; values: Float64Array }
  | { kind: "boolean"; name: string; values: (boolean | null)[] }
  | { kind: "string"; name: string; values: (string | null)[] }
  | { kind: "bytes"; name: string; values: (Uint8Array | null)[] }
  | { kind: "vector"; name: string; values: (Float32Array | null)[] }
  | { kind: "other"; name: string; values: unknown[] };

export type ColumnKind = Column["kind"];

export interface Table {
  rows: number;
  columns: Column[];
}

/** One value for a reader: missing is `null`, whatever the column's kind. */
export type Value = number | boolean | string | Uint8Array | Float32Array | null | unknown;

export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

export function valueAt(column: Column, row: number): Value {
  const value = column.values[row];
  return column.kind === "number" && Number.isNaN(value) ? null : value;
}

/** Rows `start` to `end` (exclusive) of a table. */
export function sliceTable(table: Table, start: number, end: number): Table {
  const from = Math.max(0, Math.min(start, table.rows));
  const to = Math.max(from, Math.min(end, table.rows));
  return {
    rows: to - from,
    columns: table.columns.map((column) => ({ ...column, values: column.values.slice(from, to) }) as Column),
  };
}

/** The rows with these indices, in this order. */
export function takeRows(table: Table, indices: ArrayLike<number>): Table {
  const picked = Array.from(indices);
  return {
    rows: picked.length,
    columns: table.columns.map((column) => {
      const values =
        column.kind === "number"
          ? Float64Array.from(picked, (row) => column.values[row])
          : picked.map((row) => column.values[row]);
      return { ...column, values } as Column;
    }),
  };
}

export function withoutColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: table.columns.filter((column) => !names.includes(column.name)) };
}

/** Rows as objects; missing values are `null`. For small tables and for people, not for hot paths. */
export function rowsOf(table: Table, limit = table.rows): Record<string, Value>[] {
  const rows: Record<string, Value>[] = [];
  for (let row = 0; row < Math.min(limit, table.rows); row++) {
    rows.push(Object.fromEntries(table.columns.map((column) => [column.name, valueAt(column, row)])));
  }
  return rows;
}
