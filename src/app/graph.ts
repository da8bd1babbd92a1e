import type { Hash } from "../base";
import { CELL_DEFINITIONS } from "../cells";
import { type CodeCell, cellFault, codeCells, type Notebook } from "../notebook";
import { buildGraph, type Graph, keysOf } from "../runtime";
import { SPLIT_NAMES } from "../tasks";

/** What a notebook's text amounts to: derived, never stored. */
export interface Derived {
  cells: CodeCell[];
  graph: Graph;
  keys: ReadonlyMap<string, Hash>;
  /** The hash of the data that the keys are over; empty while it is not known. */
  dataHash: string;
}

/** Part of every cell's key: raise it when a change of the code changes what a cell computes. */
const RESULTS_VERSION = "1";

const derived = new WeakMap<Notebook, Map<string, Derived>>();

/** The graph and keys of a notebook over data with this hash. Computed once a notebook: edits make new ones. */
export function derive(notebook: Notebook, dataHash: string): Derived {
  const known = derived.get(notebook) ?? new Map<string, Derived>();
  derived.set(notebook, known);
  const found = known.get(dataHash);
  if (found) return found;
  const cells = codeCells(notebook);
  const names = [...SPLIT_NAMES, ...cells.map((cell) => cell.name).filter(Boolean)];
  const graph = buildGraph(
    cells.map((cell) => ({
      id: cell.id,
      name: cell.name,
      fault: cellFault(cell),
      ...CELL_DEFINITIONS[cell.kind].reads(cell.source, names),
    })),
    SPLIT_NAMES,
  );
  const result = { cells, graph, keys: keysOf(graph, cells, dataHash, RESULTS_VERSION), dataHash };
  known.set(dataHash, result);
  return result;
}
