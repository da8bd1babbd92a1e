import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { parquetCounts } from "./parquet-counts";

async function parquet(sql: string, options = ""): Promise<Uint8Array> {
  const path = join(mkdtempSync(join(tmpdir(), "counts-")), "c.parquet");
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await connection.run(`copy (${sql}) to '${path}' (format parquet${options})`);
  connection.closeSync();
  return new Uint8Array(readFileSync(path));
}

it("tells the rows, those of each group, and the columns at the top", async () => {
  const sql = "select range as id, {'a': 1, 'b': [range]} as deep, map([1], ['x']) as m, true as flag from range(5000)";
  expect(parquetCounts(await parquet(sql, ", row_group_size 2048"))).toEqual({
    rows: 5000,
    groups: [2048, 2048, 904],
    columns: 4,
    paged: [2048, 2048, 904],
  });
});

it.each(["polars-snappy.parquet", "arrow-rs.parquet", "hyparquet.parquet"])("reads what others write: %s", (name) => {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, "../app/import/fixtures", name)));
  const counts = parquetCounts(bytes);
  expect(counts?.rows).toBeGreaterThan(0);
  expect(counts?.groups.reduce((sum, rows) => sum + rows, 0)).toBe(counts?.rows);
  expect(counts?.paged).toEqual(counts?.groups);
});

it("counts no pages where the first column is nested", async () => {
  const counts = parquetCounts(await parquet("select [range, range] as pair, range as id from range(10)"));
  expect(counts).toEqual({ rows: 10, groups: [10], columns: 2, paged: undefined });
});

it("says nothing of what is no footer, and ends with it", async () => {
  expect(parquetCounts(new Uint8Array(4))).toBeUndefined();
  const whole = await parquet("select range as id from range(10)");
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.slice();
    bytes[at] ^= 0xff;
    parquetCounts(bytes); // neither throws nor hangs
  }
});
