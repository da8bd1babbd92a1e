import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FaultData } from "../base";
import { faultDataOf } from "../base";
import { rowsOf, type Table, tableFromArrow, tableToArrow } from "../table";
import type { TableFile } from "./protocol";
import { createSession, type Session } from "./session";

// The real engine, in Node: the same DuckDB 0.9.1 as in the browser.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
const KNOWN = ["train", "validation", "class_balance"];

let bindings: Blocking.DuckDBBindings;
let session: Session;

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  bindings = await created.instantiate(() => {});
});

beforeEach(async () => {
  session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  await session.load(csv("train", "id,name,price\n1,red apple,2.5\n2,green apple,\n3,pear,1\n"), never);
  session.lock();
});

const csv = (table: string, text: string): TableFile => ({
  table,
  file: `${table}.csv`,
  format: "csv",
  bytes: new TextEncoder().encode(text),
});
const query = async (sql: string): Promise<Table> => tableFromArrow(await session.query(sql, KNOWN, never));
const rows = async (sql: string) => rowsOf(await query(sql));
const faultOf = async (work: Promise<unknown>): Promise<FaultData> => {
  try {
    await work;
  } catch (error) {
    return faultDataOf(error);
  }
  throw new Error("there was no fault");
};

describe("a rehearsal", () => {
  it("runs all that it has, and leaves nothing", async () => {
    const unlocked = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
    await unlocked.rehearse(never);
    await unlocked.load(csv("train", "id,name\n1,pear\n"), never);
    unlocked.lock();
    const left = await tableFromArrow(await unlocked.query("show tables", KNOWN, never));
    expect(rowsOf(left)).toEqual([{ name: "train" }]);
  });

  it("that is broken off leaves nothing either", async () => {
    const stop = new AbortController();
    const unlocked = createSession(bindings, async () => stop.abort());
    await expect(unlocked.rehearse(stop.signal)).rejects.toMatchObject({ name: "AbortError" });
    const left = await tableFromArrow(await unlocked.query("show tables", KNOWN, never));
    expect(rowsOf(left)).toEqual([]);
  });
});

