import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { createSession, type Session } from "../data/session";
import { rowsOf, type Table, tableFromArrow } from "../table";
import { missingFilter, valuesFilter } from "./profile";
import {
  groupFilters,
  inOrder,
  type RowsView,
  rowAsCell,
  rowNumbersSql,
  rowsByNumberSql,
  viewAsCell,
} from "./rows-query";

// The texts are run by the engine that the app runs: what counts is which rows come back.
const never = new AbortController().signal;
let session: Session;

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  session = createSession(await created.instantiate(() => {}), () => new Promise((resolve) => setImmediate(resolve)));
  await session.keep(
    "train",
    `select * from (values
      ('a', 'red apple', 'Fruit', 2.5), ('b', '100% O''Neill_shirt', 'cloth "fine"', null),
      ('c', 'ÉCOLE \\ backslash', null, 1.0), ('d', null, 'fruit', 2.5)) t(id, name, "kind of", price)`,
    [],
    never,
  );
  await session.keep("tricky", `select * from (values ('y', 2), ('x', 1), ('z', 3)) t("row ""x""", rowid)`, [], never);
});

const query = async (sql: string): Promise<Table> => tableFromArrow(await session.query(sql, [], never));
const base: RowsView = {
  table: "train",
  columns: ["id", "name", "kind of", "price"],
  filters: [],
  search: "",
  searched: ["name", "kind of"],
};
const numbers = async (view: Partial<RowsView>) =>
  Array.from((await query(rowNumbersSql({ ...base, ...view }))).columns[0].values, Number);
const valueFilter = (name: string, value: string | null) => {
  const column = { name, modality: "categorical" as const, description: "", sources: [{ name, type: "VARCHAR" }] };
  return value === null ? missingFilter(column) : valuesFilter(column, [value]);
};
const ids = async (view: Partial<RowsView>) =>
  rowsOf(await query(viewAsCell({ ...base, ...view })))
    .map((row) => row.id)
    .join("");

describe("search", () => {
  it.each([
    ["apple", "a"],
    ["APPLE", "a"],
    ["école", "c"],
    ["fruit", "ad"],
    ["100%", "b"],
    ["%", "b"],
    ["_", "b"],
    ["e_s", ""],
    ["O'Neill", "b"],
    ["'; drop table train; --", ""],
    ["\\ b", "c"],
    ['"fine"', "b"],
    ["app\0le", "a"],
    [" ", "abc"],
  ])("takes %j literally, case aside", async (search, found) => {
    expect(await ids({ search })).toBe(found);
  });

  it("finds nothing where no column is searched", async () => {
    expect(await ids({ search: "a", searched: [] })).toBe("");
  });
});

describe("filters", () => {
  const kind = (value: string | null) => valueFilter("kind of", value);

  it("on one column widen, on several narrow", async () => {
    expect(await ids({ filters: [kind("fruit")] })).toBe("d");
    expect(await ids({ filters: [kind("fruit"), kind("Fruit")] })).toBe("ad");
    expect(await ids({ filters: [kind("fruit"), kind("Fruit"), valueFilter("name", null)] })).toBe("d");
    expect(await ids({ filters: [kind('cloth "fine"')] })).toBe("b");
    expect(await ids({ filters: [kind(null)] })).toBe("c");
    expect(await ids({ filters: [valueFilter("name", "100% O'Neill_shirt")] })).toBe("b");
  });

  it("that hold an OR of their own stay one condition", async () => {
    const filters = [{ column: "price", label: "cheap or unknown", sql: "price < 2 or price is null" }];
    expect(await ids({ filters: [...filters, kind(null)] })).toBe("c");
    expect(await ids({ filters, search: "o" })).toBe("bc");
  });

  it("are shown by column, each once", () => {
    const groups = groupFilters([kind("a"), valueFilter("name", "x"), kind("b"), kind("a")]);
    expect(groups.map((group) => group.map((filter) => filter.label))).toEqual([
      ["kind of is a", "kind of is b"],
      ["name is x"],
    ]);
  });
});

describe("order", () => {
  it("is the table's without a sort, ties keep it, missing values come last both ways", async () => {
    expect(await ids({})).toBe("abcd");
    expect(await ids({ sort: { column: "price", descending: false } })).toBe("cadb");
    expect(await ids({ sort: { column: "price", descending: true } })).toBe("adcb");
    expect(await numbers({ sort: { column: "price", descending: true } })).toEqual([0, 3, 2, 1]);
    expect(await numbers({ sort: { column: "kind of", descending: false }, search: "fruit" })).toEqual([0, 3]);
  });

  it("of a page is the one asked for", async () => {
    const wanted = [3, 0, 2];
    const answer = await query(rowsByNumberSql(base, ["price", "id"], wanted));
    expect(rowsOf(inOrder(answer, wanted))).toEqual([
      { price: 2.5, id: "d" },
      { price: 2.5, id: "a" },
      { price: 1, id: "c" },
    ]);
  });
});

describe("a table with a column of the name that DuckDB has for row numbers", () => {
  const view: RowsView = { ...base, table: "tricky", columns: ['row "x"', "rowid"], searched: ['row "x"'] };

  it("is numbered by its rows all the same", async () => {
    const sort = { column: "rowid", descending: false };
    expect(await numbers({ ...view, sort })).toEqual([1, 0, 2]);
    const answer = await query(rowsByNumberSql(view, ['row "x"', "rowid"], [2, 1]));
    expect(rowsOf(inOrder(answer, [2, 1]))).toEqual([
      { 'row "x"': "z", rowid: 3 },
      { 'row "x"': "x", rowid: 1 },
    ]);
    expect(rowsOf(await query(viewAsCell({ ...view, sort, search: "X" })))).toEqual([{ 'row "x"': "x", rowid: 1 }]);
  });
});

it("a view becomes a cell that reads as if written by hand", () => {
  expect(
    viewAsCell({
      ...base,
      filters: [valueFilter("kind of", "fruit")],
      search: "Red",
      searched: ["name"],
      sort: { column: "price", descending: true },
    }),
  ).toBe(
    [
      "select *",
      "from train",
      `where ("kind of" = 'fruit')`,
      `  and (contains(lower("name"::varchar), lower('Red')))`,
      'order by "price" desc nulls last, rowid',
    ].join("\n"),
  );
});

it("one row is a cell too, whatever its id and its table are called", () => {
  expect(rowAsCell("train", "it's 1")).toBe("select *\nfrom train\nwhere id = 'it''s 1'");
  expect(rowAsCell("my table", "1")).toContain('from "my table"');
});
