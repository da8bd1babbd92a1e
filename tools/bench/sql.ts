import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Page } from "@playwright/test";
import type { Measured } from "./main";
import {
  createRows,
  type Effort,
  type FoundChromium,
  fence,
  inBrowser,
  notebookOf,
  openApp,
  runNotebook,
  runsOf,
} from "./tab";

const ROWS = 1_000_000;
const RUNS = 5;

/** A million rows made by arithmetic alone, so that DuckDB 0.9.1 in the tab and the native one of today make the same. */
const EVENTS = `select i as id,
  (i * 7919) % 1000 as product,
  'shop ' || ((i * 104729) % 50) as shop,
  case when i % 17 = 0 then null else ((i * 15485863) % 100003) / 100.0 end as price,
  date '2020-01-01' + ((i * 32452843) % 1461)::integer as day,
  'item ' || ((i * 49979687) % 20011) || ' of size ' || (i % 7) as title
from range(${ROWS}) as t(i)`;

/** Kinds of questions that a notebook asks; each answer is small, so that what counts is the work. */
const QUERIES: Record<string, string> = {
  "count by a category": "select shop, count(*) as n from events group by all order by n desc",
  "mean and quantiles": "select avg(price) as mean, quantile_cont(price, [0.1, 0.5, 0.9]) as q from events",
  histogram: "select floor(price / 10) as bin, count(*) as n from events group by all order by bin",
  "two keys": "select shop, product % 10 as kind, sum(price) as total from events group by all",
  "distinct values": "select count(distinct title) as n from events",
  "filter by text": "select count(*) as n from events where title like '%12%size 3'",
  "words split":
    "select string_split(title, ' ')[2] as word, count(*) as n from events group by all order by n desc limit 20",
  "top of each group":
    "select * from (select shop, id, price, row_number() over (partition by shop order by price desc, id) as place from events) where place <= 3",
  "self join": "select count(*) as n from events as a join events as b on a.id = b.id * 3 where a.product < b.product",
  "by month": "select date_trunc('month', day) as month, avg(price) as mean from events group by all order by month",
  sort: "select id, price from events order by price desc nulls last, id limit 100",
  correlation: "select corr(price, product) as r, regr_slope(price, id) as slope from events",
};

/** Twelve queries over a million rows as SQL cells, and by native DuckDB with one thread, in turn. */
export async function sql(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const runs = runsOf(RUNS, effort);
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const native = await instance.connect();
  await native.run(`create table events as ${EVENTS}`);
  try {
    return await inBrowser(found, async (browser, url) => {
      const page = await openApp(browser, url);
      const rows = createRows();
      const ratios: number[][] = Array.from({ length: runs }, () => []);
      for (const [what, query] of Object.entries(QUERIES)) {
        for (let run = -1; run < runs; run++) {
          const tab = await inTab(page, query, run);
          const own = await natively(native, query, run);
          if (run < 0) continue; // what both engines compile and read at first
          rows.add(`${what}: in the tab`, "ms", tab);
          rows.add(`${what}: tab / native`, "x", tab / own, 2);
          ratios[run].push(tab / own);
        }
      }
      const mean = (values: number[]) => Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length);
      return [
        {
          what: `geometric mean of the ${Object.keys(QUERIES).length} ratios`,
          unit: "x",
          values: ratios.map(mean),
          goal: 2,
        },
        ...rows.all(),
      ];
    });
  } finally {
    native.closeSync();
    instance.closeSync();
  }
}

/** The cell's own time, as its head shows it. A comment makes each run's text another: no result is taken from the cache. */
async function inTab(page: Page, query: string, run: number): Promise<number> {
  const cells = [fence("sql events", EVENTS), fence("sql answer", `${query} -- ${run}`)];
  const took = await runNotebook(page, notebookOf("emoji-aisle", ...cells), ["events", "answer"]);
  return took.answer;
}

async function natively(connection: DuckDBConnection, query: string, run: number): Promise<number> {
  const start = performance.now();
  await connection.run(`create or replace table answer as ${query} -- ${run}`);
  return performance.now() - start;
}
