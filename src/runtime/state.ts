import type { FaultData, Hash } from "../base";

/** A result that can be shown: its value, the key that it was made under, and how long that took. */
export interface Result<V> {
  value: V;
  key: Hash;
  tookMs: number;
}

/** What is known of a cell. `last` is the newest result there is: it stays visible while something newer runs or failed. */
export type CellState<V> =
  | { status: "idle" }
  | { status: "queued"; last?: Result<V> }
  | { status: "running"; done: number; note?: string; since: number; last?: Result<V> }
  | { status: "ready"; last: Result<V> }
  | { status: "failed"; fault: FaultData; key: Hash | undefined; last?: Result<V> };

export type Status = "idle" | "stale" | "queued" | "running" | "ready" | "failed";

export function lastOf<V>(state: CellState<V>): Result<V> | undefined {
  return state.status === "idle" ? undefined : state.last;
}

/** R6: what the reader sees. A failure of an earlier text is stale too. */
export function statusOf<V>(state: CellState<V>, key: Hash | undefined): Status {
  if (state.status === "ready") return state.last.key === key ? "ready" : "stale";
  if (state.status === "failed") return state.key === key ? "failed" : "stale";
  return state.status;
}
