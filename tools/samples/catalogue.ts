import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { dataHashOf } from "../../src/cells/task-data";
import { classesOf, MODALITIES, readCatalogue, readManifest, SPLIT_NAMES, type TaskManifest } from "../../src/tasks";
import { manifestJsonSchema, SCHEMA_FILE } from "../../src/tasks/folder/schema";
import { placesOf, SERVED } from "./suite";

/** `task.schema.json`, for organisers who make tasks with other tools. */
export function writeSchema(): void {
  writeFileSync(join(SERVED, SCHEMA_FILE), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
}

/** `index.json`: every task's entry. `bytes` is what opening the task loads: its Parquet files. */
export async function writeCatalogue(ids: readonly string[]): Promise<void> {
  const tasks: unknown[] = [];
  for (const id of ids) {
    const file = join(placesOf(id).served, "task.json");
    const task = readManifest(JSON.parse(readFileSync(file, "utf8")), file);
    tasks.push({
      id,
      title: task.title,
      track: task.track,
      ...(task.kind && { kind: task.kind }),
      modalities: MODALITIES.filter((modality) => task.columns.some((column) => column.modality === modality)),
      rows: Object.fromEntries(SPLIT_NAMES.map((name) => [name, task.splits[name].rows])),
      classes: classesOf(task).length,
      metric: task.metric,
      bytes: parquetBytes(task),
      description: task.description,
      columns: task.columns.map((column) => column.name),
      ...(task.track === "matching" && { positives: await shareOfMatches(task) }),
      data: dataHashOf(task),
    });
  }
  const catalogue = readCatalogue({ format: "polytab-catalogue/1", tasks }, "index.json");
  writeFileSync(join(SERVED, "index.json"), `${JSON.stringify(catalogue, null, 2)}\n`);
}

async function shareOfMatches(task: TaskManifest): Promise<number> {
  const train = join(placesOf(task.id).served, task.splits.train.parquet).replaceAll("'", "''");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const sql = `select round(avg("${task.label.column}"), 4)::double as share from '${train}'`;
    const [row] = (await connection.runAndReadAll(sql)).getRowObjects();
    return Number(row.share);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export function parquetBytes(task: TaskManifest): number {
  const files = [...SPLIT_NAMES.map((name) => task.splits[name]), ...(task.records ? [task.records] : [])];
  return files.reduce((sum, { parquet }) => sum + statSync(join(placesOf(task.id).served, parquet)).size, 0);
}