describe("reading", () => {
  it("answers every reading statement, a pivot without IN too", async () => {
    expect(await rows("select count(*) as n, sum(id) as ids from train")).toEqual([{ n: 3, ids: 6 }]);
    expect(await rows("from train where price is null")).toEqual([{ id: 2, name: "green apple", price: null }]);
    expect(await rows("with t as (table train) select max(price) as m from t")).toEqual([{ m: 2.5 }]);
    expect(await rows("values (1), (2)")).toHaveLength(2);
    expect(await rows("describe train")).toHaveLength(3);
    expect(await rows("summarize train;")).toHaveLength(3);
    expect(await rows("show tables")).toEqual([{ name: "train" }]);
    expect(await rows("pivot train on name using first(price) group by id order by id")).toHaveLength(3);
    expect((await rows("explain select 1")).length).toBe(1);
    expect(await rows("(select 1 as x) union all (select 2) order by x")).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it("gives the values of an ENUM, at any depth, as text", async () => {
    await session.keep(
      "k",
      "select 'a'::enum('a', 'it''s, b') as e, ['it''s, b'::enum('a', 'it''s, b')] as l",
      KNOWN,
      never,
    );
    expect(await rows("select e, l, {s: e} as o from k")).toEqual([{ e: "a", l: ["it's, b"], o: { s: "a" } }]);
  });

  it("gives a large result whole", async () => {
    const { rows: count, columns } = await query("select range as i, range::varchar as t from range(200000)");
    expect(count).toBe(200_000);
    expect(columns[0].values[199_999]).toBe(199_999);
    expect(columns[1].values[199_999]).toBe("199999");
  });

  it("says it when a row deep in a streamed result fails, and gives no part of it", async () => {
    const sql = "select case when range = 90000 then 'a' else '1' end::int as x from range(100000)";
    expect(await faultOf(session.query(sql, KNOWN, never))).toMatchObject({ code: "sql-type" });
  });

  it("draws the same random numbers each time", async () => {
    expect(await rows("select random() as r from range(3)")).toEqual(await rows("select random() as r from range(3)"));
  });

  it("is stopped by an abort between two slices, and answers the next statement", async () => {
    const stop = new AbortController();
    const running = session.query("select count(*) from range(100000000000)", KNOWN, stop.signal);
    setTimeout(() => stop.abort(), 60);
    const started = performance.now();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(await rows("select 1 as x")).toEqual([{ x: 1 }]);
  });
});

describe("keeping", () => {
  it("keeps a result, shows it by an alias, and follows when it is made anew", async () => {
    expect(await session.keep("k1", "select name, price from train where price > 1", KNOWN, never)).toEqual({
      name: "k1",
      rows: 1,
      columns: [
        { name: "name", type: "VARCHAR" },
        { name: "price", type: "DOUBLE" },
      ],
    });
    session.alias("dear", "k1", KNOWN);
    expect(await rows("from dear")).toEqual([{ name: "red apple", price: 2.5 }]);
    await session.keep("k1", "select 7 as seven", KNOWN, never);
    expect(await rows("from Dear")).toEqual([{ seven: 7 }]);
    await session.keep("dear", "select seven + 1 as eight from dear", KNOWN, never);
    expect(await rows("from dear")).toEqual([{ eight: 8 }]);
    session.drop("dear");
    session.drop("never_there");
    expect(await faultOf(session.query("from dear", KNOWN, never))).toMatchObject({ code: "sql-catalog" });
  });

  it("keeps what was there when the new statement fails", async () => {
    await session.keep("k", "select 1 as x", KNOWN, never);
    await faultOf(session.keep("k", "select 'a'::int", KNOWN, never));
    expect(await rows("from k")).toEqual([{ x: 1 }]);
  });

  it("keeps reports and pivots too", async () => {
    expect(await session.keep("about", "describe train", KNOWN, never)).toMatchObject({ rows: 3 });
    expect(await session.keep("wide", "pivot train on name using first(price)", KNOWN, never)).toMatchObject({
      rows: 3,
    });
    expect(await rows("select column_name from about where column_type = 'DOUBLE'")).toEqual([
      { column_name: "price" },
    ]);
  });

  it("takes a table in, with names and texts of every kind", async () => {
    const given: Table = {
      rows: 2,
      columns: [
        { kind: "number", name: 'a "b"', values: Float64Array.of(1.5, Number.NaN) },
        { kind: "string", name: "text", values: ["école 日本 🍎", null] },
        { kind: "boolean", name: "flag", values: [true, null] },
        { kind: "vector", name: "v", values: [Float32Array.of(1, 2), null] },
        { kind: "bytes", name: "picture", values: [Uint8Array.of(1, 2, 3), null] },
      ],
    };
    const name = `it's "my" features`;
    expect(session.put(name, await tableToArrow(given))).toEqual({
      name,
      rows: 2,
      columns: [
        { name: 'a "b"', type: "DOUBLE" },
        { name: "text", type: "VARCHAR" },
        { name: "flag", type: "BOOLEAN" },
        { name: "v", type: "FLOAT[]" },
        { name: "picture", type: "BLOB" },
      ],
    });
    session.alias("features", name, KNOWN);
    expect(await query("from features")).toEqual(given);
  });
});

describe("files", () => {
  const parquet = readFileSync(new URL("./fixtures/pictures.parquet", import.meta.url));
  const file = (bytes: Uint8Array): TableFile => ({
    table: "pictures",
    file: "pictures.parquet",
    format: "parquet",
    bytes,
  });

  beforeEach(() => {
    session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  });

  it("reads Parquet with pictures, dates, decimals and lists", async () => {
    expect(await session.load(file(parquet), never)).toMatchObject({ name: "pictures", rows: 3 });
    session.lock();
    const { columns } = await query("select image, day, price, tags, wide from pictures order by id");
    expect(columns.map((column) => column.kind)).toEqual(["bytes", "string", "number", "other", "number"]);
    expect(columns[0].values[0]).toEqual(Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    expect(columns[0].values[2]).toBeNull();
    expect(columns[1].values[0]).toBe("2024-02-29");
    expect(Array.from(columns[2].values)).toEqual([1.25, -0.5, Number.NaN]);
    expect(columns[3].values[0]).toEqual(["a", "b"]);
    expect(columns[4].values[0]).toBe(9007199254740991);
  });

  it("shows Parquet before it is loaded, and loads it without its bytes", async () => {
    expect(session.glance(file(parquet))).toMatchObject({ name: "pictures", rows: 3 });
    expect(await rows("select count(image) as n from pictures")).toEqual([{ n: 2 }]);
    const { bytes: _, ...known } = file(parquet);
    const loaded = await session.load(known, never);
    expect(loaded).toEqual(
      await session.load({ ...file(parquet), table: "again" }, never).then((again) => ({ ...again, name: "pictures" })),
    );
    session.lock();
    expect(await rows("select count(image) as n from pictures")).toEqual([{ n: 2 }]);
    expect(await faultOf(session.query("from __loading_0", KNOWN, never))).toMatchObject({ code: "sql-catalog" });
    expect(() => session.glance({ ...file(parquet), table: "late" })).toThrow("Cannot read pictures.parquet");
  });

  it("names a broken file at a glance, by its own name", async () => {
    const damaged = parquet.slice();
    damaged.fill(0, 4, 80); // pages, not the footer
    for (const bytes of [new Uint8Array(0), parquet.subarray(0, 100)])
      expect(() => session.glance(file(bytes))).toThrow("Cannot read pictures.parquet");
    session.glance(file(damaged));
    const { bytes: _, ...known } = file(damaged);
    const fault = await faultOf(session.load(known, never));
    expect(fault).toMatchObject({ code: "file-damaged", where: { file: "pictures.parquet" } });
    expect(fault.message).not.toContain("__loading");
  });

  it("turns the data: URIs of a CSV file into pictures", async () => {
    await session.load(csv("t", 'id,icon\n1,"data:image/png;base64,iVBORw=="\n2,\n'), never);
    const { columns } = await query("from t");
    expect(columns[1]).toEqual({ kind: "bytes", name: "icon", values: [Uint8Array.of(0x89, 0x50, 0x4e, 0x47), null] });
  });

  it.each([
    ["an empty file", new Uint8Array(0), "it is empty"],
    ["another kind of file", new TextEncoder().encode("id,name\n1,pear\n"), "it is not a Parquet file"],
    ["a file cut off", parquet.subarray(0, parquet.length - 100), "it is cut off after"],
    ["a file with a hole in its footer", damaged(parquet, parquet.length - 60, 40), "Cannot read pictures.parquet: "],
    ["a file with a hole in its data", damaged(parquet, 4, 60), "Cannot read pictures.parquet: "],
  ])("names %s", async (_, bytes, words) => {
    const fault = await faultOf(session.load(file(bytes), never));
    expect(fault).toMatchObject({ code: "file-damaged", where: { file: "pictures.parquet" } });
    expect(fault.message).toContain(words);
  });

  it("names the line of a CSV file that does not fit", async () => {
    const text = `id,name\n${"1,a\n".repeat(50)}2,"open\n`;
    const fault = await faultOf(session.load(csv("t", text), never));
    expect(fault).toMatchObject({ code: "file-damaged", where: { file: "t.csv" } });
    expect(fault.message).toMatch(/^Cannot read t\.csv: .*line/);
    expect(fault.message).not.toContain("__loading");
  });

  function damaged(bytes: Uint8Array, from: number, length: number): Uint8Array {
    return Uint8Array.from(bytes, (byte, i) => (i >= from && i < from + length ? byte ^ 0xa5 : byte));
  }
});

describe("writing Parquet", () => {
  it("gives a file that reads back as it was, and none once the engine is locked", async () => {
    const fresh = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
    const table: Table = {
      rows: 3,
      columns: [
        { kind: "string", name: "a b", values: ["é", null, "x"] },
        { kind: "number", name: "n", values: Float64Array.of(1, Number.NaN, 3) },
        { kind: "bytes", name: "image", values: [Uint8Array.of(1, 2), null, Uint8Array.of(3)] },
      ],
    };
    fresh.put("made", await tableToArrow(table));
    const sql =
      'select "a b", n::bigint as n, case when image is not null then struct_pack(bytes := image, path := null::varchar) end as image from made';
    const bytes = await fresh.write(sql, "parquet", never);
    const none = await fresh.write(`${sql} where false`, "parquet", never);
    fresh.lock();
    expect(await faultOf(fresh.write("select 1", "parquet", never))).toMatchObject({ code: "sql-refused" });
    const again = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
    const file = { file: "made.parquet", format: "parquet" as const };
    expect(await again.load({ ...file, table: "made", bytes }, never)).toMatchObject({
      rows: 3,
      columns: [
        { name: "a b", type: "VARCHAR" },
        { name: "n", type: "BIGINT" },
        { name: "image", type: "STRUCT(bytes BLOB, path VARCHAR)" },
      ],
    });
    expect(await again.load({ ...file, table: "none", bytes: none }, never)).toMatchObject({ rows: 0 });
    expect(await tableFromArrow(await again.query("from made", [], never))).toEqual(table);
  });
});

describe("faults", () => {
  it.each([
    ["selct * from train", "sql-syntax", "cannot start with", "Did you mean SELECT", 1, 1],
    ["select *\nfrom train\nwhere price >", "sql-syntax", "end of input", "missing at the end", undefined, undefined],
    ["select * from trian", "sql-catalog", 'There is no table "trian"', 'Did you mean "train"?', 1, 15],
    ["select *\nfrom class_balanc", "sql-catalog", "class_balanc", 'Did you mean "class_balance"?', 2, 6],
    ["select id,\n  prce\nfrom train", "sql-catalog", 'There is no column "prce"', 'Did you mean "price"?', 2, 3],
    ["select t.prce from train t", "sql-catalog", 'There is no column "prce"', 'Did you mean "price"?', 1, 8],
    ["select lengthh(name) from train", "sql-catalog", "lengthh", 'Did you mean "length"?', 1, 8],
    ["select name + 1 from train", "sql-type", "No function matches", "cast", 1, 13],
    [
      "select name::int from train",
      "sql-type",
      "Could not convert string 'red apple'",
      "try_cast",
      undefined,
      undefined,
    ],
    ["select id, count(*) from train", "sql-binding", "GROUP BY", undefined, 1, 8],
    [
      "select * from read_parquet('https://example.org/?secret')",
      "sql-refused",
      "disabled",
      "Put the file",
      undefined,
      undefined,
    ],
    ["select * from 'secret.csv'", "sql-refused", "disabled", "Put the file", undefined, undefined],
    ["select 9223372036854775807 + 1::bigint", "sql-range", "Overflow", "wider type", undefined, undefined],
    ["select error('my own words')", "sql-failed", "My own words", undefined, undefined, undefined],
  ])("%j", async (sql, code, message, hint, line, column) => {
    for (const work of [() => session.query(sql, KNOWN, never), () => session.keep("k", sql, KNOWN, never)]) {
      const fault = await faultOf(work());
      expect(fault.code).toBe(code);
      expect(fault.message).toContain(message);
      if (hint) expect(fault.hint).toContain(hint);
      if (line) expect(fault.where).toEqual({ line, column });
    }
  });

  it("finds the column in a line that the engine shortens", async () => {
    const sql = `select ${"id + ".repeat(60)} prce from train where ${"price > 0 and ".repeat(20)} true`;
    const fault = await faultOf(session.query(sql, KNOWN, never));
    expect(fault.where).toEqual({ line: 1, column: sql.indexOf("prce") + 1 });
  });
});
