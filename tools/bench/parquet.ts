import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Browser, Page } from "@playwright/test";
import { serveFolder } from "../serve";
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

const RUNS = 5;
/** Rows of 114 bytes each that do not compress: 100 MB and 500 MB. */
const ROWS = { scanned: 880_000, large: 4_400_000 };

/** Twelve numbers of noise, a text of few values and a class. The same in every DuckDB: arithmetic alone. */
const NOISE = Array.from({ length: 12 }, (_, i) => `hash(i * 31 + ${i}) / 18446744073709551616.0 as n${i}`).join(", ");
const rowsSql = (from: number, to: number): string =>
  `select i as nr, 'word ' || i % 500 as about, ['x', 'y', 'z'][1 + i % 3] as kind, ${NOISE} from range(${from}, ${to}) as t(i)`;

const SCANS: Record<string, string> = {
  "one column of fifteen": "select avg(n3) as mean from train",
  "four columns, grouped":
    "select about, avg(n1) as a, max(n2) as b, min(n5) as c from train group by all order by about limit 20",
  "a filter and a count":
    "select kind, count(*) as n from train where n0 > 0.9 and n7 < 0.1 group by all order by kind",
};

/**
 * Large files: a local Parquet of 500 MB to its first rows where it lies, a remote one by ranges, and scans of one of 100 MB
 * that was made a task, against native DuckDB with one thread over the same file, in turn.
 */
export async function parquet(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), "polytab-bench-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const native = await instance.connect();
  const file = (name: string): string => join(folder, `${name}.parquet`);
  const write = (name: string, from: number, to: number): Promise<unknown> =>
    native.run(`copy (${rowsSql(from, to)}) to '${file(name)}' (format parquet, row_group_size 50000)`);
  try {
    await write("large", 0, ROWS.large);
    await write("train", 0, ROWS.scanned);
    await write("validation", ROWS.scanned, ROWS.scanned + 1_000);
    return await inBrowser(found, async (browser, url) => {
      const rows = createRows();
      await firstRows(browser, url, file("large"), runsOf(3, effort), rows.add);
      await byRanges(browser, url, folder, file("large"), rows.add);
      // Making a task of a file takes minutes.
      if (!effort.brief)
        await scans(await openApp(browser, url), native, [file("train"), file("validation")], rows.add);
      return rows.all();
    });
  } finally {
    native.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

type Add = ReturnType<typeof createRows>["add"];

const megabytes = (path: string): string => `${Math.round(statSync(path).size / 1e6)} MB`;

async function firstRows(browser: Browser, url: string, path: string, runs: number, add: Add): Promise<void> {
  for (let run = 0; run < runs; run++) {
    const page = await openApp(browser, url);
    await page.goto(`${url}#/import`);
    const input = page.locator("input[type=file]").first();
    await input.waitFor({ state: "attached" });
    const started = Date.now();
    await input.setInputFiles(path);
    await page.locator(".pick-rows td").first().waitFor();
    add(`a local Parquet of ${megabytes(path)}, to its first rows`, "ms", Date.now() - started, 3_000);
    await page.context().close();
  }
}

async function byRanges(browser: Browser, url: string, folder: string, path: string, add: Add): Promise<void> {
  let read = 0;
  const host = await serveFolder({ folder, cors: true, onAnswer: ({ bytes }) => (read += bytes) });
  try {
    const page = await openApp(browser, url);
    await page.goto(`${url}#task=${host.url}large.parquet`);
    await page.getByRole("button", { name: "Open it" }).click();
    const started = Date.now();
    await page.locator(".pick-rows td").first().waitFor();
    add(`a remote Parquet of ${megabytes(path)}, to its first rows`, "ms", Date.now() - started);
    add("of it read until then", "%", (100 * read) / statSync(path).size);
    await page.context().close();
  } finally {
    await host.close();
  }
}

async function scans(page: Page, native: DuckDBConnection, files: [string, string], add: Add): Promise<void> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement("input"), { type: "file", id: "bench", multiple: true });
    document.body.append(input);
  });
  await page.locator("#bench").setInputFiles(files);
  const started = Date.now();
  const task = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>("#bench");
    const [train, validation] = input?.files ?? [];
    return window.polytab.importTask({ train, validation }, { title: "Noise", track: "classification", label: "kind" });
  });
  const size = megabytes(files[0]);
  add(`a Parquet of ${size} made a task`, "s", (Date.now() - started) / 1000);
  await native.run(`create or replace view train as select * from '${files[0]}'`);
  for (const [what, query] of Object.entries(SCANS)) {
    for (let run = 0; run <= RUNS; run++) {
      const took = await runNotebook(page, notebookOf(task, fence("sql answer", `${query} -- ${run}`)));
      const begun = performance.now();
      await native.run(`create or replace table answer as ${query}`);
      const own = performance.now() - begun;
      if (run === 0) continue; // the first one reads the file in
      add(`scan of ${size}, ${what}: in the tab`, "ms", took.answer);
      add(`scan of ${size}, ${what}: tab / native`, "x", took.answer / own, 2);
    }
  }
}
