import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { Fault, suggest } from "../../src/base";
import { readManifest, type TaskManifest } from "../../src/tasks";
import { chromiumFlags, findChromium } from "../chromium";
import { root, runTool } from "../command";
import { prepare } from "../prepare";
import { notebookText } from "../samples/publish";
import { placesOf, taskIds } from "../samples/suite";
import { serveFolder } from "../serve";
import { VISITOR } from "./tab";

const PAGE = join(root, "docs/across.md");
const RESULTS = join(root, "docs/across.json");

/** What came of a starter: on each task its score, or why it did not run there. */
interface AcrossResult {
  starter: string;
  tookMs: number;
  tasks: { task: string; value?: number; fault?: string }[];
}

/**
 * `npx tsx tools/bench/across.ts [--dist=FOLDER] [starter…]`: runs every starter notebook on every task of its track, as the
 * button does, and writes docs/across.md. With starters named, the others keep the results that they had.
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
    await prepare("build");
  }
  const manifestOf = (id: string): TaskManifest =>
    readManifest(JSON.parse(readFileSync(join(placesOf(id).served, "task.json"), "utf8")), id);
  const before: AcrossResult[] = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : [];
  const results = new Map(before.map((result) => [result.starter, result]));
  const found = await findChromium();
  const served = await serveFolder({ folder: resolve(dist ?? join(root, "dist")) });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env },
  });
  try {
    for (const id of wanted.length > 0 ? wanted : known) {
      const page = await (await browser.newContext(VISITOR)).newPage();
      const app = polytab(page);
      await page.goto(served.url);
      await app.ready();
      await app.openNotebook(notebookText(manifestOf(id)));
      const started = performance.now();
      const tasks = (await app.runAcrossTasks()).map(({ task, score, fault }) => ({
        task,
        ...(score && { value: score.primary.value }),
        ...(fault && { fault }),
      }));
      const result = { starter: id, tookMs: performance.now() - started, tasks };
      results.set(id, result);
      console.log(JSON.stringify(result));
      const all = known.flatMap((each) => results.get(each) ?? []);
      writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
      writeFileSync(PAGE, acrossPage(all, known.map(manifestOf), `${cpus().length} cores, ${found.version}`));
      await page.context().close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
});

function acrossPage(results: readonly AcrossResult[], tasks: readonly TaskManifest[], machine: string): string {
  const tables = (["classification", "matching"] as const).map((track) => {
    const own = tasks.filter((task) => task.track === track);
    const lines = results
      .filter(({ starter }) => own.some(({ id }) => id === starter))
      .map(({ starter, tookMs, tasks: found }) => {
        const values = own.map(({ id }) => found.find(({ task }) => task === id)?.value);
        const average = values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / own.length;
        const shown = values.map((value, place) =>
          value === undefined ? "–" : own[place].id === starter ? `**${value.toFixed(3)}**` : value.toFixed(3),
        );
        return `| ${[starter, ...shown, average.toFixed(3), `${Math.round(tookMs / 1000)} s`].join(" | ")} |`;
      });
    const head = ["starter", ...own.map(({ id, metric }) => `${id} (${metric})`), "average", "took"];
    return `## ${track}\n\n| ${head.join(" | ")} |\n|${"---|".repeat(head.length)}\n${lines.join("\n")}`;
  });
  return `# Every starter notebook on every task of its track

Made by \`npx tsx tools/bench/across.ts\` in the built app, on ${machine}: validation scores by _Run on every task of this
track_. In bold a starter's score on its own task. A task on which a notebook fails counts as 0.

${tables.join("\n\n")}
`;
}
