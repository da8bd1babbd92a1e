import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { createSession, type Session } from "../../data/session";
import { rowsOf, type Table, tableFromArrow } from "../../table";
import type { ChartSpec } from "../settings";
import { type ChartAnswer, drawChart, seriesOf } from ".";
import { binEdges } from "./bins";

// The real engine, in Node: the same DuckDB 0.9.1 as in the browser.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
let session: Session;

const ask = async (sql: string): Promise<Table> => tableFromArrow(await session.query(sql, [], never));

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  const bindings: Blocking.DuckDBBindings = await created.instantiate(() => {});
  session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  await session.keep(
    "small",
    `select * from (values ('a', 3.0, 2, 'train'), ('b', 1, 0, 'train'), ('a', 2, 1, 'test'), (null, 'nan'::double, 3, 'test')) t(label, n, t, split)`,
    [],
    never,
  );
  await session.keep(
    "many",
    "select i::integer as i, (i % 1000)::double as x, sqrt(i) as y, 'k' || (i % 100) as name, ('\\x89PNG' || i)::blob as icon from range(100000) t(i)",
    [],
    never,
  );
});

async function draw(from: string, spec: Partial<ChartSpec> & { x: string }): Promise<ChartAnswer> {
  const head = await ask(`select * from ${from} limit 0`);
  const kinds = new Map(head.columns.map(({ name, kind }) => [name, kind]));
  return drawChart({ spec: { source: from, type: "bar", ...spec }, from, kinds, ask });
}

