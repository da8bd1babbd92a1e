import { Fault } from "../base";
import { dataHashOf } from "../cells";
import { formatNotebook, parseNotebook, setFront } from "../notebook";
import { readManifest } from "../tasks";
import { SHARED_NOTEBOOK } from "./exports";
import { MANIFEST, readTaskFolder } from "./import/folder";
import type { Imports } from "./import/imports";
import type { Notebooks } from "./notebooks";
import { isNotebookFile, textOfFile } from "./reopen";
import type { TaskSource } from "./task-source";

/** Files that hold a notebook, with its data or without. */
export interface Bring {
  /** Opens them as a stranger's copy and resolves to true; false where they are something else. */
  notebook(files: readonly File[]): Promise<boolean>;
}

export interface BringOptions {
  notebooks: Notebooks;
  imports: Imports;
  source: TaskSource;
}

export function createBring({ notebooks, imports, source }: BringOptions): Bring {
  return {
    notebook: async (files) => {
      const shared = files.find((file) => file.name === SHARED_NOTEBOOK);
      const manifest = files.find((file) => file.name === MANIFEST);
      if (shared && manifest) {
        const id = await taskOf(files, await manifest.text());
        const notebook = parseNotebook(await textOfFile(shared));
        await notebooks.openText(
          formatNotebook(notebook.front.task === id ? notebook : setFront(notebook, "task", id)),
          false,
        );
        return true;
      }
      if (files.length !== 1 || !isNotebookFile(files[0].name)) return false;
      await notebooks.openText(await textOfFile(files[0]), false);
      return true;
    },
  };

  /** The task that the archive holds: one with the very same rows that is here already, or a copy that is kept now. */
  async function taskOf(files: readonly File[], text: string): Promise<string> {
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch (cause) {
      throw new Fault("file-damaged", `${MANIFEST} is not JSON`, { where: { file: MANIFEST }, cause });
    }
    const manifest = readManifest(given, MANIFEST);
    const listed = (await source.list()).some(({ id }) => id === manifest.id);
    const here = listed ? await source.manifest(manifest.id) : undefined;
    if (here && dataHashOf(here) === dataHashOf(manifest)) return here.id;
    return imports.keep(await readTaskFolder(files, imports.freeId));
  }
}
