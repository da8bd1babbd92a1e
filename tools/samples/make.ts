import { closeSync, openSync, writeSync } from "node:fs";
import { checkMade, checkOrder } from "./checks";
import { keepMade } from "./kept";
import { layOut } from "./layout";
import { type Places, publish } from "./publish";
import { onDraw } from "./raster";
import { madeFrom, writeStamp } from "./stamp";
import { loadTask, placesIn, placesOf, taskFile } from "./suite";
import { createTableWriter } from "./tables";
import type { Report } from "./task";

/** What a maker's process is asked for. `noteFile` gets the name of the icon that is being drawn. */
export interface Order {
  id: string;
  noteFile: string;
  /** Where the task goes, in a folder of its own; where it is served from unless it is given. */
  folder?: string;
}

export interface Step {
  done: number;
  total: number;
  what: string;
}

/** What a maker's process tells its parent: how far it is, and at the end whether the task is made. */
export type Said = { step: Step } | { made: boolean };

/** Makes one task: rows, checks, files, stamp. */
export async function makeTask(id: string, report: Report, places: Places): Promise<void> {
  const task = await loadTask(id);
  const made = task.make(report);
  report(0, 3, "checking");
  checkMade(task, made);
  const layout = layOut(task, made);
  checkOrder(layout);
  report(1, 3, "writing");
  const writer = await createTableWriter();
  try {
    await publish(task, layout, writer, places);
  } finally {
    writer.dispose();
  }
  keepMade(places, made);
  writeStamp(places, madeFrom(task, taskFile(id)));
  report(3, 3, "written");
}

/**
 * A process that makes tasks one after another, as its parent asks. Before each drawing it notes the icon's name, because a
 * panic of the rasteriser ends the process at once and could not be put to its icon otherwise.
 */
async function makeOrdered({ id, noteFile, folder }: Order, say: (said: Said) => void): Promise<void> {
  const notes = openSync(noteFile, "w");
  onDraw((icon) => writeSync(notes, `${icon.padEnd(100)}\n`, 0));
  let told = 0;
  const report: Report = (done, total, what) => {
    if (done > 0 && done < total && Date.now() - told < 100) return;
    told = Date.now();
    say({ step: { done, total, what } });
  };
  try {
    await makeTask(id, report, folder === undefined ? placesOf(id) : placesIn(folder, id));
    say({ made: true });
  } catch (error) {
    console.error(error instanceof Error && error.name === "Leak" ? error.message : error);
    say({ made: false });
  } finally {
    closeSync(notes);
  }
}

if (process.send && process.argv[1].endsWith("make.ts")) {
  process.on("message", (order: Order) => void makeOrdered(order, (said) => process.send?.(said)));
  process.on("disconnect", () => process.exit());
}
