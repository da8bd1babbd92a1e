import type { Hash } from "../base";
import { CELL_DEFINITIONS } from "../cells";
import { type CodeCell, cellFault, codeCells, type Notebook, sizeFault } from "../notebook";
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
const RESULTS_VERSION = "2";

const derived = new WeakMap<Notebook, Map<string, Derived>>();

/** What a cell's text reads, as long as the cell and the names stay: an edit touches one cell of perhaps hundreds. */
const reads = new WeakMap<CodeCell, { names: string; reads: { mentions: string[]; requires: string[] } }>();

const NOTHING = { mentions: [], requires: [] };

function readsOf(cell: CodeCell, known: readonly string[], names: string): { mentions: string[]; requires: string[] } {
  const found = reads.get(cell);
  if (found?.names === names) return found.reads;
  const fresh = sizeFault(cell) ? NOTHING : CELL_DEFINITIONS[cell.kind].reads(cell.source, known);
  reads.set(cell, { names, reads: fresh });
  return fresh;
}

/** The graph and keys of a notebook over data with this hash. Computed once a notebook: edits make new ones. */
export function derive(notebook: Notebook, dataHash: string): Derived {
  const known = derived.get(notebook) ?? new Map<string, Derived>();
  derived.set(notebook, known);
  const found = known.get(dataHash);
  if (found) return found;
  const cells = codeCells(notebook);
  const names = [...SPLIT_NAMES, ...cells.map((cell) => cell.name).filter(Boolean)];
  const allNames = names.join(" ");
  const graph = buildGraph(
    cells.map((cell) => ({
      id: cell.id,
      name: cell.name,
      fault: cellFault(cell),
      ...readsOf(cell, names, allNames),
    })),
    SPLIT_NAMES,
  );
  const result = { cells, graph, keys: keysOf(graph, cells, dataHash, RESULTS_VERSION), dataHash };
  known.set(dataHash, result);
  return result;
}
