import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "../../src/base";
import { classesOf, MODALITIES, readCatalogue, readManifest, SPLIT_NAMES, type TaskManifest } from "../../src/tasks";
import { manifestSchema } from "../../src/tasks/manifest";
import { placesOf, SERVED } from "./suite";

export const SCHEMA = "task.schema.json";

/**
 * `task.schema.json`: what a `task.json` has to be, as a JSON Schema (draft 2020-12), for organisers who make tasks with
 * other tools. Made from the reader itself, so that the two cannot part.
 */
export function writeSchema(): void {
  const schema = { title: "A task of Polytab (task.json)", ...z.toJSONSchema(manifestSchema, { io: "input" }) };
  writeFileSync(join(SERVED, SCHEMA), `${JSON.stringify(schema, null, 2)}\n`);
}

/** `index.json`: every task's entry. `bytes` is what opening the task loads: its Parquet files. */
export function writeCatalogue(ids: readonly string[]): void {
  const tasks = ids.map((id) => {
    const file = join(placesOf(id).served, "task.json");
    const task = readManifest(JSON.parse(readFileSync(file, "utf8")), file);
    return {
      id,
      title: task.title,
      track: task.track,
      ...(task.kind && { kind: task.kind }),
      modalities: MODALITIES.filter((modality) => task.columns.some((column) => column.modality === modality)),
      rows: Object.fromEntries(SPLIT_NAMES.map((name) => [name, task.splits[name].rows])),
      classes: classesOf(task).length,
      metric: task.metric,
      bytes: parquetBytes(task),
    };
  });
  const catalogue = readCatalogue({ format: "polytab-catalogue/1", tasks }, "index.json");
  writeFileSync(join(SERVED, "index.json"), `${JSON.stringify(catalogue, null, 2)}\n`);
}

export function parquetBytes(task: TaskManifest): number {
  const files = [...SPLIT_NAMES.map((name) => task.splits[name]), ...(task.records ? [task.records] : [])];
  return files.reduce((sum, { parquet }) => sum + statSync(join(placesOf(task.id).served, parquet)).size, 0);
}
