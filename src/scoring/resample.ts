import type { Random } from "../base";

/** Draws `drawn.length` rows with replacement, into `drawn`: how often each row came. */
export function drawRows(drawn: Uint16Array, random: Random): void {
  drawn.fill(0);
  const rows = drawn.length;
  for (let i = 0; i < rows; i++) drawn[Math.floor(random() * rows)]++;
}

/** The `share` quantile of sorted values, linear between neighbours (numpy's default). */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
