import type { Page } from "@playwright/test";
import type { Measured } from "./main";
import { createRows, type FoundChromium, fence, inBrowser, notebookOf, openApp, runNotebook } from "./tab";

const TASK = "emoji-aisle";
const NAME =
  'import { defineFeatures, text } from "polytab";\nexport default defineFeatures((row) => ({ name: text(row.name ?? ""), letters: row.name?.length ?? null }));';

const notebook = (run: number): string =>
  notebookOf(
    TASK,
    fence("sql balance", `select label, count(*) as n from train group by all order by n desc -- ${run}`),
    fence("ts features", `${NAME}\n// ${run}`),
    fence("model linear", `learner: linear\ninputs: [features, columns]\nseed: ${run}`),
    fence("model trees", `learner: gbdt\ninputs: [features, columns]\nseed: ${run}`),
    fence("score result", "predictions: [linear, trees]"),
  );

/** What a tab holds after many runs, and how long its main thread was ever busy at a time. */
export async function quiet(found: FoundChromium): Promise<Measured[]> {
  return inBrowser(found, async (browser, url) => {
    const rows = createRows();
    const page = await openApp(browser, url);
    await watchLongTasks(page);
    await runNotebook(page, notebookOf(TASK, fence("sql first", "select 1 as one")));
    rows.add("memory with the task open", "MB", await memory(page));
    await longest(page);
    for (let run = 1; run <= 20; run++) {
      await runNotebook(page, notebook(run));
      if (run === 1) {
        rows.add("memory after one run", "MB", await memory(page));
        continue;
      }
      if (run <= 4) rows.add("longest task of the main thread during a run of all cells", "ms", await longest(page));
    }
    const [after1, after20] = [rows.all().find(({ what }) => what.includes("one run"))!.values[0], await memory(page)];
    rows.add("memory after 20 runs", "MB", after20);
    rows.add("memory after 20 runs / after one", "x", after20 / after1);
    await page.evaluate(() => {
      location.hash = "#/";
    });
    await page.waitForTimeout(500);
    rows.add("memory back on the home page", "MB", await memory(page));
    for (const [what, cells] of Object.entries(STEPS)) {
      await runNotebook(page, notebookOf("icon-topic", ...cells.slice(0, -1)));
      await longest(page);
      await runNotebook(page, notebookOf("icon-topic", ...cells));
      rows.add(`longest task while ${what} (icon-topic, 14,837 rows)`, "ms", await longest(page));
    }
    return rows.all();
  });
}

const query = fence("sql balance", "select label, count(*) as n from train group by all");
const featureCell = fence("ts features", NAME);
const model = fence("model linear", "learner: linear\ninputs: [features, columns]");
const STEPS: Record<string, string[]> = {
  querying: [query],
  "computing features": [query, featureCell],
  training: [query, featureCell, model],
  scoring: [query, featureCell, model, fence("score result", "predictions: linear")],
};

/** Everything of the tab: the page, its workers, their WebAssembly; after a collection of garbage. */
async function memory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const measure: unknown = Reflect.get(performance, "measureUserAgentSpecificMemory");
    if (typeof measure !== "function") throw new Error("this browser does not tell the memory of a tab");
    return (await measure.call(performance)).bytes / 1e6;
  });
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, "longTasks", seen);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: "longtask" });
  });
}

/** The longest since the last call; 0 where none took 50 ms or more, which is all that the browser tells. */
async function longest(page: Page): Promise<number> {
  await page.waitForTimeout(100);
  return page.evaluate(() => {
    const seen: number[] = Reflect.get(window, "longTasks");
    return Math.max(0, ...seen.splice(0));
  });
}
