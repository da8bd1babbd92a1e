import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../base";
import type { Table } from "../table";
import { readEnvelope, readResult } from "./reply";

const column = (name: string, ...numbers: number[]) => ({ kind: "number", name, values: Float64Array.from(numbers) });
const table = (rows: number, ...columns: unknown[]) => ({ rows, columns });
const result = (changes: object = {}) => ({
  kind: "features",
  columns: [{ name: "a", type: "numeric" }],
  splits: { train: table(2, column("a", 1, 2)), test: table(1, column("a", 3)) },
  output: [],
  tookMs: 1,
  ...changes,
});
/** A plain cell's table of two rows with one column of texts. */
const texts = (parts: unknown, lengths: unknown) => ({
  kind: "plain",
  table: table(2, { kind: "string", name: "a", parts, lengths }),
  output: [],
  tookMs: 1,
});
const expected = { train: 2, test: 1 };
const read = (value: unknown) => readResult(value, expected, "what the cell returned");

function refusal(value: unknown): string {
  try {
    read(value);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  throw new Error("it was read");
}

describe("a result", () => {
  it("is read into objects of the page's own, without what does not belong", () => {
    const read1 = read(result({ extra: 1, splits: { ...result().splits, other: table(0) } }));
    if (read1.kind !== "features") throw new Error("no features");
    expect(Object.keys(read1).sort()).toEqual(["columns", "kind", "output", "splits", "tookMs"]);
    expect(Object.keys(read1.splits)).toEqual(["train", "test"]);
    expect(Object.getPrototypeOf(read1.splits)).toBeNull();
  });

  it("may ask for the vectors of any column, whatever it is called", () => {
    const needs = { kind: "needs", columns: ["__proto__", "constructor", "name"] };
    expect(read(needs)).toEqual(needs);
  });

  it.each([
    ["null", null],
    ["a missing split", result({ splits: { train: table(2, column("a", 1, 2)) } })],
    ["other rows", result({ splits: { ...result().splits, train: table(3, column("a", 1, 2, 3)) } })],
    ["rows that lie", result({ splits: { ...result().splits, train: table(2, column("a", 1)) } })],
    [
      "an undeclared column",
      result({ splits: { ...result().splits, train: table(2, column("a", 1, 2), column("b", 1, 2)) } }),
    ],
    ["columns in another order", result({ columns: [{ name: "b", type: "numeric" }] })],
    ["a type that the column is not", result({ columns: [{ name: "a", type: "text" }] })],
    [
      "a column of numbers that are texts",
      result({ splits: { ...result().splits, train: table(2, { kind: "number", name: "a", values: ["1", "2"] }) } }),
    ],
    ["a name twice", { kind: "plain", table: table(1, column("a", 1), column("a", 1)), output: [], tookMs: 1 }],
    [
      "a name that reaches into objects",
      { kind: "plain", table: table(1, column("__proto__", 1)), output: [], tookMs: 1 },
    ],
    [
      "a text with an object in it",
      {
        kind: "plain",
        table: table(1, { kind: "string", name: "a", parts: [{ toString: 1 }], lengths: Int32Array.of(1) }),
        output: [],
        tookMs: 1,
      },
    ],
    ["an array with holes", texts(new Array(2), Int32Array.of(1, 1))],
    ["texts that are longer than they claim to be", texts(["much"], Int32Array.of(1, 1))],
    ["texts that are shorter than they claim to be", texts(["a"], Int32Array.of(1, 2 ** 31 - 1))],
    ["lengths that are none", texts(["ab"], [1, 1])],
    [
      "one piece of memory in a hundred columns",
      (() => {
        const bytes = new Uint8Array(0);
        const lengths = new Int32Array(300_000);
        const columns = Array.from({ length: 100 }, (_, i) => ({ kind: "bytes", name: `c${i}`, bytes, lengths }));
        return { kind: "plain", table: table(300_000, ...columns), output: [], tookMs: 1 };
      })(),
    ],
    [
      "one array of values in a hundred columns",
      (() => {
        const values = new Array(1_000_000).fill(null);
        const columns = Array.from({ length: 100 }, (_, i) => ({ kind: "other", name: `c${i}`, values }));
        return { kind: "plain", table: table(1_000_000, ...columns), output: [], tookMs: 1 };
      })(),
    ],
    [
      "a vector that is too long",
      {
        kind: "plain",
        table: table(1, {
          kind: "vector",
          name: "a",
          numbers: new Float32Array(70_000),
          lengths: Int32Array.of(70_000),
        }),
        output: [],
        tookMs: 1,
      },
    ],
    [
      "shared memory",
      {
        kind: "plain",
        table: table(1, { kind: "number", name: "a", values: new Float64Array(new SharedArrayBuffer(8)) }),
        output: [],
        tookMs: 1,
      },
    ],
    [
      "a huge buffer behind a small view",
      {
        kind: "plain",
        table: table(1, { kind: "number", name: "a", values: new Float64Array(new ArrayBuffer(600 * 2 ** 20), 0, 1) }),
        output: [],
        tookMs: 1,
      },
    ],
    [
      "more columns than there may be",
      {
        kind: "plain",
        table: table(0, ...Array.from({ length: 5000 }, (_, i) => column(`c${i}`))),
        output: [],
        tookMs: 1,
      },
    ],
    ["too many outputs", { kind: "plain", output: Array(300).fill({ kind: "log", text: "x" }), tookMs: 1 }],
    ["a time that is none", { kind: "plain", output: [], tookMs: Number.NaN }],
  ])("with %s is refused with a Fault", (_, value) => {
    expect(refusal(value)).toMatch(/^Cannot read what the cell returned/);
  });

  it("cannot bring a prototype along in nested values", () => {
    const values = [
      JSON.parse(
        '{"__proto__": {"isAdmin": true}, "constructor": {}, "ok": {"__proto__": [1], "deep": [1, "x", null]}}',
      ),
      () => 1,
    ];
    const plain = read({ kind: "plain", table: table(2, { kind: "other", name: "a", values }), output: [], tookMs: 1 });
    if (plain.kind !== "plain") throw new Error("no table");
    const [first, second] = (plain.table as Table).columns[0].values as unknown[];
    expect(JSON.stringify(first)).toBe('{"ok":{"deep":[1,"x",null]}}');
    expect(Object.getPrototypeOf(first)).toBeNull();
    expect(second).toBeNull();
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it("whatever it is, is read or refused, and nothing else happens", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true, withSparseArray: true }), (value) => {
        for (const tried of [
          value,
          result({ splits: value }),
          result({ columns: value }),
          result({ output: [value] }),
        ]) {
          try {
            read(tried);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        }
        readEnvelope(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a message", () => {
  it("that is none is dropped", () => {
    for (const message of [
      null,
      1,
      "result",
      [],
      {},
      { kind: "result" },
      { kind: "call", id: 1 },
      { kind: "output", output: {} },
    ])
      expect(readEnvelope(message)).toBeUndefined();
    expect(readEnvelope({ kind: "progress", id: 1, progress: { done: 7 } })).toBeUndefined();
  });

  it("cannot pose as a defect of the app, and is cut to a length that can be shown", () => {
    const fault = { code: "bug", message: "x".repeat(1e6), where: { line: -1 }, extra: 1 };
    const envelope = readEnvelope({ kind: "fault", id: 1, fault });
    if (envelope?.kind !== "fault") throw new Error("no fault");
    expect(envelope.fault).toEqual({ code: "code-threw", message: `${"x".repeat(20_000)}…` });
  });
});
