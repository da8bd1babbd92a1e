import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { Fault } from "../base";
import { createSession, type Session } from "./session";

// The real engine, in Node: what it says of a mistake is its own affair, and changes.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
const known = ["train", "counts"];
let session: Session;

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  const bindings: Blocking.DuckDBBindings = await created.instantiate(() => {});
  session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  await session.keep("train", "select 'a' as label, 'x' as name, 1.5 as price, 3 as n from range(10)", [], never);
  await session.keep("counts", "select label, count(*) as rows from train group by all", known, never);
});

async function faultOf(sql: string): Promise<Fault> {
  try {
    await session.keep("r", sql, known, never);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`no fault: ${sql}`);
}

describe("a likely mistake in SQL is told with its place and its fix", () => {
  it.each([
    ["select nmae from train", "1:8", '"name"'],
    ["select * from trian", "1:15", '"train"'],
    ["select * from train t join counts c on t.lable = c.label", "1:40", '"label"'],
    ["select name form train", "1:13", '"from" for "form"'],
    ["select *\nfrom train\nwehre n > 1", "3:1", '"where"'],
    ["select cuont(*) from train", "1:8", '"count"'],
    ["select label, count(*) from train", "1:8", "group by all"],
    ["select * from train group by label", "1:8", "group by all"],
    ["select label, n from train group by label having n > 2", "1:15", "group by all"],
    ["select * from train where label = a", "1:35", "'a'"],
    ['select * from train where label = "a"', "1:35", "'a'"],
    ["select label from train join counts on train.label = counts.label", "1:8", "whose"],
    ["select sum(n from train", "1:14", "bracket"],
    ["select case when n > 1 then 'a' from train", "1:33", "END"],
    ["SELECT TOP 5 * FROM train", "1:12", "limit 5"],
    ["select `name` from train", "1:13", "double ones"],
    ["select label, name from train where max(n) > 2", "1:37", "HAVING"],
    ["select * from train union select * from counts", "", "same columns"],
    ["select * from read_csv('http://x.y/z.csv')", "", "Put the file"],
    ["select name::int from train", "", "try_cast"],
    ["select avg(name) from train", "1:8", "cast"],
    ["select 1; select 2", "1:11", "cell of its own"],
  ])("%j", async (sql, place, hint) => {
    const { where, hint: told, message } = await faultOf(sql);
    expect(where?.line === undefined ? "" : `${where.line}:${where.column}`, message).toBe(place);
    expect(told ?? "").toContain(hint);
  });
});
