import type { DBSchema, IDBPDatabase } from "idb";
import { Fault, hashOf } from "../../base";
import { type CatalogueEntry, featureColumns, readManifest, type TaskManifest, TEST_LABELS } from "../../tasks";
import { createDatabase } from "../database";
import type { TaskSource } from "../task-source";
import type { BroughtTask } from "./session";

/** Where a brought task is: in the browser until it is removed, or for want of room in this tab only. */
export type Place = "browser" | "tab";

/** The tasks that the reader brought. */
export interface KeptTasks extends TaskSource {
  /** Keeps a task whole or not at all. A browser that refuses is no loss: the task is then in this tab, with the reason. */
  put(task: BroughtTask): Promise<{ place: Place; fault?: Fault }>;
  /** The task that was opened from this address. */
  from(origin: string): Promise<string | undefined>;
  /** Deletes a task's rows and everything else of it. */
  remove(id: string): Promise<void>;
}

interface Kept {
  id: string;
  manifest: TaskManifest;
  entry: Omit<CatalogueEntry, "kept">;
  texts: Record<string, string>;
  /** Milliseconds since 1970. */
  brought: number;
}

interface Schema extends DBSchema {
  tasks: { key: string; value: Kept };
  /** By `<task>/<file>`. Blobs, which browsers keep on disk until they are read. */
  files: { key: string; value: Blob };
}

const FILES_OF = (id: string): IDBKeyRange => IDBKeyRange.bound(`${id}/`, `${id}0`, false, true); // "0" comes after "/"

export function createKeptTasks(now: () => number = () => Date.now()): KeptTasks {
  const inTab = new Map<string, Kept & { files: Map<string, Uint8Array> }>();
  const database = createDatabase<Schema>("polytab-tasks", 1, (db) => {
    db.createObjectStore("tasks", { keyPath: "id" });
    db.createObjectStore("files");
  });
  /** A browser that keeps nothing has nothing to read either. */
  const read = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> => {
    let db: IDBPDatabase<Schema>;
    try {
      db = await database();
    } catch {
      return otherwise;
    }
    return work(db);
  };
  const find = async (id: string): Promise<Kept | undefined> =>
    inTab.get(id) ?? (await read((db) => db.get("tasks", id), undefined));
  const bytesOf = async (id: string, file: string): Promise<Uint8Array | undefined> =>
    inTab.get(id)?.files.get(file)?.slice() ??
    (await read(async (db) => {
      const blob = await db.get("files", `${id}/${file}`);
      return blob && new Uint8Array(await blob.arrayBuffer());
    }, undefined));

  return {
    list: async () => {
      const stored = await read((db) => db.getAll("tasks"), []);
      const entries = [
        ...[...inTab.values()].map(({ entry, brought }) => ({ entry: { ...entry, kept: "tab" as const }, brought })),
        ...stored.map(({ entry, brought }) => ({ entry: { ...entry, kept: "browser" as const }, brought })),
      ];
      return entries.sort((a, b) => b.brought - a.brought).map(({ entry }) => entry);
    },
    manifest: async (id) => {
      const kept = await find(id);
      return kept && readManifest(kept.manifest, id);
    },
    bytes: async (id, file, { sha256, signal, onProgress } = {}) => {
      const bytes = await bytesOf(id, file);
      signal?.throwIfAborted();
      if (!bytes || (sha256 !== undefined && hashOf(bytes) !== sha256))
        throw new Fault(
          "file-damaged",
          `${file} of the task "${id}" is ${bytes ? "damaged" : "no longer in this browser"}`,
          {
            hint: "Remove the task and bring its files again.",
            where: { file },
          },
        );
      onProgress?.({ done: 1, note: file });
      return bytes;
    },
    text: async (id, file) => {
      const text = (await find(id))?.texts[file];
      if (text === undefined)
        throw new Fault("file-missing", `${file} of the task "${id}" is no longer in this browser`);
      return text;
    },
    testLabels: (id) => bytesOf(id, TEST_LABELS),
    from: async (origin) => {
      const stored = await read((db) => db.getAll("tasks"), []);
      return [...inTab.values(), ...stored].find(({ entry }) => entry.origin === origin)?.id;
    },
    put: async ({ manifest, files, texts, origin }) => {
      const kept: Kept = {
        id: manifest.id,
        manifest,
        entry: { ...entryOf(manifest, files), origin },
        texts: Object.fromEntries(texts),
        brought: now(),
      };
      try {
        const db = await database();
        const transaction = db.transaction(["tasks", "files"], "readwrite", { durability: "strict" });
        const writes = [...files].map(([name, bytes]) =>
          transaction.objectStore("files").put(new Blob([bytes as Uint8Array<ArrayBuffer>]), `${kept.id}/${name}`),
        );
        // All of it, or nothing: a write that fails takes the whole transaction back.
        await Promise.all([...writes, transaction.objectStore("tasks").put(kept), transaction.done]);
        return { place: "browser" };
      } catch (cause) {
        inTab.set(kept.id, { ...kept, files });
        return { place: "tab", fault: refusal(manifest.title, kept.entry.bytes, cause) };
      }
    },
    remove: async (id) => {
      inTab.delete(id);
      await read(async (db) => {
        const transaction = db.transaction(["tasks", "files"], "readwrite");
        await Promise.all([
          transaction.objectStore("tasks").delete(id),
          transaction.objectStore("files").delete(FILES_OF(id)),
          transaction.done,
        ]);
      }, undefined);
    },
  };
}

function refusal(title: string, bytes: number, cause: unknown): Fault {
  const full = cause instanceof Error && cause.name === "QuotaExceededError";
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return new Fault(
    full ? "storage-full" : "storage",
    full
      ? `This browser has no room to keep "${title}" (${size})`
      : `This browser does not let the page keep "${title}"`,
    {
      hint: `The task is in this tab and works until the tab is closed. ${full ? "Remove a task that you brought earlier, or free the disk, and bring it again to keep it." : "Private windows do this."}`,
      cause,
    },
  );
}

function entryOf(manifest: TaskManifest, files: ReadonlyMap<string, Uint8Array>): Kept["entry"] {
  const { id, title, track, columns, splits, label, metric } = manifest;
  return {
    id,
    title,
    track,
    modalities: [...new Set(columns.map((column) => column.modality))],
    rows: { train: splits.train.rows, validation: splits.validation.rows, test: splits.test.rows },
    classes: label.classes?.length ?? 2,
    metric,
    bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    columns: featureColumns(manifest).map((column) => column.name),
    data: undefined,
  };
}
