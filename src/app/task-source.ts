import { type Catalogue, type CatalogueEntry, readCatalogue, readManifest, type TaskManifest } from "../tasks";
import { type DownloadOptions, download, downloadJson, downloadText, fileSize } from "./download";

/** Where tasks come from. A task is the same thing wherever it lies: a manifest, and the files that it names. */
export interface TaskSource {
  list(): Promise<CatalogueEntry[]>;
  /** `undefined` where this source does not have the task. */
  manifest(id: string): Promise<TaskManifest | undefined>;
  /** @throws Fault `file-missing`, `file-damaged`, `file-unreachable`, each naming the file */
  bytes(id: string, file: string, options?: DownloadOptions): Promise<Uint8Array>;
  text(id: string, file: string): Promise<string>;
  /** What is known of test's labels, as Parquet; of a task that was brought with them, and of no other. */
  testLabels(id: string): Promise<Uint8Array | undefined>;
}

const FOLDER = "samples";

/** The address of a file of a sample task's folder, relative to the page. */
export function taskFile(id: string, file: string): string {
  return `${FOLDER}/${id}/${file}`;
}

/** A text of the task's folder, like its licences. */
export function taskText(id: string, file: string, signal?: AbortSignal): Promise<string> {
  return downloadText(taskFile(id, file), signal);
}

/** The size of a file of the task's folder, if the host tells; a fault where the file is not there. */
export function taskFileSize(id: string, file: string, signal?: AbortSignal): Promise<number | undefined> {
  return fileSize(taskFile(id, file), signal);
}

/** The folder of tasks that the site serves. */
export function createSamples(): TaskSource {
  const catalogue = async (): Promise<Catalogue> =>
    readCatalogue(await downloadJson(`${FOLDER}/index.json`), `${FOLDER}/index.json`);
  return {
    list: async () => (await catalogue()).tasks,
    manifest: async (id) => readManifest(await downloadJson(taskFile(id, "task.json")), taskFile(id, "task.json")),
    bytes: (id, file, options) => download(taskFile(id, file), options),
    text: (id, file) => downloadText(taskFile(id, file)),
    testLabels: async () => undefined, // no site serves them
  };
}

/**
 * The first of the sources that has the task; the last is asked for what none of them has, and names what is missing.
 * A task's files come from where its manifest came from last.
 */
export function joinSources(sources: readonly [TaskSource, ...TaskSource[]]): TaskSource {
  const last = sources[sources.length - 1];
  const found = new Map<string, TaskSource>();
  const look = async (id: string): Promise<{ source: TaskSource; manifest?: TaskManifest }> => {
    for (const source of sources.slice(0, -1)) {
      const manifest = await source.manifest(id);
      if (manifest) return { source, manifest };
    }
    return { source: last };
  };
  const sourceOf = async (id: string): Promise<TaskSource> => found.get(id) ?? (await look(id)).source;
  return {
    list: async () => (await Promise.all(sources.map((source) => source.list()))).flat(),
    manifest: async (id) => {
      const { source, manifest } = await look(id);
      found.set(id, source);
      return manifest ?? source.manifest(id);
    },
    bytes: async (id, file, options) => (await sourceOf(id)).bytes(id, file, options),
    text: async (id, file) => (await sourceOf(id)).text(id, file),
    testLabels: async (id) => (await sourceOf(id)).testLabels(id),
  };
}
