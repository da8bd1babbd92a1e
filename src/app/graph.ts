import type { FaultData, Hash } from "../base";
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

interface Read {
  names: string;
  reads: { mentions: string[]; requires: string[] };
  fault: FaultData | undefined;
}

/** What a cell's text reads, as long as the cell and the names stay: an edit touches one cell of perhaps hundreds. */
const known = new WeakMap<CodeCell, Read>();

const NOTHING = { mentions: [], requires: [] };

function readOf(cell: CodeCell, names: readonly string[], allNames: string): Read {
  const found = known.get(cell);
  if (found?.names === allNames) return found;
  const reads = sizeFault(cell) ? NOTHING : CELL_DEFINITIONS[cell.kind].reads(cell.source, names);
  const fresh = { names: allNames, reads, fault: cellFault(cell) };
  known.set(cell, fresh);
  return fresh;
}

/** The graph and keys of a notebook over data with this hash. Computed once a notebook: edits make new ones. */
export function derive(notebook: Notebook, dataHash: string): Derived {
  const versions = derived.get(notebook) ?? new Map<string, Derived>();
  derived.set(notebook, versions);
  const found = versions.get(dataHash);
  if (found) return found;
  const cells = codeCells(notebook);
  const names = [...SPLIT_NAMES, ...cells.map((cell) => cell.name).filter(Boolean)];
  const allNames = names.join(" ");
  const graph = buildGraph(
    cells.map((cell) => {
      const { reads, fault } = readOf(cell, names, allNames);
      return { id: cell.id, name: cell.name, fault, ...reads };
    }),
    SPLIT_NAMES,
  );
  const result = { cells, graph, keys: keysOf(graph, cells, dataHash, RESULTS_VERSION), dataHash };
  versions.set(dataHash, result);
  return result;
}
