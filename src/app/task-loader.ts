import { Fault, type Progress } from "../base";
import { createTaskData, type TaskData } from "../cells";
import { createEngine, type DataEngine, type Glance, type Relation } from "../data";
import { type Table, tableFromArrow } from "../table";
import { checkTables, SPLIT_NAMES, type TaskManifest } from "../tasks";
import { joinColumns, joinPairs, pairsOf } from "./pairs";
import type { TaskSource } from "./task-source";

/** @throws Fault `task-missing` where no source has it, and those of a manifest that cannot be read */
export async function loadManifest(source: TaskSource, id: string): Promise<TaskManifest> {
  const manifest = await source.manifest(id);
  if (manifest) return manifest;
  throw new Fault("task-missing", `There is no task "${id}" here`, {
    hint: "It may have been removed, or its author brought it to another browser: bring its files here.",
  });
}

/** The task's starter notebook, as Markdown text. */
export function loadStarter(source: TaskSource, manifest: TaskManifest): Promise<string> {
  return source.text(manifest.id, manifest.notebook);
}

/** Looks at some columns before the rows are loaded, which takes longer. */
export interface TaskGlance {
  /** The task's columns that it looks at. */
  columns: readonly string[];
  /** `train` are the columns that the train table will have. The splits can be asked for by their names, in no order. */
  look(train: Relation["columns"], query: (sql: string) => Promise<Table>): Promise<void>;
}

/**
 * Fetches a task's Parquet files, checks them, and opens them in `engine`, or a fresh one, which ends where that fails.
 * Where the task keeps its records apart, the splits' flat form (`left_…`, `right_…`) is joined here, so that nothing
 * else knows the difference.
 */
export async function loadTaskData(
  source: TaskSource,
  coming: Promise<TaskManifest>,
  options: {
    signal: AbortSignal;
    onProgress: (progress: Progress) => void;
    engine?: DataEngine;
    glance?: TaskGlance;
  },
): Promise<{ data: TaskData; relations: Relation[]; engine: DataEngine }> {
  const { signal, engine = createEngine() } = options;
  const warm = engine.warm({ signal }); // the engine's own files come while the task's do
  warm.catch(() => {}); // heard below, unless a file fails first
  let parts = 1;
  const done = new Map<string, number>();
  let over = false;
  const report = (part: string, share: number, note: string): void => {
    if (over) return; // the other files of one that is missing still come
    done.set(part, share);
    options.onProgress({ done: [...done.values()].reduce((sum, each) => sum + each, 0) / parts, note });
  };
  try {
    const manifest = await coming;
    const sources = tablesOf(manifest);
    parts = sources.length + 1;
    const files = await Promise.all(
      sources.map(async ({ table, file, sha256 }) => {
        const onProgress = (progress: Progress): void => report(table, progress.done, progress.note ?? file);
        return {
          table,
          file,
          format: "parquet" as const,
          bytes: await source.bytes(manifest.id, file, { sha256, signal, onProgress }),
        };
      }),
    );
    report("engine", 0, "Starting the query engine");
    await warm;
    const onProgress = (progress: Progress): void =>
      report("engine", progress.done, progress.note ?? "Opening the tables");
    const glance = options.glance && glanceOf(manifest, options.glance);
    let relations = await engine.open(files, { signal, onProgress, glance });
    if (manifest.records) {
      relations = [];
      for (const split of SPLIT_NAMES) relations.push(await joinPairs(engine, manifest, split, signal));
      // Joined, the parts go: a second way to the labels would be one that nothing watches.
      for (const { table } of sources) await engine.drop(table);
    }
    checkTables(manifest, relations);
    return { data: createTaskData(manifest, engine), relations, engine };
  } catch (error) {
    over = true;
    engine.dispose();
    throw error;
  }
}

function glanceOf(manifest: TaskManifest, { columns, look }: TaskGlance): Glance {
  return async (views, engine) => {
    const columnsOf = (table: string): Relation["columns"] => views.find(({ name }) => name === table)?.columns ?? [];
    const query = async (sql: string): Promise<Table> => tableFromArrow(await engine.query(sql));
    if (!manifest.records) return look(columnsOf("train"), query);
    for (const split of SPLIT_NAMES) await joinColumns(engine, manifest, split, columns);
    const side = (name: string): Relation["columns"] =>
      columnsOf("records").map((column) => ({ ...column, name: `${name}_${column.name}` }));
    await look([...side("left"), ...side("right")], query);
  };
}

interface TableOfTask {
  table: string;
  file: string;
  sha256: string;
}

function tablesOf(manifest: TaskManifest): TableOfTask[] {
  const tableOf = (
    table: string,
    { parquet, sha256 }: { parquet: string; sha256: { parquet: string } },
  ): TableOfTask => ({
    table,
    file: parquet,
    sha256: sha256.parquet,
  });
  const { records, splits } = manifest;
  if (!records) return SPLIT_NAMES.map((split) => tableOf(split, splits[split]));
  return [tableOf("records", records), ...SPLIT_NAMES.map((split) => tableOf(pairsOf(split), splits[split]))];
}
