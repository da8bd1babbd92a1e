import { describe, expect, it } from "vitest";
import { tableFromArrow } from "./arrow";
import { tableToArrow } from "./encode";
import { type Column, rowsOf, type Table } from "./table";

const rows = 11;
const every = <T>(value: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => value(row));
const columns: Column[] = [
  { kind: "number", name: "n", values: Float64Array.from(every((row) => (row % 4 === 1 ? Number.NaN : row / 3))) },
  { kind: "boolean", name: "b", values: every((row) => (row === 2 ? null : row % 3 === 0)) },
  { kind: "string", name: "s", values: every((row) => (row === 9 ? null : row === 3 ? "" : `ä🍋 ${row}`)) },
  { kind: "bytes", name: "y", values: every((row) => (row === 0 ? null : new Uint8Array(row))) },
  { kind: "vector", name: "v", values: every((row) => (row === 10 ? null : Float32Array.of(row, row / 2))) },
];
const table: Table = { rows, columns };

describe("Arrow bytes of a table", () => {
  it("read back to the same values, missing ones included", () => {
    expect(rowsOf(tableFromArrow(tableToArrow(table)))).toEqual(rowsOf(table));
  });
  it("hold a table without rows", () => {
    expect(tableFromArrow(tableToArrow({ rows: 0, columns: [{ kind: "string", name: "s", values: [] }] }))).toEqual({
      rows: 0,
      columns: [{ kind: "string", name: "s", values: [] }],
    });
  });
  it("hold other values as their JSON", () => {
    const other: Table = { rows: 2, columns: [{ kind: "other", name: "o", values: [{ a: [1] }, null] }] };
    expect(rowsOf(tableFromArrow(tableToArrow(other)))).toEqual([{ o: '{"a":[1]}' }, { o: null }]);
  });
  it("are made without compiling code, as the page's CSP demands", () => {
    const compile = globalThis.Function;
    const refuse = (): never => {
      throw new EvalError("unsafe-eval");
    };
    globalThis.Function = new Proxy(compile, { apply: refuse, construct: refuse });
    try {
      expect(tableToArrow(table).length).toBeGreaterThan(0);
    } finally {
      globalThis.Function = compile;
    }
  });
});
