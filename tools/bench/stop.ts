import type { Page } from "@playwright/test";
import type { Measured } from "./main";
import { createRows, type Effort, type FoundChromium, fence, inBrowser, notebookOf, openApp, runsOf } from "./tab";

const RUNS = 3;

/**
 * What runs until it is stopped, each with a cell that needs the same engine afterwards. No allocation bomb: it may end its
 * frame's process before it is stopped, which the driver takes for the page's end (its journeys: e2e/stop, e2e/attacks/bombs).
 */
const RUNAWAYS: Record<string, { runs: (run: number) => string; after: (run: number) => string }> = {
  "an endless loop": {
    runs: (run) => fence("ts runs", `while (true) {} // ${run}`),
    after: (run) => fence("ts after", `export default [{ one: ${run} }];`),
  },
  "a runaway query": {
    runs: (run) =>
      fence(
        "sql runs",
        `select count(*) as n from train a, train b, train c where a.id || b.id || c.id like '%zz${run}%'`,
      ),
    after: (run) => fence("sql after", `select count(*) + ${run} as n from validation`),
  },
  "a long training": {
    runs: (run) => fence("model runs", `learner: gbdt\ninputs: [columns]\nrounds: 2000\nleaves: 64\nseed: ${run}`),
    after: (run) => fence("model after", `learner: majority\ninputs: [columns]\nseed: ${run}`),
  },
};

/** From the press of Stop to a cell that is idle, and to the next answer of its engine; without isolation, the harder case. */
export async function stop(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  return inBrowser(
    found,
    async (browser, url) => {
      const rows = createRows();
      const page = await openApp(browser, url);
      for (const [what, { runs, after }] of Object.entries(RUNAWAYS)) {
        for (let run = 0; run < runsOf(RUNS, effort); run++) {
          const { idle, again } = await stopped(page, notebookOf("emoji-aisle", runs(run), after(run)));
          rows.add(`${what}: stopped`, "ms", idle, 1_000);
          rows.add(`${what}: the next cell answered`, "ms", again);
        }
      }
      return rows.all();
    },
    { isolated: false },
  );
}

async function stopped(page: Page, markdown: string): Promise<{ idle: number; again: number }> {
  return page.evaluate(async (markdown) => {
    const statusOf = (name: string) => window.polytab.cells().find((cell) => cell.name === name)?.status;
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await window.polytab.openNotebook(markdown);
    void window.polytab.run({ cells: ["runs"] });
    while (statusOf("runs") !== "running") await pause(5);
    await pause(1_000);
    const started = performance.now();
    void window.polytab.stop();
    while (statusOf("runs") !== "idle") await pause(5);
    const idle = performance.now() - started;
    await window.polytab.run({ cells: ["after"] });
    if (statusOf("after") !== "ready") throw new Error(`the next cell is ${statusOf("after")}`);
    return { idle, again: performance.now() - started };
  }, markdown);
}
