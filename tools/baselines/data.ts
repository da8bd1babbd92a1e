import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { hashOf } from "../../src/base";
import type { InputColumn } from "../../src/learners";
import type { Column } from "../../src/table";
import {
  classesOf,
  featureColumns,
  readManifest,
  type SplitName,
  type TaskColumn,
  type TaskManifest,
} from "../../src/tasks";

/** Labelled rows. */
export interface Rows {
  ids: string[];
  labels: Int32Array;
  columns: InputColumn[];
}

export interface TaskRows {
  task: TaskManifest;
  classes: string[];
  train: Rows;
  validation: Rows;
  /** SHA-256 of train.parquet. */
  dataSha256: string;
}

export function readTask(samples: string, id: string): TaskManifest {
  const file = join(samples, id, "task.json");
  return readManifest(JSON.parse(readFileSync(file, "utf8")), file);
}

export function dataHashOf(samples: string, task: TaskManifest): string {
  return hashOf(new Uint8Array(readFileSync(join(samples, task.id, task.splits.train.parquet))));
}

/** The labelled splits of a task, as the tab would read them. The test split has no labels and is not opened. */
export async function readTaskRows(samples: string, id: string): Promise<TaskRows> {
  const task = readTask(samples, id);
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    return {
      task,
      classes: classesOf(task),
      train: await readRows(connection, samples, task, "train"),
      validation: await readRows(connection, samples, task, "validation"),
      dataSha256: dataHashOf(samples, task),
    };
  } finally {
    connection.closeSync();
  }
}

async function readRows(
  connection: DuckDBConnection,
  samples: string,
  task: TaskManifest,
  split: SplitName,
): Promise<Rows> {
  const columns = featureColumns(task);
  const picked = columns.map((column) => `${expressionOf(column)} as ${quoted(column.name)}`);
  const label = `${quoted(task.label.column)}::varchar as label`;
  const reader = await connection.runAndReadAll(
    `select id::varchar as id, ${[label, ...picked].join(", ")} from ${sourceOf(samples, task, split)}`,
  );
  const values = reader.getColumnsObjectJS();
  const classes = classesOf(task);
  return {
    ids: values.id.map(String),
    labels: Int32Array.from(values.label, (value) => classes.indexOf(String(value))),
    columns: columns.map((column) => ({ ...inputOf(column), column: columnFrom(column, values[column.name]) })),
  };
}

/** The flat form of a split; where the records are apart they are joined, in the order of the ids, as the app does. */
function sourceOf(samples: string, task: TaskManifest, split: SplitName): string {
  const file = (name: string) => `read_parquet('${join(samples, task.id, name).replaceAll("'", "''")}')`;
  const rows = file(task.splits[split].parquet);
  if (!task.records) return rows;
  const records = file(task.records.parquet);
  const side = (name: "left" | "right") =>
    task.columns.map((column) => `"${name}".${quoted(column.name)} as ${quoted(`${name}_${column.name}`)}`);
  return `(select p.id, ${[...side("left"), ...side("right"), `p.${quoted(task.label.column)}`].join(", ")}
    from ${rows} as p join ${records} as "left" on "left".id = p.left_id join ${records} as "right" on "right".id = p.right_id
    order by p.id)`;
}

export const inputOf = (column: TaskColumn): Pick<InputColumn, "name" | "as"> => ({
  name: column.name,
  as: column.modality,
});

function expressionOf({ name, modality }: TaskColumn): string {
  if (modality === "image") return `${quoted(name)}.bytes`;
  return `${quoted(name)}::${modality === "numeric" ? "double" : "varchar"}`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function columnFrom({ name, modality }: TaskColumn, values: readonly unknown[]): Column {
  if (modality === "numeric") {
    return {
      kind: "number",
      name,
      values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    };
  }
  if (modality === "image") {
    return { kind: "bytes", name, values: values.map((value) => (value instanceof Uint8Array ? value : null)) };
  }
  return { kind: "string", name, values: values.map((value) => (value === null ? null : String(value))) };
}
