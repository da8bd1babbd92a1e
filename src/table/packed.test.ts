import { Table as ArrowTable, Field, makeData, RecordBatch, Schema, Struct, tableToIPC, Utf8 } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableFromArrow } from "./arrow";
import { tableToArrow } from "./encode";
import { packTable, unpackTable } from "./packed";
import type { Column, Table } from "./table";

const pictures = new Uint8Array(100_000).map((_, i) => i);
const table: Table = {
  rows: 4,
  columns: [
    { kind: "number", name: "n", values: Float64Array.of(1, Number.NaN, -0, Number.POSITIVE_INFINITY) },
    { kind: "boolean", name: "b", values: [true, null, false, true] },
    { kind: "string", name: "s", values: ["", null, "naïve 👍", "東京"] },
    { kind: "bytes", name: "p", values: [pictures.subarray(1, 4), null, new Uint8Array(0), pictures.subarray(9, 10)] },
    { kind: "vector", name: "v", values: [null, Float32Array.of(1, 2), Float32Array.of(3), null] },
    { kind: "other", name: "o", values: [null, { a: 1 }, [1], "x"] },
  ],
};

/** As another thread gets it. */
function crossed(whole: Table): Table {
  const transfer: Transferable[] = [];
  const packed = packTable(whole, transfer);
  return unpackTable(structuredClone(packed, { transfer: transfer as ArrayBuffer[] }));
}

describe("a packed table", () => {
  it("is the same table on the other side, and stays where it was", () => {
    expect(crossed(table)).toEqual(table);
    expect(crossed(crossed(table))).toEqual(table);
    expect(table.columns[0].values).toHaveLength(4);
    expect(pictures).toHaveLength(100_000);
  });

  it("does not drag along the buffer that its pictures look into", () => {
    const [picture] = crossed(table).columns[3].values as Uint8Array[];
    expect(picture.buffer.byteLength).toBe(4);
  });

  it("holds any texts", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: "binary" }))), (values) => {
        const whole: Table = { rows: values.length, columns: [{ kind: "string", name: "s", values }] };
        expect(crossed(whole)).toEqual(whole);
        expect(crossed(crossed(whole))).toEqual(whole);
      }),
    );
  });

  it("holds more than one text can", () => {
    const long = "x".repeat(9_000_000);
    const values = [long, null, `${long}y`, "", "z"];
    const packed = packTable({ rows: 5, columns: [{ kind: "string", name: "s", values }] }, []);
    expect((packed.columns[0] as { parts: string[] }).parts.map((part) => part.length)).toEqual([9_000_000, 9_000_002]);
    expect(unpackTable(packed).columns[0].values).toEqual(values);
  });

  it("that is wrong gives shorter values, and no error", () => {
    const texts = (parts: string[], ...lengths: number[]) =>
      unpackTable({ rows: 3, columns: [{ kind: "string", name: "s", parts, lengths: Int32Array.from(lengths) }] });
    expect(texts(["ab"], 1, 5, 7).columns[0].values).toEqual(["a", "b", ""]);
    expect(texts([], 1, -9, 2 ** 31 - 1).columns[0].values).toEqual(["", null, ""]);
    const bytes = { kind: "bytes", name: "p", bytes: Uint8Array.of(1, 2), lengths: Int32Array.of(1, 5, 5) } as const;
    const [column] = unpackTable({ rows: 3, columns: [bytes] }).columns;
    expect((column.values as Uint8Array[]).map((value) => value.length)).toEqual([1, 1, 0]);
  });
});

describe("texts of Arrow", () => {
  const readBack = (values: (string | null)[]) => {
    const column: Column = { kind: "string", name: "s", values };
    return tableFromArrow(tableToArrow({ rows: values.length, columns: [column] })).columns[0].values;
  };

  it("are cut in code units, with what is missing and empty, a mark of byte order and characters of two units", () => {
    for (const values of [
      ["plain", "", null, "text"],
      ["naïve", null, "👍👍", "", "\uFEFFmark", "\0", "東京"],
      [null, null],
      [],
    ])
      expect(readBack(values)).toEqual(values);
  });

  it("of any kind are themselves", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: "grapheme" }))), (values) => {
        expect(readBack(values)).toEqual(values);
      }),
    );
  });

  it.each([
    ["broken UTF-8", { bytes: [0x61, 0xff, 0x62], offsets: [0, 2, 3], validity: 0b11, expected: ["a\uFFFD", "b"] }],
    [
      "bytes behind a missing value",
      { bytes: [0x61, 0x62, 0x63], offsets: [0, 1, 3], validity: 0b10, expected: [null, "bc"] },
    ],
    [
      "a first value that begins later",
      { bytes: [0x61, 0x62, 0x63], offsets: [1, 2, 3], validity: 0b11, expected: ["b", "c"] },
    ],
  ])("with %s are read", (_, { bytes, offsets, validity, expected }) => {
    const data = makeData({
      type: new Utf8(),
      length: 2,
      nullCount: validity === 0b11 ? 0 : 1,
      nullBitmap: Uint8Array.of(validity),
      valueOffsets: Int32Array.from(offsets),
      data: Uint8Array.from(bytes),
    });
    const schema = new Schema([new Field("s", new Utf8(), true)]);
    const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 2, children: [data] }));
    expect(tableFromArrow(tableToIPC(new ArrowTable(batch), "stream")).columns[0].values).toEqual(expected);
  });
});
