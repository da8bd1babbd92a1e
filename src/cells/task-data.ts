import { Fault, type Hash, hashOf, suggest, untilAborted } from "../base";
import type { DataEngine } from "../data";
import { columnOf, type Table, tableFromArrow } from "../table";
import { classesOf, SPLIT_NAMES, type SplitName, type TaskManifest } from "../tasks";

/** An open task: its manifest, and its splits as they lie in the engine. */
export interface TaskData {
  manifest: TaskManifest;
  engine: DataEngine;
  /** Names the task's files by content; two tabs with one hash compute on the same rows. */
  dataHash: Hash;
  classes: string[];
  /** The views that stand in the engine for other cells' results: only those that a statement reads may stand. */
  aliases: Set<string>;
  /** All columns of a split in file order, label included where there is one. Read once. */
  split(name: SplitName, signal?: AbortSignal): Promise<Table>;
  ids(name: SplitName, signal?: AbortSignal): Promise<(string | null)[]>;
  /** Class index of each row, or `undefined` for a split without labels. */
  labels(name: SplitName, signal?: AbortSignal): Promise<Int32Array | undefined>;
}

const hashes = new WeakMap<TaskManifest, Hash>();

/** Over everything of a task that a cell's result may depend on: the rows, and what the manifest says of them. */
export function dataHashOf(manifest: TaskManifest): Hash {
  const known = hashes.get(manifest) ?? hashOfManifest(manifest);
  hashes.set(manifest, known); // asked for at every key that is pressed in a notebook
  return known;
}

function hashOfManifest(manifest: TaskManifest): Hash {
  const { columns, label, metric, track, records, splits } = manifest;
  const files = [...SPLIT_NAMES.map((name) => splits[name]), ...(records ? [records] : [])].map(
    ({ sha256 }) => sha256.parquet,
  );
  const modalities = columns.map(({ name, modality }) => [name, modality]);
  return hashOf(JSON.stringify([files, modalities, label, metric, track]));
}

export function createTaskData(manifest: TaskManifest, engine: DataEngine): TaskData {
  const classes = classesOf(manifest);
  const tables = new Map<SplitName, Promise<Table>>();
  const split = (name: SplitName, signal?: AbortSignal): Promise<Table> => {
    let table = tables.get(name);
    if (!table) {
      // Shared by every cell that reads the split, so no single one's stop ends it.
      table = engine.query(`select * from "${name}"`).then(tableFromArrow);
      tables.set(name, table);
      table.catch(() => tables.delete(name)); // a failed read is no answer to keep
    }
    return untilAborted(table, signal);
  };
  return {
    manifest,
    engine,
    dataHash: dataHashOf(manifest),
    classes,
    aliases: new Set(),
    ...readingOf(manifest, classes, split),
  };
}

/** The task with other rows in some of its splits; what lies in the engine stays as it is. */
export function withSplits(task: TaskData, tables: Partial<Record<SplitName, Table>>): TaskData {
  const split: TaskData["split"] = async (name, signal) => tables[name] ?? task.split(name, signal);
  return { ...task, ...readingOf(task.manifest, task.classes, split) };
}

function readingOf(
  manifest: TaskManifest,
  classes: readonly string[],
  split: TaskData["split"],
): Pick<TaskData, "split" | "ids" | "labels"> {
  return {
    split,
    ids: async (name, signal) => textsOf(await split(name, signal), "id"),
    labels: async (name, signal) => {
      const table = await split(name, signal);
      if (!columnOf(table, manifest.label.column)) return undefined;
      return labelIndices(textsOf(table, manifest.label.column), classes, name);
    },
  };
}

/** A column as text; numbers by their shortest decimal form, so that a label 1 is "1". */
export function textsOf(table: Table, name: string): (string | null)[] {
  const column = columnOf(table, name);
  if (!column)
    throw new Fault("column-missing", `The task's rows have no column "${name}"`, {
      hint: suggest(
        name,
        table.columns.map((each) => each.name),
      ),
    });
  if (column.kind === "string") return column.values;
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
  if (column.kind === "boolean") return column.values.map((value) => (value === null ? null : value ? "1" : "0"));
  throw new Fault("column-kind", `The column "${name}" holds ${column.kind}, not text or numbers`);
}

function labelIndices(labels: (string | null)[], classes: readonly string[], split: SplitName): Int32Array {
  const index = new Map(classes.map((name, k) => [name, k]));
  return Int32Array.from(labels, (label, row) => {
    const k = label === null ? undefined : index.get(label);
    if (k === undefined)
      throw new Fault(
        "label-unknown",
        `Row ${row + 1} of ${split} has the label ${label === null ? "(missing)" : `"${label}"`}, which is none of the task's ${classes.length} classes`,
        { hint: "List every class in the task's manifest." },
      );
    return k;
  });
}
