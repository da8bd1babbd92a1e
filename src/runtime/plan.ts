import { ancestors, descendants, type Graph } from "./graph";
import type { Status } from "./state";

/** The cells to run, each after what it reads. */
export type Plan = readonly string[];

/**
 * R7. `wanted` are the cells asked for (`"all"`: every runnable one). A wanted cell that is named is run even if it is
 * fresh and failed before; fresh results are never recomputed.
 * R13: `held` cells, and what is below them, run only when asked for.
 */
export function planRun(
  graph: Graph,
  statuses: ReadonlyMap<string, Status>,
  wanted: readonly string[] | "all",
  held: ReadonlySet<string> = new Set(),
): Plan {
  const due = (id: string): boolean => statuses.get(id) !== "ready";
  if (wanted === "all") return graph.order.filter(due);
  const below = descendants(graph, wanted);
  const kept = new Set([...held].filter((id) => !wanted.includes(id)));
  for (const id of descendants(graph, [...kept])) if (!wanted.includes(id)) kept.add(id);
  const seen = (id: string): boolean => ["stale", "failed", "queued", "running"].includes(statuses.get(id) ?? "idle");
  const asked = new Set([...wanted, ...[...below].filter((id) => seen(id) && !kept.has(id))]);
  const above = ancestors(graph, [...asked]);
  return graph.order.filter((id) => (asked.has(id) || above.has(id)) && due(id));
}

/**
 * R13: what runs by itself after an edit: every cell that had a result or a failure and is no longer up to date, but for
 * `held` cells and what is below them, and what is below a fault of the graph.
 */
export function dueByItself(
  graph: Graph,
  statuses: ReadonlyMap<string, Status>,
  held: ReadonlySet<string>,
): readonly string[] {
  const apart = descendants(graph, [...held]);
  return graph.order.filter((id) => statuses.get(id) === "stale" && !held.has(id) && !apart.has(id));
}
