import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { createSession, type Session } from "../../data/session";
import { type Table, tableFromArrow } from "../../table";
import { createProfiler, drawingsOf } from "./profiler";
import { modalityOf, type Result, readShortTexts, resultFrame, shortTextsSql } from "./result";

// The real engine, in Node: the same DuckDB 0.9.1 as in the browser.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
let session: Session;
let plain: Result;
let parted: Result;

const query = async (sql: string): Promise<Table> => tableFromArrow(await session.query(sql, [], never));

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  const bindings: Blocking.DuckDBBindings = await created.instantiate(() => {});
  session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  plain = await session.keep(
    'a "table"',
    `select i::integer as n, 'k' || (i % 3) as kind, 'a text that nobody else has, number ' || i as words, i % 2 = 0 as even,
      [i] as list, struct_pack(bytes := 'x'::blob, path := null::varchar) as icon from range(400) t(i)`,
    [],
    never,
  );
  parted = await session.keep(
    "parted",
    `select case when i < 300 then 'train' when i < 350 then 'validation' when i < 390 then 'test' end as split,
      i::double as n, 'k' || (i % 2) as label from range(400) t(i)`,
    [],
    never,
  );
});

describe("a cell's table", () => {
  it("says by its types what its columns hold, and by their values which texts are names", async () => {
    expect(plain.columns.map((column) => modalityOf(column))).toEqual([
      "numeric",
      undefined,
      undefined,
      "categorical",
      null,
      "image",
    ]);
    const texts = ["kind", "words"];
    expect([...readShortTexts(await query(shortTextsSql(plain, texts)), texts)]).toEqual(["kind"]);
  });

  it("is profiled as one part where it names no splits", async () => {
    const frame = resultFrame("toys", plain, "label", (column) => modalityOf(column) ?? undefined);
    expect(frame.label).toBe("");
    expect(frame.columns.map((column) => column.name)).toEqual(["n", "even", "icon"]);
    const [profile] = await createProfiler(frame, query).profile([frame.columns[0]]);
    expect(profile.rows).toEqual({ train: 400, validation: 0, test: 0 });
    expect(drawingsOf(profile)[0].histogram?.counts.train.reduce((sum, n) => sum + n, 0)).toBe(400);
  });

  it("tells its splits apart by a column of that name, loses no row, and is told by the task's label", async () => {
    const frame = resultFrame("toys", parted, "label", (column) => modalityOf(column) ?? "categorical");
    const profiler = createProfiler(frame, query);
    const [profile] = await profiler.profile(frame.columns.filter(({ name }) => name === "n"));
    expect(profile.rows).toEqual({ train: 310, validation: 50, test: 40 });
    const classes = await profiler.classes();
    expect(classes.names).toEqual(["k0", "k1"]);
    const { counts } = await profiler.byClass(profile, classes);
    expect(counts[0]?.flat().reduce((sum, n) => sum + n, 0)).toBe(310);
  });
});
