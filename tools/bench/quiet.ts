import type { Page } from "@playwright/test";
import type { Measured } from "./main";
import { createRows, type FoundChromium, fence, inBrowser, notebookOf, openApp, runNotebook } from "./tab";

const TASK = "emoji-aisle";
const MOST_MS = 50;
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

/** How long the main thread was ever busy at a time. */
export async function quiet(found: FoundChromium): Promise<Measured[]> {
  return inBrowser(found, async (browser, url) => {
    const rows = createRows();
    const page = await openApp(browser, url);
    await watchLongTasks(page);
    for (let run = 1; run <= 3; run++) {
      await runNotebook(page, notebook(run));
      const what = `longest task while all cells run, ${run === 1 ? "the first time" : "again"} (0: under 50)`;
      rows.add(what, "ms", await longest(page), MOST_MS);
    }
    for (const [what, cells] of Object.entries(STEPS)) {
      await runNotebook(page, notebookOf("icon-topic", ...cells.slice(0, -1)));
      await longest(page);
      await runNotebook(page, notebookOf("icon-topic", ...cells));
      rows.add(`longest task while ${what} (icon-topic, 14,837 rows; 0: under 50)`, "ms", await longest(page), MOST_MS);
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
  "an ONNX model runs": [query, fence("model baseline", "model: icon-topic-fusion")],
  "texts are embedded": [query, fence("model meanings", "learner: majority\ninputs: ['embed:text(name)']")],
};

export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, "longTasks", seen);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: "longtask" });
  });
}

/** The longest since the last call; 0 where none took 50 ms or more, which is all that the browser tells. */
export async function longest(page: Page): Promise<number> {
  await page.waitForTimeout(100);
  return page.evaluate(() => {
    const seen: number[] = Reflect.get(window, "longTasks");
    return Math.max(0, ...seen.splice(0));
  });
}
