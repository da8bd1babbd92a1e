import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { hashOf } from "../../src/base";
import { type InputColumn, type PreparedColumn, prepareColumns } from "../../src/learners";
import type { Column } from "../../src/table";
import { classesOf, featureColumns, readManifest, type TaskColumn, type TaskManifest } from "../../src/tasks";

/** Labelled rows, ready for the encoders. */
export interface Rows {
  ids: string[];
  labels: Int32Array;
  columns: PreparedColumn[];
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
    const read = (file: string) => readRows(connection, join(samples, id, file), task);
    return {
      task,
      classes: classesOf(task),
      train: await read(task.splits.train.parquet),
      validation: await read(task.splits.validation.parquet),
      dataSha256: dataHashOf(samples, task),
    };
  } finally {
    connection.closeSync();
  }
}

async function readRows(connection: DuckDBConnection, file: string, task: TaskManifest): Promise<Rows> {
  const columns = featureColumns(task);
  const picked = columns.map((column) => `${expressionOf(column)} as ${quoted(column.name)}`);
  const label = `${quoted(task.label.column)}::varchar as label`;
  const reader = await connection.runAndReadAll(
    `select id::varchar as id, ${[label, ...picked].join(", ")} from read_parquet('${file.replaceAll("'", "''")}')`,
  );
  const values = reader.getColumnsObjectJS();
  const classes = classesOf(task);
  const inputs = columns.map(
    (column): InputColumn => ({ ...inputOf(column), column: columnFrom(column, values[column.name]) }),
  );
  return {
    ids: values.id.map(String),
    labels: Int32Array.from(values.label, (value) => classes.indexOf(String(value))),
    columns: await prepareColumns(inputs, async () => {}),
  };
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

/** The rows with these indices. */
export function pickRows(rows: Rows, picked: readonly number[]): Rows {
  return {
    ids: picked.map((row) => rows.ids[row]),
    labels: Int32Array.from(picked, (row) => rows.labels[row]),
    columns: rows.columns.map((column) => pickColumn(column, picked)),
  };
}

function pickColumn(column: PreparedColumn, picked: readonly number[]): PreparedColumn {
  switch (column.as) {
    case "numeric":
      return { ...column, values: Float64Array.from(picked, (row) => column.values[row]) };
    case "picture": {
      const width = column.features.length / column.missing.length;
      const features = new Float32Array(picked.length * width);
      picked.forEach((row, i) => {
        features.set(column.features.subarray(row * width, (row + 1) * width), i * width);
      });
      return { ...column, features, missing: Uint8Array.from(picked, (row) => column.missing[row]) };
    }
    case "vector":
      return { ...column, values: picked.map((row) => column.values[row]) };
    default:
      return { ...column, values: picked.map((row) => column.values[row]) };
  }
}
