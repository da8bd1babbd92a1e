import { type Progress, throwIfAborted } from "../../base";
import { type Converter, createConverter, type OpenedBytes } from "../../data";
import {
  broughtManifest,
  createImporter,
  type FileLook,
  type FileRole,
  type Guess,
  type ImportAbout,
  type ImportDraft,
  type Importer,
  kindOfFile,
  type PicturesLook,
  parquetOf,
  SPLIT_NAMES,
  type SplitName,
  STARTER,
  starterNotebook,
  type TaskManifest,
  TEST_LABELS,
} from "../../tasks";
import { pathOf, placed } from "./paths";
import { openParquet, type ReadingOptions } from "./reading";
import { writeSplit, writeTable } from "./writing";

/** A task that the reader brought, whole: what is kept in the browser, and what the task is opened from. */
export interface BroughtTask {
  manifest: TaskManifest;
  /** Parquet by file name: the splits, and beside them what is known of test's labels. */
  files: Map<string, Uint8Array>;
  /** By file name: the starter notebook. */
  texts: Map<string, string>;
  /** The address that it was opened from. */
  origin?: string;
  /** What the reader should know of it before trusting a score. */
  warnings: string[];
}

/**
 * One import: files are read once, planned as often as something is corrected, and made into a task. Each step rejects
 * with a Fault that names the file, the column or the line.
 */
export interface ImportSession {
  add(role: FileRole, file: File, label?: string): Promise<FileLook>;
  /** Pictures that a column of the tables names, before or after the tables. */
  addPictures(files: readonly File[]): Promise<PicturesLook>;
  /** The files of an archive. */
  unzip(file: File): Promise<File[]>;
  remove(role: FileRole): Promise<void>;
  guess(): Promise<Guess>;
  plan(about: ImportAbout): Promise<ImportDraft>;
  make(about: ImportAbout, id: string): Promise<BroughtTask>;
  /** Ends its workers, and with them whatever was going on. */
  dispose(): void;
}

export interface SessionParts {
  importer: Importer;
  /** Started when the first Parquet file comes, or when the task is made. */
  converter: () => Converter;
}

const realParts = (): SessionParts => ({ importer: createImporter(), converter: createConverter });

const PICTURES_AT_ONCE = 100;

export function createImportSession(options: ReadingOptions = {}, parts: SessionParts = realParts()): ImportSession {
  const { importer } = parts;
  const { signal, onProgress } = options;
  const opened = new Map<FileRole, OpenedBytes[]>();
  let started: Converter | undefined;
  const converter = (): Converter => {
    started ??= parts.converter();
    return started;
  };
  const report = (progress: Progress): void => onProgress?.(progress);

  const add: ImportSession["add"] = async (role, file, label) => {
    report({ done: 0, note: `Reading ${file.name}` });
    const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
    opened.delete(role);
    if (kindOfFile(head, file.name) === "parquet") {
      const { table, bytes } = await openParquet(converter(), role, file, { signal, onProgress });
      opened.set(role, bytes);
      return importer.call("take", table, { signal, transfer: [table.arrow.buffer as ArrayBuffer] });
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    return importer.call(
      "readCsv",
      { role, file: file.name, bytes, label },
      { signal, onProgress, transfer: [bytes.buffer] },
    );
  };

  return {
    add,
    unzip: async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const files = await importer.call("unzip", { file: file.name, bytes }, { signal, transfer: [bytes.buffer] });
      return files.map(({ name, path, bytes }) =>
        placed(new File([bytes as Uint8Array<ArrayBuffer>], name), path ?? name),
      );
    },
    addPictures: async (files) => {
      let look: PicturesLook = { count: 0, size: 0 };
      for (let from = 0; from < files.length; from += PICTURES_AT_ONCE) {
        throwIfAborted(signal);
        report({ done: from / files.length, note: `Reading pictures, ${from} of ${files.length}` });
        const some = files.slice(from, from + PICTURES_AT_ONCE);
        const read = await Promise.all(
          some.map(async (file) => ({ path: pathOf(file), bytes: new Uint8Array(await file.arrayBuffer()) })),
        );
        look = await importer.call(
          "pictures",
          { files: read },
          { signal, transfer: read.map(({ bytes }) => bytes.buffer) },
        );
      }
      return look;
    },
    remove: async (role) => {
      opened.delete(role);
      await importer.call("remove", { role });
    },
    guess: () => importer.call("guess", null, { signal }),
    plan: (about) => importer.call("plan", about, { signal }),
    make: async (about, id) => {
      const engine = converter(); // starts while the columns are made
      report({ done: 0.1, note: "Making the splits" });
      const made = await importer.call("make", about, { signal });
      const files = new Map<string, Uint8Array>();
      const sha256 = {} as Record<SplitName, string>;
      for (const [i, split] of SPLIT_NAMES.entries()) {
        throwIfAborted(signal);
        report({ done: 0.4 + 0.2 * i, note: `Writing ${split}` });
        const part = made.splits[split];
        const file = await writeSplit(engine, part, opened.get(part.role) ?? [], signal);
        sha256[split] = file.sha256;
        files.set(parquetOf(split), file.bytes);
      }
      if (made.testLabels) files.set(TEST_LABELS, await writeTable(engine, made.testLabels, signal));
      const manifest = broughtManifest(id, made.draft, made, made.classes, sha256);
      return {
        manifest,
        files,
        texts: new Map([[STARTER, starterNotebook(manifest)]]),
        warnings: made.draft.notes.flatMap(({ kind, text }) => (kind === "warning" ? [text] : [])),
      };
    },
    dispose: () => {
      importer.dispose();
      started?.dispose();
    },
  };
}
