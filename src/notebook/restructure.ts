import { type Cell, type CodeKind, isCode, type Notebook } from "./document";
import { freeName, insertCell, removeCell, setSource } from "./edit";
import { fenceLines } from "./text";

/** Edits of a notebook's shape, pure like those of `edit.ts`: N11 to N14, N19. */

/** N11: cuts a cell at an offset of its source. The first part keeps the name, the second gets a free one like it. */
export function splitCell(notebook: Notebook, id: string, offset: number): { notebook: Notebook; id: string } {
  const at = notebook.cells.findIndex((cell) => cell.id === id);
  const cell = notebook.cells[at];
  if (!cell) return { notebook, id };
  const before = cell.source.slice(0, offset).replace(/\n[ \t]*$|[ \t]+$/, "");
  const after = cell.source.slice(offset).replace(/^[ \t]*\n/, "");
  const name = isCode(cell) ? freeName(notebook, cell.name || cell.kind) : "";
  return insertCell(setSource(notebook, id, before), at + 1, cell.kind, after, name);
}

/** N12: joins a cell with the one below it, if both are of one kind; otherwise the notebook stays as it is. */
export function mergeBelow(notebook: Notebook, id: string): Notebook {
  const at = notebook.cells.findIndex((cell) => cell.id === id);
  const [cell, below] = notebook.cells.slice(at, at + 2);
  if (at < 0 || !below || below.kind !== cell.kind) return notebook;
  const parts = [cell.source, below.source].filter((source) => source !== "");
  return setSource(removeCell(notebook, below.id), id, parts.join(cell.kind === "prose" ? "\n\n" : "\n"));
}

/** N13: the same text as another kind of cell, in the same place and under the same id. */
export function convertCell(notebook: Notebook, id: string, kind: CodeKind | "prose"): Notebook {
  const convert = (cell: Cell): Cell => {
    if (cell.id !== id || cell.kind === kind) return cell;
    const { source, lead, tail } = cell;
    const shared = { id, source, lead, tail: tail || "\n" };
    if (kind === "prose") return { ...shared, kind };
    const name = isCode(cell) ? cell.name : freeName(notebook, kind);
    return { ...shared, kind, name, hollow: source === "", ...fenceLines(kind, name, source) };
  };
  return { ...notebook, cells: notebook.cells.map(convert) };
}

/** N14: a copy of a cell after the one with this id (or at the end), under a free name. */
export function pasteCell(
  notebook: Notebook,
  after: string | undefined,
  cell: Pick<Cell, "kind" | "source"> & { name?: string },
): { notebook: Notebook; id: string } {
  const found = notebook.cells.findIndex((each) => each.id === after);
  const at = found < 0 ? notebook.cells.length : found + 1;
  const name = cell.kind === "prose" ? "" : freeName(notebook, cell.name || cell.kind);
  return insertCell(notebook, at, cell.kind, cell.source, name);
}

/**
 * N19: another text in place of this one. A cell that both have (by kind and name, prose by its text) keeps its id and so
 * its result; others get ids that no cell had.
 */
export function adoptText(notebook: Notebook, next: Notebook): Notebook {
  let { nextId } = notebook;
  const likeness = (cell: Cell): string => `${cell.kind} ${isCode(cell) ? cell.name : cell.source}`;
  const free = new Map<string, string[]>();
  for (const cell of notebook.cells) free.set(likeness(cell), [...(free.get(likeness(cell)) ?? []), cell.id]);
  const cells = next.cells.map((cell) => ({ ...cell, id: free.get(likeness(cell))?.shift() ?? `c${nextId++}` }));
  return { ...next, cells, nextId };
}
