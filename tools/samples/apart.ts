import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Order, Said, Step } from "./make";
import { ROOT } from "./packages";

/**
 * Makes tasks in processes apart, one for each core, and says how it goes. A process that ends takes its task with it and no
 * other: the next task gets a new one.
 * @param folder where they go, a folder for each; where they are served from unless it is given
 * @returns the ids of those that failed
 */
export async function makeAll(ids: readonly string[], folder?: string): Promise<string[]> {
  const scratch = join(ROOT, ".cache/samples");
  mkdirSync(scratch, { recursive: true });
  const waiting = [...ids];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    let maker: ChildProcess | undefined;
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (!maker?.connected) maker = fork(join(ROOT, "tools/samples/make.ts"), { cwd: ROOT });
      const noteFile = join(scratch, `${id}-${process.pid}.drawing`);
      if (!(await made(maker, { id, noteFile, ...(folder !== undefined && { folder }) }))) failed.push(id);
    }
    if (maker?.connected) maker.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
  return failed;
}

/** Resolves to whether the maker made the task. */
function made(maker: ChildProcess, order: Order): Promise<boolean> {
  const { id, noteFile } = order;
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  let last = "";
  const show = ({ what, done, total }: Step): void => {
    const line = `${id.padEnd(22)} ${what} ${done}/${total}`;
    if (process.stdout.isTTY ? line !== last : what !== last) console.log(`${line}, ${seconds()}`);
    last = process.stdout.isTTY ? line : what;
  };
  return new Promise((resolve) => {
    const end = (isMade: boolean): void => {
      maker.off("message", hear).off("exit", die);
      rmSync(noteFile, { force: true });
      resolve(isMade);
    };
    const hear = (said: Said): void => {
      if ("step" in said) {
        show(said.step);
        return;
      }
      if (said.made) console.log(`${id.padEnd(22)} done, ${seconds()}`);
      else console.error(`${id}: not made.`);
      end(said.made);
    };
    const die = (code: number | null, signal: string | null): void => {
      const icon = existsSync(noteFile) ? readFileSync(noteFile, "utf8").trim() : "";
      console.error(
        `${id}: the process ended by ${signal ?? `exit ${code}`}${icon && ` while drawing "${icon}". If resvg panicked, add the icon to PANICS in tools/samples/raster.ts.`}`,
      );
      end(false);
    };
    maker.on("message", hear).on("exit", die);
    maker.send(order);
  });
}
