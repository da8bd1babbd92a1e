import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Browser, Page } from "@playwright/test";
import { firstVisit } from "./first-visit";
import type { Measured } from "./main";
import { createRows, type Effort, type FoundChromium, fence, inBrowser, notebookOf, runsOf, VISITOR } from "./tab";

const RUNS = 5;
const dist = join(import.meta.dirname, "../../dist");
const FIRST_QUERY =
  "---\npolytab: 1\ntitle: Bench\ntask: emoji-aisle\n---\n\n```sql first\nselect label, count(*) as n from train group by all\n```\n";
/** Three tasks, each with a feature cell in the way of its kind. */
const EDITED: Record<string, string> = {
  "emoji-aisle": '{ name: text(row.name ?? ""), letters: row.name?.length ?? null }',
  "smart-home-type": '{ about: text(row.description ?? ""), words: row.description?.split(" ").length ?? null }',
  "web-features":
    "{ same: similarity.jaccard(row.left.title, row.right.title), near: similarity.jaroWinkler(row.left.title, row.right.title) }",
};

/** The walk of a first visit, cold, from a local server: each run in a fresh profile. */
export async function walk(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const rows = createRows();
  const runs = runsOf(RUNS, effort);
  for (let run = 0; run < runs; run++) {
    const visit = await firstVisit(found, FIRST_QUERY);
    rows.add("the same page empty: first contentful paint", "ms", visit.emptyPaint);
    rows.add("navigation to the shell (first contentful paint)", "ms", visit.paint);
    rows.add("navigation to a readable notebook, cold, by a link", "ms", visit.readable, 1_000);
    rows.add("navigation to the first SQL result, cold, by a link", "ms", visit.queried, 2_000);
    rows.add("navigation to a readable notebook, warm", "ms", visit.warmReadable);
    rows.add("navigation to the first SQL result, warm", "ms", visit.warmQueried);
  }
  return inBrowser(found, async (browser, url) => {
    for (let run = 0; run < runs; run++) await once(browser, url, rows.add);
    return rows.all();
  });
}

async function once(browser: Browser, url: string, add: Add): Promise<void> {
  const context = await browser.newContext(VISITOR);
  const page = await context.newPage();
  const asked = new Set<string>();
  context.on("request", (request) => asked.add(request.url()));

  await page.goto(url);
  await page.waitForFunction(() => "polytab" in window);
  await page.evaluate(async (markdown) => {
    await window.polytab.openNotebook(markdown);
    while (!document.querySelector('[aria-label$=" cell first"]')) await new Promise(requestAnimationFrame);
  }, FIRST_QUERY);
  add(
    "transferred until the notebook is readable (brotli)",
    "MB",
    megabytes(
      [...asked].filter((address) => !address.includes("/samples/")),
      url,
    ),
  );
  await page.evaluate(async () => {
    await window.polytab.run();
    if (window.polytab.cells()[0].status !== "ready") throw new Error("the first query failed");
  });
  const task = [...asked].filter((address) => address.includes("/samples/"));
  add(
    "transferred until the first SQL result, beside the task's data (brotli)",
    "MB",
    megabytes(
      [...asked].filter((address) => !task.includes(address)),
      url,
    ),
    4,
  );
  add("the task's data", "MB", megabytes(task, url));

  await page.goto(`${url}#/task/emoji-aisle`);
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await page.getByRole("region", { name: / cell features$/ }).waitFor();
  await page.waitForTimeout(2_000); // a reader looks before pressing run
  add("pressing run to the score (starter notebook, 3 models, first run)", "ms", await timedRun(page));
  add(
    "transferred until the first score, beside the task's data (brotli)",
    "MB",
    megabytes(
      [...asked].filter((address) => !address.includes("/samples/")),
      url,
    ),
  );
  add("link of the starter notebook", "characters", (await page.evaluate(() => window.polytab.shareLink())).length);
  for (const [task, feature] of Object.entries(EDITED)) {
    await page.evaluate((markdown) => window.polytab.openNotebook(markdown), edited(task, feature, 0));
    await timedRun(page);
    await page.evaluate((markdown) => window.polytab.openNotebook(markdown), edited(task, feature, 1));
    add(`edit to score, ${task} (features, linear model, score)`, "ms", await timedRun(page), 1_500);
  }
  await context.close();
}

const edited = (task: string, feature: string, edit: number): string =>
  notebookOf(
    task,
    fence(
      "ts features",
      `import { defineFeatures, similarity, text } from "polytab";\nexport default defineFeatures((row) => (${feature}));\n// ${edit}`,
    ),
    fence("model linear", "learner: linear\ninputs: [features]"),
    fence("score result", "predictions: linear"),
  );

/** Runs what is stale; resolves to the milliseconds until the score cell is ready. */
function timedRun(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const started = performance.now();
    const cells = await window.polytab.run({ cells: ["result"] });
    if (cells.find((cell) => cell.name === "result")?.status !== "ready")
      throw new Error(`no score: ${cells.map(({ fault }) => fault?.message ?? "").join(" ")}`);
    return performance.now() - started;
  });
}

type Add = ReturnType<typeof createRows>["add"];

const sizes = new Map<string, number>();

/** Brotli sizes (quality 9) of the files of the build behind these addresses, as a host that compresses sends them. */
function megabytes(addresses: string[], base: string): number {
  let total = 0;
  for (const address of addresses) {
    const path = new URL(address).pathname;
    if (!address.startsWith(base)) continue;
    const file = join(dist, path === "/" ? "index.html" : decodeURIComponent(path));
    const known =
      sizes.get(file) ??
      brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
    sizes.set(file, known);
    total += known;
  }
  return total / 1e6;
}
