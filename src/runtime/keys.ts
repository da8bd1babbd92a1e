import { type Hash, hashOf } from "../base";
import type { Graph } from "./graph";

export interface KeyedCell {
  id: string;
  kind: string;
  source: string;
}

/**
 * R5: each runnable cell's key. `data` is the hash of the data behind the given names; `salt` says what else a result
 * depends on for all cells alike (the code's version).
 */
export function keysOf(graph: Graph, cells: readonly KeyedCell[], data: string, salt: string): Map<string, Hash> {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const keys = new Map<string, Hash>();
  for (const id of graph.order) {
    const cell = byId.get(id);
    const parents = [...(graph.reads.get(id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const above = parents.map(([name, parent]) => [name, keys.get(parent) ?? null]);
    // A cell may reach the task's data without naming a table (a feature cell does), so the data is in every key.
    const text = JSON.stringify([salt, data, cell?.kind, cell?.source, above]);
    keys.set(id, cell ? hashOnce(cell, text) : hashOf(text));
  }
  return keys;
}

/** Each cell's last text and its hash: an edit makes one new cell, and the others may be hundreds. */
const hashed = new WeakMap<KeyedCell, { text: string; hash: Hash }>();

function hashOnce(cell: KeyedCell, text: string): Hash {
  const known = hashed.get(cell);
  if (known?.text === text) return known.hash;
  const hash = hashOf(text);
  hashed.set(cell, { text, hash });
  return hash;
}
