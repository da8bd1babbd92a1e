import type { KeptRun } from "./run";

/** A browser keeps so many runs, and so many bytes of their notebooks and predictions. */
export const MOST_RUNS = 500;
export const MOST_BYTES = 64_000_000;

/**
 * Which runs go to make room, oldest first. Starred ones stay; so does the newest, whatever its size.
 */
export function toForget(runs: readonly KeptRun[], most = { runs: MOST_RUNS, bytes: MOST_BYTES }): string[] {
  const newest = [...runs].sort((a, b) => b.run.made - a.run.made);
  let count = runs.length;
  let bytes = runs.reduce((sum, kept) => sum + kept.bytes, 0);
  const gone: string[] = [];
  for (const kept of newest.slice(1).reverse()) {
    if (count <= most.runs && bytes <= most.bytes) break;
    if (kept.starred) continue;
    gone.push(kept.id);
    count--;
    bytes -= kept.bytes;
  }
  return gone;
}
