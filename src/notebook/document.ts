import type { FaultData } from "../base";
import { sizeFault } from "./limits";

export const CODE_KINDS = ["sql", "ts", "chart", "model", "score", "explain"] as const;
export type CodeKind = (typeof CODE_KINDS)[number];
export type CellKind = CodeKind | "prose";

/**
 * One block of the notebook. `lead` and `tail` are the white space around it in the text, and `open`, `close` the
 * fence's own lines: they are kept so that text to document to text is the identity (N1).
 */
export interface ProseCell {
  id: string;
  kind: "prose";
  source: string;
  lead: string;
  tail: string;
}

export interface CodeCell {
  id: string;
  kind: CodeKind;
  /** Empty where the fence gives none; `cellFault` says so. */
  name: string;
  source: string;
  lead: string;
  tail: string;
  open: string;
  /** `undefined`: the fence is never closed; the cell reaches to the end of the text. */
  close: string | undefined;
  /** The fence has no line at all between its two ends (`source` is then empty). */
  hollow: boolean;
}

export type Cell = ProseCell | CodeCell;

export interface FrontMatter {
  /** The lines of the block with their `---`, as written; empty when there is none. */
  raw: string;
  version: number;
  title: string;
  task: string | undefined;
  /** `auto`: what an edit makes stale runs by itself. */
  run: "auto" | "demand";
  /** Names of cells that run only when asked for, also where the notebook runs by itself. */
  held: readonly string[];
  /** Seconds after which a cell is stopped; each kind has its own where this is not given. */
  budget: number | undefined;
  fault?: FaultData;
}

export interface Notebook {
  front: FrontMatter;
  cells: Cell[];
  /** The number that the next new cell's id takes. Ids live as long as the document is open and are in no text. */
  nextId: number;
}

export function isCode(cell: Cell): cell is CodeCell {
  return cell.kind !== "prose";
}

export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter(isCode);
}

export function cellNamed(notebook: Notebook, name: string): CodeCell | undefined {
  return codeCells(notebook).find((cell) => cell.name === name);
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function isCellName(name: string): boolean {
  return NAME.test(name);
}

/** What is wrong with a cell's own text, before anything reads it; the graph knows duplicates, cycles and missing names. */
export function cellFault(cell: CodeCell): FaultData | undefined {
  if (cell.name === "") {
    return {
      code: "cell-unnamed",
      message: `This ${cell.kind} cell has no name`,
      hint: `Give it one, like \`\`\`${cell.kind} my_${cell.kind}.`,
    };
  }
  if (!isCellName(cell.name)) {
    return {
      code: "cell-name",
      message: `"${cell.name}" cannot be a cell's name`,
      hint: "A name starts with a letter or _ and goes on with letters, digits and _.",
      where: { cell: cell.name },
    };
  }
  if (cell.close === undefined) {
    return {
      code: "cell-unclosed",
      message: `The cell "${cell.name}" is never closed, so it reaches to the end of the notebook`,
      hint: "Put a line with ``` after its last line.",
      where: { cell: cell.name },
    };
  }
  return sizeFault(cell);
}
