import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { Fault, suggest } from "../../src/base";
import { readManifest, type TaskManifest } from "../../src/tasks";
import { chromiumFlags, findChromium } from "../chromium";
import { root, runTool } from "../command";
import { prepare } from "../prepare";
import { notebookText } from "../samples/publish";
import { placesOf, taskIds } from "../samples/suite";
import { serveFolder } from "../serve";
import { partsOf, singleModalityNotebook } from "./single-modality";
import { type Score, type StarterResult, startersPage } from "./starters-table";
import { VISITOR } from "./tab";

const PAGE = join(root, "docs/starters.md");
const RESULTS = join(root, "docs/starters.json");

/**
 * `npx tsx tools/bench/starters.ts [--dist=FOLDER] [task…]`: runs every task's starter notebook, and each modality alone,
 * in the built app, and writes docs/starters.md. With tasks named, the others keep the results that they had. `--dist`
 * takes a build as it is instead of making one.
 */
await runTool(async () => {
  const dist = process.argv.find((argument) => argument.startsWith("--dist="))?.slice("--dist=".length);
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  const known = taskIds();
  for (const id of wanted)
    if (!known.includes(id))
      throw new Fault("task-unknown", `There is no task "${id}"`, { hint: suggest(id, known) ?? known.join(", ") });
  if (!dist) {
    await prepare("samples");
    await prepare("encoders");
    await prepare("build");
  }
  const found = await findChromium();
  const served = await serveFolder({ folder: resolve(dist ?? join(root, "dist")) });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env },
  });
  const results = new Map(before().map((result) => [result.task, result]));
  try {
    for (const id of wanted.length > 0 ? wanted : known) {
      const manifest = readManifest(JSON.parse(readFileSync(join(placesOf(id).served, "task.json"), "utf8")), id);
      const result = await measure(browser, served.url, manifest);
      results.set(id, result);
      const { starter, metric, runMs, load } = result;
      console.log(
        `${id.padEnd(20)} ${metric} ${starter.value.toFixed(3)}, ${(runMs / 1000).toFixed(1)} s, load ${load.toFixed(1)}`,
      );
      const all = known.flatMap((task) => results.get(task) ?? []);
      writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
      writeFileSync(PAGE, startersPage(all, `${cpus().length} cores (${cpus()[0].model.trim()}), ${found.version}`));
    }
  } finally {
    await browser.close();
    await served.close();
  }
});

function before(): StarterResult[] {
  return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as StarterResult[]) : [];
}

/** Runs the starter notebook in a fresh tab, then the notebook of the single modalities. */
async function measure(browser: Browser, url: string, task: TaskManifest): Promise<StarterResult> {
  const context = await browser.newContext(VISITOR);
  const page = await context.newPage();
  try {
    const app = polytab(page);
    await page.goto(url);
    await app.ready();
    const opened = performance.now();
    await app.openTask(task.id);
    const openMs = performance.now() - opened;

    const run = async (markdown: string) => {
      await app.openNotebook(markdown);
      const started = performance.now();
      const cells = await app.run();
      const runMs = performance.now() - started;
      for (const { name, status, fault } of cells)
        if (status !== "ready")
          throw new Fault(
            "cell-failed",
            `${task.id}: the cell "${name}" is ${status}: ${fault?.message ?? "no fault"}`,
            {
              hint: fault?.hint,
            },
          );
      return { runMs, cells: cells.map(({ name, tookMs = 0 }) => ({ name, tookMs })) };
    };
    const scoreOf = async (cell: string): Promise<Score> => {
      const { value, low, high } = (await app.score(cell)).primary;
      return { value, low, high };
    };

    const { runMs, cells } = await run(notebookText(task));
    const { primary, metrics } = await app.score("result");
    const load = loadavg()[0];
    await run(singleModalityNotebook(task));
    const parts: StarterResult["parts"] = {};
    for (const part of partsOf(task)) parts[part] = await scoreOf(`${part}_score`);
    return {
      task: task.id,
      metric: primary.metric,
      rows: { train: task.splits.train.rows, validation: task.splits.validation.rows },
      majority: await scoreOf("majority_score"),
      parts,
      starter: { value: primary.value, low: primary.low, high: primary.high },
      metrics,
      load,
      openMs,
      runMs,
      cells,
    };
  } finally {
    await context.close();
  }
}
