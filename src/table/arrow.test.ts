import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Table as ArrowTable,
  Bool,
  Dictionary,
  Float16,
  Float64,
  Int32,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { tableFromArrow } from "./arrow";
import { tableToArrow } from "./encode";
import { rowsOf, type Table } from "./table";

const fixtures = join(import.meta.dirname, "fixtures");

/** What JSON cannot say, said in words. */
function legible(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Array.from(value).join(" ")}`;
  if (value === Number.POSITIVE_INFINITY) return "infinite";
  if (value instanceof Float32Array) return `vector ${Array.from(value).join(" ")}`;
  return value;
}

describe("Arrow from DuckDB", () => {
  // <name>.arrow was written by DuckDB-WASM 1.28.0 for the statement in <name>.sql; <name>.json is what it should read as.
  it.each(readdirSync(fixtures).flatMap((file) => /^(.*)\.arrow$/.exec(file)?.[1] ?? []))("%s", (name) => {
    const table = tableFromArrow(readFileSync(join(fixtures, `${name}.arrow`)));
    const expected: unknown = JSON.parse(readFileSync(join(fixtures, `${name}.json`), "utf8"));
    const kinds = Object.fromEntries(table.columns.map((column) => [column.name, column.kind]));
    expect(JSON.parse(JSON.stringify({ kinds, rows: rowsOf(table) }, legible))).toEqual(expected);
  });
});

describe("Arrow from elsewhere", () => {
  it("reads dictionaries, half floats and several batches", () => {
    const half = (values: (number | null)[]) => vectorFromArray(values, new Float16());
    const arrow = new ArrowTable({
      word: vectorFromArray(["a", "b", null, "a"], new Dictionary(new Utf8(), new Int32())),
      half: half([0.5, -2, null, 65504]),
    });
    const twice = arrow.concat(arrow);
    expect(rowsOf(tableFromArrow(tableToIPC(twice, "stream"))).slice(2, 6)).toEqual([
      { word: null, half: null },
      { word: "a", half: 65504 },
      { word: "a", half: 0.5 },
      { word: "b", half: -2 },
    ]);
  });

  it("reads no rows and no columns", () => {
    const empty = new ArrowTable({ x: vectorFromArray([], new Float64()), b: vectorFromArray([], new Bool()) });
    expect(tableFromArrow(tableToIPC(empty, "stream"))).toEqual({
      rows: 0,
      columns: [
        { kind: "number", name: "x", values: new Float64Array(0) },
        { kind: "boolean", name: "b", values: [] },
      ],
    });
  });

  it("gives back what it was made from", () => {
    const table: Table = {
      rows: 3,
      columns: [
        { kind: "number", name: "n", values: Float64Array.of(0.1, Number.NaN, -0) },
        { kind: "boolean", name: "b", values: [true, null, false] },
        { kind: "string", name: "s", values: ["", null, "école 日本 🍎"] },
        { kind: "bytes", name: "p", values: [Uint8Array.of(1, 2), null, new Uint8Array(0)] },
        { kind: "vector", name: "v", values: [Float32Array.of(1, 2, 3), null, new Float32Array(0)] },
      ],
    };
    expect(tableFromArrow(tableToArrow(table))).toEqual(table);
  });
});
