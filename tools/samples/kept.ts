import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Places } from "./publish";
import { madeFrom, staleReason } from "./stamp";
import { taskFile } from "./suite";
import type { Made, SampleTask } from "./task";

/** A task as it was made, before it was laid out: tests put its leaks back without drawing every icon again. */
export function keepMade(places: Places, made: Made): void {
  mkdirSync(places.unserved, { recursive: true });
  writeFileSync(fileOf(places), serialize(made));
}

/** What `keepMade` kept, if it is what today's sources make; made anew otherwise. Equal pictures share one array, as made. */
export function keptOrMade(task: SampleTask, places: Places): Made {
  const isKept = existsSync(fileOf(places)) && staleReason(places, madeFrom(task, taskFile(task.id))) === undefined;
  return isKept ? deserialize(readFileSync(fileOf(places))) : task.make(() => {});
}

function fileOf(places: Places): string {
  return join(places.unserved, "made.bin");
}
