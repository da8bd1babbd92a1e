import type { Progress } from "../base";
import { createTaskData, type TaskData } from "../cells";
import { createEngine, type DataEngine, type Relation } from "../data";
import { type Catalogue, readCatalogue, readManifest, SPLIT_NAMES, type TaskManifest } from "../tasks";
import { download, downloadJson, downloadText } from "./download";

const FOLDER = "samples";

export async function loadCatalogue(): Promise<Catalogue> {
  return readCatalogue(await downloadJson(`${FOLDER}/index.json`), `${FOLDER}/index.json`);
}

export async function loadManifest(id: string): Promise<TaskManifest> {
  const file = `${FOLDER}/${id}/task.json`;
  return readManifest(await downloadJson(file), file);
}

/** The task's starter notebook, as Markdown text. */
export function loadStarter(manifest: TaskManifest): Promise<string> {
  return downloadText(`${FOLDER}/${manifest.id}/${manifest.notebook}`);
}

/** Fetches a task's Parquet files, checks them, and opens them in a fresh engine. */
export async function loadTaskData(
  manifest: TaskManifest,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<{ data: TaskData; relations: Relation[]; engine: DataEngine }> {
  const engine = createEngine();
  const done = new Map<string, number>();
  const report = (note: string): void =>
    options.onProgress({
      done: [...done.values()].reduce((sum, each) => sum + each, 0) / (SPLIT_NAMES.length + 1),
      note,
    });
  try {
    const files = await Promise.all(
      SPLIT_NAMES.map(async (split) => {
        const { parquet, sha256 } = manifest.splits[split];
        const file = `${FOLDER}/${manifest.id}/${parquet}`;
        const onProgress = (progress: Progress): void => {
          done.set(split, progress.done);
          report(progress.note ?? file);
        };
        return {
          table: split,
          file,
          format: "parquet" as const,
          bytes: await download(file, { sha256: sha256.parquet, signal: options.signal, onProgress }),
        };
      }),
    );
    report("Starting the query engine");
    const relations = await engine.open(files, {
      signal: options.signal,
      onProgress: ({ done: part, note }) => {
        done.set("engine", part);
        report(note ?? "Opening the tables");
      },
    });
    return { data: createTaskData(manifest, engine), relations, engine };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}
