import { openSync, writeSync } from "node:fs";
import { checkMade, checkOrder } from "./checks";
import { keepMade } from "./kept";
import { layOut } from "./layout";
import { type Places, publish } from "./publish";
import { onDraw } from "./raster";
import { madeFrom, writeStamp } from "./stamp";
import { loadTask, placesIn, placesOf, taskFile } from "./suite";
import { createTableWriter } from "./tables";
import type { Report } from "./task";

/** What a maker's process tells its parent. */
export interface Step {
  done: number;
  total: number;
  what: string;
}

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
 * The process of one task: `make.ts <id> <file> [<folder>]`. Before each drawing it notes the icon's name in the file, because a
 * panic of the rasteriser ends the process at once and could not be put to its icon otherwise.
 */
async function main(id: string, noteFile: string, folder: string | undefined): Promise<void> {
  const notes = openSync(noteFile, "w");
  onDraw((icon) => writeSync(notes, `${icon.padEnd(100)}\n`, 0));
  let told = 0;
  const report: Report = (done, total, what) => {
    if (done > 0 && done < total && Date.now() - told < 100) return;
    told = Date.now();
    process.send?.({ done, total, what } satisfies Step);
  };
  await makeTask(id, report, folder === undefined ? placesOf(id) : placesIn(folder, id));
}

const [, script, id, noteFile, folder] = process.argv;
if (script.endsWith("make.ts") && id && noteFile) {
  main(id, noteFile, folder).catch((error: unknown) => {
    console.error(error instanceof Error && error.name === "Leak" ? error.message : error);
    process.exitCode = 1;
  });
}
