import { ancestors, descendants, type Graph } from "./graph";
import type { Status } from "./state";

/** The cells to run, each after what it reads. */
export type Plan = readonly string[];

/**
 * R7. `wanted` are the cells asked for (`"all"`: every runnable one). A wanted cell that is named is run even if it is
 * fresh and failed before; fresh results are never recomputed.
 */
export function planRun(graph: Graph, statuses: ReadonlyMap<string, Status>, wanted: readonly string[] | "all"): Plan {
  const due = (id: string): boolean => statuses.get(id) !== "ready";
  if (wanted === "all") return graph.order.filter(due);
  const below = descendants(graph, wanted);
  const seen = (id: string): boolean => ["stale", "failed", "queued", "running"].includes(statuses.get(id) ?? "idle");
  const asked = new Set([...wanted, ...[...below].filter(seen)]);
  const above = ancestors(graph, [...asked]);
  return graph.order.filter((id) => (asked.has(id) || above.has(id)) && due(id));
}
