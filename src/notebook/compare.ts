import { type Cell, isCode, type Notebook } from "./document";
import { type FrontKey, type FrontValue, setFront } from "./edit";

/**
 * How a cell of one notebook stands to one of another: `here` and `there` are the two sides. A cell that is on both sides
 * may differ in its text (or name, or kind), and may have moved against the cells around it.
 */
export type Difference =
  | { key: string; kind: "same" | "changed"; moved: boolean; here: Cell; there: Cell }
  | { key: string; kind: "removed"; moved: false; here: Cell; there?: undefined }
  | { key: string; kind: "added"; moved: false; here?: undefined; there: Cell };

/** A line of the front matter that differs; `undefined` where a side has none. */
export interface FrontDifference {
  key: FrontKey;
  here: FrontValue;
  there: FrontValue;
}

export interface Compared {
  front: FrontDifference[];
  /** In the order of `there`; what is not there stands after the cell that it follows here. */
  cells: Difference[];
}

/** Whether taking this difference would change anything. */
export function differs(difference: Difference): boolean {
  return difference.kind !== "same" || difference.moved;
}

/**
 * Cells are told apart by what a reader would go by: a code cell by its name, one without its namesake by an equal text;
 * prose by an equal text, and else by its place between cells that are known and words in common.
 */
export function compareNotebooks(here: Notebook, there: Notebook): Compared {
  const partner = pairCells(here.cells, there.cells);
  const kept = longestRise(
    there.cells.map((cell) => partner.get(cell)).map((cell) => (cell ? here.cells.indexOf(cell) : -1)),
  );
  const cells: Difference[] = there.cells.map((cell, i) => {
    const mine = partner.get(cell);
    if (!mine) return { key: `there ${cell.id}`, kind: "added", moved: false, there: cell };
    const kind = sameText(mine, cell) ? "same" : "changed";
    return { key: `here ${mine.id}`, kind, moved: !kept.has(i), here: mine, there: cell };
  });
  const found = new Set(partner.values());
  here.cells.forEach((cell, i) => {
    if (found.has(cell)) return;
    const before = here.cells[i - 1];
    const at = before ? cells.findIndex((each) => each.here === before) + 1 : 0;
    cells.splice(at, 0, { key: `here ${cell.id}`, kind: "removed", moved: false, here: cell });
  });
  return { front: compareFront(here, there), cells };
}

/** A text without front matter says nothing of it; a line that cannot be set here is none to decide on. */
function compareFront(here: Notebook, there: Notebook): FrontDifference[] {
  if (there.front.raw === "") return [];
  return (["title", "task", "run", "held", "budget"] as const)
    .map((key) => ({ key, here: frontValue(here, key), there: frontValue(there, key) }))
    .filter((each) => JSON.stringify(each.here) !== JSON.stringify(each.there))
    .filter((each) => setFront(here, each.key, each.there) !== here);
}

function frontValue({ front }: Notebook, key: FrontKey): FrontValue {
  if (key === "held") return front.held.length > 0 ? front.held : undefined;
  return front[key];
}

function sameText(a: Cell, b: Cell): boolean {
  return a.kind === b.kind && nameOf(a) === nameOf(b) && a.source === b.source;
}

function nameOf(cell: Cell): string {
  return isCode(cell) ? cell.name : "";
}

/** Cell of `there` to its partner of `here`. */
function pairCells(here: readonly Cell[], there: readonly Cell[]): Map<Cell, Cell> {
  const partner = new Map<Cell, Cell>();
  const taken = new Set<Cell>();
  const pair = (cell: Cell, fits: (other: Cell) => boolean): void => {
    if (partner.has(cell)) return;
    const other = here.find((each) => !taken.has(each) && isCode(each) === isCode(cell) && fits(each));
    if (!other) return;
    partner.set(cell, other);
    taken.add(other);
  };
  for (const cell of there) pair(cell, (other) => sameText(cell, other));
  for (const cell of there) if (nameOf(cell) !== "") pair(cell, (other) => nameOf(other) === nameOf(cell));
  for (const cell of there)
    if (isCode(cell)) pair(cell, (other) => other.kind === cell.kind && other.source === cell.source);
  // Prose that was rewritten in its place: it has the same known cell before or after it, and some of its words.
  there.forEach((cell, i) => {
    if (isCode(cell)) return;
    const [before, after] = [partner.get(there[i - 1]), partner.get(there[i + 1])];
    pair(cell, (other) => {
      const at = here.indexOf(other);
      const beside =
        (before !== undefined && here[at - 1] === before) || (after !== undefined && here[at + 1] === after);
      return beside && likeness(cell.source, other.source) > 0.2;
    });
  });
  return partner;
}

/** Words in common over words of either, 0 to 1. */
function likeness(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu)));
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared || 1);
}

/** The places of a longest strictly rising subsequence, -1 left out: what stayed in order; the fewest cells moved. */
function longestRise(values: readonly number[]): Set<number> {
  const lengths: number[] = [];
  const previous: number[] = [];
  let best = -1;
  values.forEach((value, i) => {
    lengths[i] = value < 0 ? 0 : 1;
    previous[i] = -1;
    if (value < 0) return;
    for (let j = 0; j < i; j++) {
      if (values[j] < 0 || values[j] >= value || lengths[j] + 1 <= lengths[i]) continue;
      lengths[i] = lengths[j] + 1;
      previous[i] = j;
    }
    if (best < 0 || lengths[i] > lengths[best]) best = i;
  });
  const rise = new Set<number>();
  for (let at = best; at >= 0; at = previous[at]) rise.add(at);
  return rise;
}
