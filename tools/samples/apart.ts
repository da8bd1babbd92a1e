import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Step } from "./make";
import { ROOT } from "./packages";

/**
 * Makes tasks, each in a process of its own, as many at a time as there are cores, and says how it goes.
 * @param folder where they go, a folder for each; where they are served from unless it is given
 * @returns the ids of those that failed
 */
export async function makeAll(ids: readonly string[], folder?: string): Promise<string[]> {
  const scratch = join(ROOT, ".cache/samples");
  mkdirSync(scratch, { recursive: true });
  const waiting = [...ids];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (!(await makeApart(id, join(scratch, `${id}-${process.pid}.drawing`), folder))) failed.push(id);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
  return failed;
}

function makeApart(id: string, noteFile: string, folder: string | undefined): Promise<boolean> {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  return new Promise((resolve) => {
    let last = "";
    const child = fork(join(ROOT, "tools/samples/make.ts"), [id, noteFile, ...(folder === undefined ? [] : [folder])], {
      cwd: ROOT,
    });
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
