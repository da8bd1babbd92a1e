import { Document, isMap, parseDocument } from "yaml";
import { type Cell, type CodeCell, type CodeKind, isCode, type Notebook } from "./document";
import { fenceLines, readFront } from "./text";

/** Every edit is a pure function from notebook to notebook; cells that it does not touch keep their text to the byte. */

export function setSource(notebook: Notebook, id: string, source: string): Notebook {
  return mapCell(notebook, id, (cell) => {
    if (!isCode(cell)) return { ...cell, source };
    return refence({ ...cell, source, hollow: source === "" && cell.hollow });
  });
}

/** Renames the cell only. What other cells call it is their own text: see `rename` of the commands. */
export function setName(notebook: Notebook, id: string, name: string): Notebook {
  return mapCell(notebook, id, (cell) => (isCode(cell) ? rewriteFence({ ...cell, name }) : cell));
}

export function insertCell(
  notebook: Notebook,
  at: number,
  kind: CodeKind | "prose",
  source: string,
  name = "",
): { notebook: Notebook; id: string } {
  const id = `c${notebook.nextId}`;
  const fresh: Cell =
    kind === "prose"
      ? { id, kind, source, lead: "", tail: "\n" }
      : { id, kind, name, source, lead: "", tail: "\n", hollow: source === "", ...fenceLines(kind, name, source) };
  const cells = [...notebook.cells.slice(0, at), fresh, ...notebook.cells.slice(at)];
  return { notebook: { ...spaced(notebook, cells), nextId: notebook.nextId + 1 }, id };
}

export function removeCell(notebook: Notebook, id: string): Notebook {
  return spaced(
    notebook,
    notebook.cells.filter((cell) => cell.id !== id),
  );
}

/** Moves a cell by `by` places, up when negative; stops at the ends. */
export function moveCell(notebook: Notebook, id: string, by: number): Notebook {
  const from = notebook.cells.findIndex((cell) => cell.id === id);
  if (from < 0) return notebook;
  const to = Math.max(0, Math.min(notebook.cells.length - 1, from + by));
  const cells = [...notebook.cells];
  cells.splice(to, 0, ...cells.splice(from, 1));
  return spaced(notebook, cells);
}

/** What the front matter says that the page can change. */
export type FrontKey = "title" | "task" | "run" | "held" | "budget";
export type FrontValue = string | number | readonly string[] | undefined;

/**
 * Sets a line of the front matter and leaves its others as they are, also where one of them is at fault. A newer
 * version's front matter, or one that is no YAML map, is not for this code to rewrite: the notebook stays as it is.
 */
export function setFront(notebook: Notebook, key: FrontKey, value: FrontValue): Notebook {
  const { raw, fault } = notebook.front;
  if (fault?.code === "newer-notebook") return notebook;
  const block = /^---[^\n]*\n([\s\S]*?)---[ \t\r]*\n?$/.exec(raw);
  const document = block ? parseDocument(block[1]) : new Document({ polytab: notebook.front.version });
  if (document.contents === null)
    document.contents = new Document({ polytab: notebook.front.version }).contents as never;
  if (document.errors.length > 0 || !isMap(document.contents)) return notebook;
  if (value === undefined) document.delete(key);
  else document.set(key, document.createNode(value, { flow: true }));
  const text = `---\n${document.toString({ lineWidth: 0 })}---\n`;
  const lead = raw === "" && notebook.cells.length > 0 ? "\n" : "";
  const cells = lead
    ? notebook.cells.map((cell, i) => (i === 0 ? { ...cell, lead: lead + cell.lead.replace(/^\n+/, "") } : cell))
    : notebook.cells;
  return { ...notebook, cells, front: readFront(text) };
}

/** A free name like `features`, `features_2`, …; `given` are names that no cell may have: the task's tables. As in SQL, capitals do not tell names apart. */
export function freeName(notebook: Notebook, wish: string, given: readonly string[] = []): string {
  const taken = new Set([...given, ...notebook.cells.filter(isCode).map((cell) => cell.name)].map(folded));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wish : `${wish}_${n}`;
    if (!taken.has(folded(name))) return name;
  }
}

const folded = (name: string): string => name.toLowerCase();

function mapCell(notebook: Notebook, id: string, change: (cell: Cell) => Cell): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell) => (cell.id === id ? change(cell) : cell)) };
}

/** Writes a new fence where the source now holds a line that would close the old one. */
function refence(cell: CodeCell): CodeCell {
  const marks = /^ {0,3}(`+|~+)/.exec(cell.open)?.[1] ?? "```";
  const closes = new RegExp(`^ {0,3}\\${marks[0]}{${marks.length},}[ \\t\\r]*$`, "m");
  return closes.test(cell.source) ? rewriteFence(cell) : cell;
}

function rewriteFence(cell: CodeCell): CodeCell {
  return { ...cell, ...fenceLines(cell.kind, cell.name, cell.source) };
}

/**
 * After cells moved: one blank line between neighbours that would otherwise touch, nothing taken away. A fence must start
 * its line (white space such as a lone \r may follow the last line break), and prose that starts with `---` must not
 * become front matter by coming first.
 */
function spaced(notebook: Notebook, cells: Cell[]): Notebook {
  const { raw } = notebook.front;
  const next: Cell[] = [];
  for (const [i, cell] of cells.entries()) {
    const before = next.at(-1);
    const above = before ? before.tail || "\n" : raw;
    let missing = before ? Math.max(0, 2 - countNewlines(above + cell.lead)) : 0;
    if (above !== "" && missing === 0 && !(above + cell.lead).endsWith("\n")) missing = 1;
    if (above === "" && cell.lead === "" && cell.kind === "prose" && cell.source.startsWith("---")) missing = 1;
    // After the cell's own lead, where that ends in white space without a line break; before it otherwise.
    const lead =
      (above + cell.lead).endsWith("\n") || cell.lead === ""
        ? "\n".repeat(missing) + cell.lead
        : cell.lead + "\n".repeat(missing);
    const tail = i < cells.length - 1 && !cell.tail.startsWith("\n") ? `\n${cell.tail}` : cell.tail;
    next.push({ ...cell, lead, tail });
  }
  return { ...notebook, cells: next };
}

function countNewlines(text: string): number {
  return text.split("\n").length - 1;
}