describe("a chart's data", () => {
  it("adds up the bars of one x, in the order of their first rows, and says so", async () => {
    const { table, facts } = await draw("small", { x: "label", y: "n" });
    expect(rowsOf(table).map(({ x, y, n }) => [x, y, n])).toEqual([
      ["a", 5, 2],
      ["b", 1, 1],
    ]);
    expect(facts).toEqual({ rows: 4, drawn: 3, added: true });
  });

  it("gives each colour its series", async () => {
    const { table, facts } = await draw("small", { x: "label", y: "n", color: "split" });
    expect(rowsOf(table).map(({ x, series, y }) => [x, series, y])).toEqual([
      ["a", "train", 3],
      ["a", "test", 2],
      ["b", "train", 1],
    ]);
    expect(facts.added).toBeUndefined();
    expect(seriesOf(table)).toEqual(["train", "test"]);
  });

  it("puts all colours beyond the most frequent ones together", async () => {
    const { table } = await draw("many", { type: "histogram", x: "y", color: "name" });
    expect(seriesOf(table)).toEqual(["k0", "k1", "k10", "k11", "k12", "k13", "k14", "other"]);
    expect(rowsOf(table).reduce((sum, row) => sum + Number(row.n), 0)).toBe(100_000);
  });

  it("counts rows where bars have no y, the most frequent first, and draws the first sixty", async () => {
    const counted = await draw("small", { x: "label" });
    expect(rowsOf(counted.table).map(({ x, y }) => [x, y])).toEqual([
      ["a", 2],
      ["b", 1],
      ["missing", 1],
    ]);
    const { table, facts } = await draw("many", { type: "histogram", x: "name" });
    expect(table.rows).toBe(60);
    expect(facts).toEqual({ rows: 100_000, drawn: 100_000, values: 100 });
  });

  it("counts every number of a histogram once", async () => {
    const { table, facts } = await draw("small", { type: "histogram", x: "n" });
    expect(rowsOf(table).reduce((sum, row) => sum + Number(row.n), 0)).toBe(3);
    expect([facts.rows, facts.drawn]).toEqual([4, 3]);
    expect(facts.xEdges?.[0]).toBeLessThanOrEqual(1);
    expect(facts.xEdges?.at(-1)).toBeGreaterThanOrEqual(3);
  });

  it("draws a line in the order of a numeric x, and cuts a long one into steps", async () => {
    const short = await draw("small", { type: "line", x: "t", y: "n" });
    expect(rowsOf(short.table).map(({ x }) => x)).toEqual([0, 1, 2]);
    const { table, facts } = await draw("many", { type: "line", x: "x", y: "y" });
    expect(facts).toMatchObject({ drawn: 100_000, added: true, values: 1000, steps: 250 });
    expect(table.rows).toBe(250);
    const rows = rowsOf(table);
    expect(Number(rows[0].x)).toBeCloseTo(0.5 * 3.996, 6);
    // Each x has the sum of 100 roots; the mean of a step's four lies between the least and the largest of them.
    const sums = (await ask("select sum(y) as s from many group by x")).columns[0].values as Float64Array;
    for (const { y } of rows) {
      expect(Number(y)).toBeGreaterThanOrEqual(Math.min(...sums));
      expect(Number(y)).toBeLessThanOrEqual(Math.max(...sums));
    }
  });

  it("thins out a scatter of many rows evenly, whatever their number", async () => {
    const { table, facts } = await draw("many", { type: "scatter", x: "i", y: "y" });
    expect(facts).toEqual({ rows: 100_000, drawn: 100_000, dots: 3000 });
    const x = rowsOf(table).map((row) => Number(row.x));
    const gaps = x.slice(1).map((each, i) => each - x[i]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(33);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(34);
  });

  it("draws a box from the quartiles, with whiskers to the last values that are no outliers", async () => {
    await session.keep(
      "box",
      "select * from (values ('a', 1.0), ('a', 2), ('a', 3), ('a', 4), ('a', 100)) t(g, v)",
      [],
      never,
    );
    const { table, facts } = await draw("box", { type: "box", x: "g", y: "v" });
    expect(rowsOf(table)).toEqual([
      { x: "a", series: "", n: 5, least: 1, most: 100, q25: 2, median: 3, q75: 4, low: 1, high: 4, beyond: 1 },
    ]);
    expect(facts).toEqual({ rows: 5, drawn: 5 });
    const alone = await draw("box", { type: "box", x: "v" });
    expect(rowsOf(alone.table)[0]).toMatchObject({ x: "", median: 3 });
  });

  it("counts a heat map's cells, numbers in bins and names as they are, or takes a colour's mean", async () => {
    const { table, facts } = await draw("many", { type: "heat", x: "x", y: "name" });
    expect(rowsOf(table).reduce((sum, row) => sum + Number(row.n), 0)).toBe(100_000);
    expect(facts.values).toBe(100);
    expect(facts.xEdges?.length).toBeGreaterThan(8);
    const mean = await draw("small", { type: "heat", x: "label", y: "split", color: "n" });
    expect(rowsOf(mean.table).map(({ x, y, value }) => [x, y, value])).toEqual(
      expect.arrayContaining([
        ["a", "train", 3],
        ["a", "test", 2],
        ["b", "train", 1],
      ]),
    );
  });

  it("gives a heat map's missing numbers no cell, and few numbers a line each", async () => {
    await session.keep(
      "holes",
      "select (i % 7)::integer as few, case when i % 2 = 0 then i::double end as half from range(1000) t(i)",
      [],
      never,
    );
    const { table, facts } = await draw("holes", { type: "heat", x: "few", y: "half" });
    expect([facts.rows, facts.drawn]).toEqual([1000, 500]);
    expect(new Set(rowsOf(table).map(({ x }) => x))).toEqual(new Set(["0", "1", "2", "3", "4", "5", "6"]));
    expect(facts.xEdges).toBeUndefined();
  });

  it("names the column that cannot be drawn so", async () => {
    await expect(draw("many", { x: "name", y: "icon" })).rejects.toThrow('the column "icon" holds no numbers');
    await expect(draw("many", { x: "icon" })).rejects.toThrow('the column "icon" holds pictures');
    await expect(draw("many", { type: "scatter", x: "x" })).rejects.toThrow("needs a column for y");
  });

  it("draws nothing of nothing", async () => {
    await session.keep("none", "select * from small where false", [], never);
    for (const type of ["bar", "line", "scatter", "histogram", "box", "heat"] as const) {
      const { table, facts } = await draw("none", { type, x: type === "bar" ? "label" : "n", y: "t" });
      expect([type, table.rows, facts.rows, facts.drawn]).toEqual([type, 0, 0, 0]);
    }
  });
});

describe("a histogram's bins", () => {
  const of = (values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
    return binEdges({
      count: sorted.length,
      low: sorted[0],
      high: sorted[sorted.length - 1],
      q25: at(0.25),
      q75: at(0.75),
      whole: false,
    });
  };
  it("have round edges around all values", () => {
    const edges = of(Array.from({ length: 500 }, (_, i) => i / 7));
    expect(edges[0]).toBe(0);
    expect(edges.at(-1)).toBeGreaterThan(499 / 7);
    expect(edges.length).toBeLessThan(45);
  });
  it("are no narrower than 1 for whole numbers", () => {
    const edges = binEdges({ count: 900, low: 0, high: 9, q25: 2, q75: 7, whole: true });
    expect(edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
  it("give one value one bin", () => {
    expect(of([3, 3])).toEqual([2.5, 3.5]);
    expect(of([])).toEqual([]);
  });
});
