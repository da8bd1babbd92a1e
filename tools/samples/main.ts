import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeAll } from "./apart";
import { writeCatalogue, writeSchema } from "./catalogue";
import { madeFrom, refreshNotebook, staleReason } from "./stamp";
import { loadTask, placesOf, SERVED, taskFile, taskIds } from "./suite";

/** `npm run samples`: makes what is missing or stale, each task in a process of its own, two at a time. */
async function main(): Promise<void> {
  const started = Date.now();
  const ids = taskIds();
  const stale: string[] = [];
  for (const id of ids) {
    const task = await loadTask(id);
    const reason = staleReason(placesOf(id), madeFrom(task, taskFile(id)));
    if (reason === undefined) {
      if (refreshNotebook(task, placesOf(id))) console.log(`${id.padEnd(22)} notebook brought up to date`);
      continue;
    }
    console.log(`${id.padEnd(22)} to be made: ${reason}`);
    stale.push(id);
  }
  removeForeign(ids);
  const failed = await makeAll(stale);
  writeSchema();
  if (failed.length === 0) await writeCatalogue(ids);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `samples: ${ids.length} tasks, ${stale.length - failed.length} made, ${ids.length - stale.length} fresh, ${seconds} s`,
  );
  if (failed.length > 0) {
    console.error(`Not made: ${failed.join(", ")}`);
    process.exitCode = 1;
  }
}

/** Folders of tasks that are no longer in the suite: the site would serve them. */
function removeForeign(ids: readonly string[]): void {
  mkdirSync(SERVED, { recursive: true });
  for (const entry of readdirSync(SERVED, { withFileTypes: true })) {
    if (entry.isDirectory() && !ids.includes(entry.name)) rmSync(join(SERVED, entry.name), { recursive: true });
  }
}

await main();
