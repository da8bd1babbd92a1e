import { type Compared, differs } from "./compare";
import { type Cell, isCode, type Notebook } from "./document";
import { insertCell, moveCell, removeCell, setFront, setName, setSource } from "./edit";

/** What a reader has said of a difference; one that nobody has decided on is left as it is here. */
export type Decision = "open" | "taken" | "refused";

/**
 * The notebook `here` with those differences taken over, and nothing else touched: with none it is the very same, with all
 * it says what `there` says, in its order.
 */
export function mergeNotebooks(
  here: Notebook,
  { front, cells }: Compared,
  decisions: ReadonlyMap<string, Decision>,
): Notebook {
  const taken = (key: string): boolean => decisions.get(key) === "taken";
  let merged = here;
  for (const { key, there } of front) if (taken(key)) merged = setFront(merged, key, there);
  for (const each of cells) if (each.kind === "removed" && taken(each.key)) merged = removeCell(merged, each.here.id);
  /** The cell, in the merged notebook, that the next one of `there` has to follow. */
  let before: string | undefined;
  for (const each of cells) {
    if (each.kind === "removed") continue;
    let id = each.here?.id;
    if (differs(each) && taken(each.key)) {
      if (id === undefined || each.here?.kind !== each.there.kind) {
        const at = id === undefined ? placeAfter(merged, before) : merged.cells.findIndex((cell) => cell.id === id);
        if (id !== undefined) merged = removeCell(merged, id);
        ({ notebook: merged, id } = insertCell(merged, at, each.there.kind, each.there.source, nameOf(each.there)));
      } else {
        if (each.there.source !== each.here?.source) merged = setSource(merged, id, each.there.source);
        if (isCode(each.there) && nameOf(each.there) !== nameOf(each.here))
          merged = setName(merged, id, each.there.name);
      }
      if (each.moved) {
        const from = merged.cells.findIndex((cell) => cell.id === id);
        const to = placeAfter(merged, before);
        merged = moveCell(merged, id, to > from ? to - 1 - from : to - from);
      }
    }
    if (id !== undefined) before = id;
  }
  return merged;
}

function placeAfter(notebook: Notebook, id: string | undefined): number {
  return id === undefined ? 0 : notebook.cells.findIndex((cell) => cell.id === id) + 1;
}

function nameOf(cell: Cell | undefined): string {
  return cell && isCode(cell) ? cell.name : "";
}
