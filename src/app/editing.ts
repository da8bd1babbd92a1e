import { Fault } from "../base";
import { CELL_DEFINITIONS } from "../cells";
import {
  type Cell,
  type CodeKind,
  cellNamed,
  codeCells,
  convertCell,
  editConfig,
  freeName,
  insertCell,
  isCode,
  looseConfig,
  type Match,
  mergeBelow,
  type Notebook,
  pasteCell,
  removeCell,
  replaceInNotebook,
  type SearchQuery,
  setFront,
  setName,
  setSource,
  splitCell,
} from "../notebook";
import { SPLIT_NAMES } from "../tasks";
import type { Desk } from "./desk";

/** What the edits of cells ask of the notebook's pure functions. Each is one step of the history. */
export interface Editing {
  /**
   * Renames a cell, and in the cells that read it their word for it.
   * @throws Fault `duplicate-name`
   */
  rename(cell: string, name: string): void;
  split(cell: string, offset: number): string;
  /** Resolves nothing: says whether there was a cell of this kind below. */
  mergeBelow(cell: string): boolean;
  convert(cell: string, kind: CodeKind | "prose"): void;
  duplicate(cell: string): string | undefined;
  copy(cell: string): void;
  cut(cell: string): void;
  /** Puts what was copied or cut after the given cell. */
  paste(after: string | undefined): string | undefined;
  replace(query: SearchQuery, replacement: string, only?: Match): void;
  /**
   * Puts a SQL cell of that name (or one like it) above a score cell, which scores its rows from then on. Says the
   * name that the slice got and the score cell's id; nothing where there is no such score cell.
   */
  addSlice(score: string, wish: string, source: string): { slice: string; score: string } | undefined;
}

export function createEditing({ present, edit, derived }: Pick<Desk, "present" | "edit" | "derived">): Editing {
  let held: Pick<Cell, "kind" | "source"> & { name?: string } = { kind: "prose", source: "" };
  const find = (id: string): Cell | undefined => present().cells.find((cell) => cell.id === id);
  const hold = (cell: Cell): void => {
    held = { kind: cell.kind, source: cell.source, name: isCode(cell) ? cell.name : "" };
  };
  const put = (after: string | undefined): string => {
    const { notebook, id } = pasteCell(present(), after, held);
    edit(notebook);
    return id;
  };
  return {
    rename: (id, name) => {
      const twin = cellNamed(present(), name);
      if (twin && twin.id !== id)
        throw new Fault("duplicate-name", `Another cell is named "${name}"`, {
          hint: "Cells are read by their names, so each needs its own.",
        });
      edit(renamed(present(), id, name, derived().graph.readers.get(id) ?? []));
    },
    split: (id, offset) => {
      const { notebook, id: second } = splitCell(present(), id, offset);
      edit(notebook);
      return second;
    },
    mergeBelow: (id) => {
      const next = mergeBelow(present(), id);
      if (next === present()) return false;
      edit(next);
      return true;
    },
    convert: (id, kind) => edit(convertCell(present(), id, kind)),
    duplicate: (id) => {
      const cell = find(id);
      if (!cell) return undefined;
      const { notebook, id: copy } = pasteCell(present(), id, cell);
      edit(notebook);
      return copy;
    },
    copy: (id) => {
      const cell = find(id);
      if (cell) hold(cell);
    },
    cut: (id) => {
      const cell = find(id);
      if (!cell) return;
      hold(cell);
      edit(removeCell(present(), id));
    },
    paste: (after) => (held.kind === "prose" && held.source === "" ? undefined : put(after)),
    replace: (query, replacement, only) => edit(replaceInNotebook(present(), query, replacement, only)),
    addSlice: (name, wish, source) => {
      const score = cellNamed(present(), name);
      if (!score) return undefined;
      const slice = freeName(present(), wish, SPLIT_NAMES);
      const known = looseConfig(score.source).slices;
      const slices = [known ?? [], slice].flat();
      const at = present().cells.findIndex((cell) => cell.id === score.id);
      const { notebook } = insertCell(present(), at, "sql", source, slice);
      edit(setSource(notebook, score.id, editConfig(score.source, "slices", slices)));
      return { slice, score: score.id };
    },
  };
}

/** N18. */
function renamed(notebook: Notebook, id: string, name: string, readers: readonly string[]): Notebook {
  const cell = codeCells(notebook).find((each) => each.id === id);
  if (!cell || cell.name === name) return notebook;
  let next = setName(notebook, id, name);
  if (cell.name === "") return next;
  const { held } = notebook.front;
  if (held.includes(cell.name))
    next = setFront(
      next,
      "held",
      held.map((each) => (each === cell.name ? name : each)),
    );
  for (const reader of codeCells(notebook)) {
    if (!readers.includes(reader.id)) continue;
    const source = CELL_DEFINITIONS[reader.kind].rename(reader.source, cell.name, name);
    if (source !== reader.source) next = setSource(next, reader.id, source);
  }
  return next;
}
