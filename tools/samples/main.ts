import { fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { writeCatalogue, writeSchema } from "./catalogue";
import type { Step } from "./make";
import { ROOT } from "./packages";
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
  const scratch = join(ROOT, ".cache/samples");
  mkdirSync(scratch, { recursive: true });
  const failed = await makeAll(stale, scratch);
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

async function makeAll(ids: readonly string[], scratch: string): Promise<string[]> {
  const waiting = [...ids];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (!(await makeApart(id, join(scratch, `${id}.drawing`)))) failed.push(id);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
  return failed;
}

function makeApart(id: string, noteFile: string): Promise<boolean> {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  return new Promise((resolve) => {
    let last = "";
    const child = fork(join(ROOT, "tools/samples/make.ts"), [id, noteFile], { cwd: ROOT });
    child.on("message", (step: Step) => {
      const line = `${id.padEnd(22)} ${step.what} ${step.done}/${step.total}`;
      if (process.stdout.isTTY ? line !== last : step.what !== last) console.log(`${line}, ${seconds()}`);
      last = process.stdout.isTTY ? line : step.what;
    });
    child.on("error", (error) => console.error(`${id}: ${error.message}`));
    child.on("exit", (code, signal) => {
      if (code === 0) console.log(`${id.padEnd(22)} done, ${seconds()}`);
      else if (signal) {
        const icon = existsSync(noteFile) ? readFileSync(noteFile, "utf8").trim() : "";
        console.error(
          `${id}: the process ended by ${signal}${icon && ` while drawing "${icon}". If resvg panicked, add the icon to PANICS in tools/samples/raster.ts.`}`,
        );
      } else console.error(`${id}: not made (exit ${code}).`);
      rmSync(noteFile, { force: true });
      resolve(code === 0);
    });
  });
}

/** Folders of tasks that are no longer in the suite: the site would serve them. */
function removeForeign(ids: readonly string[]): void {
  mkdirSync(SERVED, { recursive: true });
  for (const entry of readdirSync(SERVED, { withFileTypes: true })) {
    if (entry.isDirectory() && !ids.includes(entry.name)) rmSync(join(SERVED, entry.name), { recursive: true });
  }
}

await main();
