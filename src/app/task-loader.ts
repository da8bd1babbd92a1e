import type { Progress } from "../base";
import { createTaskData, type TaskData } from "../cells";
import { createEngine, type DataEngine, type Relation } from "../data";
import {
  type Catalogue,
  checkTables,
  readCatalogue,
  readManifest,
  SPLIT_NAMES,
  type SplitName,
  type TaskManifest,
} from "../tasks";
import { download, downloadJson, downloadText, fileSize } from "./download";

const FOLDER = "samples";

export async function loadCatalogue(): Promise<Catalogue> {
  return readCatalogue(await downloadJson(`${FOLDER}/index.json`), `${FOLDER}/index.json`);
}

/** The address of a file of the task's folder, relative to the page. */
export function taskFile(id: string, file: string): string {
  return `${FOLDER}/${id}/${file}`;
}

export async function loadManifest(id: string): Promise<TaskManifest> {
  const file = taskFile(id, "task.json");
  return readManifest(await downloadJson(file), file);
}

/** The task's starter notebook, as Markdown text. */
export function loadStarter(manifest: TaskManifest): Promise<string> {
  return downloadText(taskFile(manifest.id, manifest.notebook));
}

/** A text of the task's folder, like its licences. */
export function taskText(id: string, file: string, signal?: AbortSignal): Promise<string> {
  return downloadText(taskFile(id, file), signal);
}

/** The size of a file of the task's folder, if the host tells; a fault where the file is not there. */
export function taskFileSize(id: string, file: string, signal?: AbortSignal): Promise<number | undefined> {
  return fileSize(taskFile(id, file), signal);
}

/**
 * Fetches a task's Parquet files, checks them, and opens them in a fresh engine. Where the task keeps its records apart,
 * the splits' flat form (`left_…`, `right_…`) is joined here, so that nothing else knows the difference.
 */
export async function loadTaskData(
  coming: Promise<TaskManifest>,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<{ data: TaskData; relations: Relation[]; engine: DataEngine }> {
  const { signal } = options;
  const engine = createEngine();
  const warm = engine.warm({ signal }); // the engine's own files come while the task's do
  warm.catch(() => {}); // heard below, unless a file fails first
  let parts = 1;
  const done = new Map<string, number>();
  const report = (part: string, share: number, note: string): void => {
    done.set(part, share);
    options.onProgress({ done: [...done.values()].reduce((sum, each) => sum + each, 0) / parts, note });
  };
  try {
    const manifest = await coming;
    const sources = sourcesOf(manifest);
    parts = sources.length + 1;
    const files = await Promise.all(
      sources.map(async ({ table, file, sha256 }) => {
        const onProgress = (progress: Progress): void => report(table, progress.done, progress.note ?? file);
        return { table, file, format: "parquet" as const, bytes: await download(file, { sha256, signal, onProgress }) };
      }),
    );
    report("engine", 0, "Starting the query engine");
    await warm;
    const onProgress = (progress: Progress): void =>
      report("engine", progress.done, progress.note ?? "Opening the tables");
    let relations = await engine.open(files, { signal, onProgress });
    if (manifest.records) {
      relations = [];
      for (const split of SPLIT_NAMES) relations.push(await engine.keep(split, flatPairs(manifest, split), { signal }));
      // Joined, the parts go: a second way to the labels would be one that nothing watches.
      for (const { table } of sources) await engine.drop(table);
    }
    checkTables(manifest, relations);
    return { data: createTaskData(manifest, engine), relations, engine };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

interface Source {
  table: string;
  file: string;
  sha256: string;
}

/** Name of the table of pairs that a split's flat form is joined from. */
const pairsOf = (split: SplitName): string => `${split}_pairs`;

function sourcesOf(manifest: TaskManifest): Source[] {
  const source = (table: string, { parquet, sha256 }: { parquet: string; sha256: { parquet: string } }): Source => ({
    table,
    file: taskFile(manifest.id, parquet),
    sha256: sha256.parquet,
  });
  const { records, splits } = manifest;
  if (!records) return SPLIT_NAMES.map((split) => source(split, splits[split]));
  return [source("records", records), ...SPLIT_NAMES.map((split) => source(pairsOf(split), splits[split]))];
}

/** One row a pair, with both records' columns; in the order of the ids, since a join keeps no order of its own. */
function flatPairs(manifest: TaskManifest, split: SplitName): string {
  const side = (name: "left" | "right"): string[] =>
    manifest.columns.map((column) => `"${name}"."${column.name}" as "${name}_${column.name}"`);
  const label = split === "test" ? [] : [`p."${manifest.label.column}"`];
  return `select p.id, ${[...side("left"), ...side("right"), ...label].join(", ")}
from ${pairsOf(split)} as p join records as "left" on "left".id = p.left_id join records as "right" on "right".id = p.right_id
order by p.id`;
}
