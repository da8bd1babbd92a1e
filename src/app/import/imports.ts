import type { StoreApi } from "zustand/vanilla";
import { Fault, type Progress, readAs, z } from "../../base";
import { type FileRole, type ImportAbout, idFromTitle, isPictureName, MODALITIES, SPLIT_NAMES } from "../../tasks";
import type { AppState, Notice } from "../state";
import type { Tasks } from "../tasks";
import type { KeptTasks } from "./kept";
import { type BroughtTask, createImportSession } from "./session";

/** What the reader brings: files by split; for a matching task also the tables that its pairs name, as left and right. */
export type BroughtFiles = Partial<Record<FileRole, File>> & {
  /** Picture files, or archives of them, that a column of the tables names. */
  pictures?: readonly File[];
};

export interface Imports {
  /**
   * Files to a task, in one go. Nothing is kept unless all of it was made.
   * @throws Fault that names the file, the column or the line
   */
  importTask(
    files: BroughtFiles,
    about: ImportAbout,
    options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<string>;
  /** Keeps a made task and lists it; tells the reader where the browser refuses. Resolves to its id. */
  keep(task: BroughtTask): Promise<string>;
  /** An id for a task of this title that no task has. */
  freeId(title: string): string;
  remove(id: string): Promise<void>;
  /** A file of a kept task. */
  file(id: string, name: string): Promise<Blob>;
}

export interface ImportsOptions {
  store: StoreApi<AppState>;
  tasks: Pick<Tasks, "forget">;
  kept: KeptTasks;
  /** Reads the catalogue anew. */
  refresh: () => Promise<void>;
  notify: (notice: Omit<Notice, "id">) => void;
}

const aboutSchema = z.object({
  title: z.string(),
  track: z.enum(["classification", "matching"]),
  label: z.string().min(1),
  metric: z.string().optional(),
  modalities: z.record(z.string(), z.enum([...MODALITIES, "ignored"])).optional(),
  id: z.string().optional(),
  group: z.string().optional(),
  seed: z.number().int().optional(),
  blocking: z
    .object({
      keys: z.array(z.string()),
      texts: z.array(z.string()),
      top: z.number().int().positive(),
      negatives: z.number().int().positive(),
      seed: z.number().int(),
    })
    .optional(),
  badRows: z.enum(["refuse", "set aside"]).optional(),
});

export function createImports({ store, tasks, kept, refresh, notify }: ImportsOptions): Imports {
  /** Ids given out, so that two imports at once do not take the same. */
  const given = new Set<string>();
  const freeId: Imports["freeId"] = (title) => {
    const { catalogue } = store.getState();
    const listed = catalogue.status === "ready" ? catalogue.value.tasks.map((task) => task.id) : [];
    const taken = new Set([...listed, ...given]);
    const wanted = idFromTitle(title);
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
    given.add(id);
    return id;
  };

  const keep: Imports["keep"] = async (task) => {
    const { fault } = await kept.put(task);
    await refresh();
    const { title, id } = task.manifest;
    if (fault) notify({ kind: "fault", message: fault.message, hint: fault.hint });
    const { warnings } = task;
    if (warnings.length > 0)
      notify({
        kind: "info",
        message: `"${title}" was made with ${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}`,
        hint: `${warnings[0]}. The task's page lists them all.`,
      });
    return id;
  };

  return {
    freeId,
    keep,
    importTask: async ({ pictures = [], ...files }, said, options = {}) => {
      const about = readAs(aboutSchema, said, "what was said of the task");
      const wrong = Object.entries(files).find(
        ([name, file]) => !isRole(name) || (file !== undefined && !(file instanceof Blob)),
      );
      if (wrong)
        throw new Fault(
          "import-files",
          isRole(wrong[0]) ? `What was given for ${wrong[0]} is no file` : `There is no split "${wrong[0]}"`,
          {
            hint: `Files are given by split: ${SPLIT_NAMES.join(", ")}; for pairs that name records by id, their tables as left and right.`,
          },
        );
      const session = createImportSession(options);
      try {
        const unpacked = pictures.map(async (file) => (/\.zip$/i.test(file.name) ? session.unzip(file) : [file]));
        const named = (await Promise.all(unpacked)).flat().filter(({ name }) => isPictureName(name));
        if (named.length > 0) await session.addPictures(named);
        for (const role of ROLES) {
          const file = files[role];
          if (file) await session.add(role, file, about.label);
        }
        return await keep(await session.make(about, freeId(about.title)));
      } finally {
        session.dispose();
      }
    },
    file: async (id, name) => new Blob([(await kept.bytes(id, name)) as Uint8Array<ArrayBuffer>]),
    remove: async (id) => {
      tasks.forget(id);
      await kept.remove(id);
      await refresh();
    },
  };
}

const ROLES: readonly FileRole[] = [...SPLIT_NAMES, "left", "right"];

function isRole(name: string): name is FileRole {
  return ROLES.some((role) => role === name);
}
