import type { Random } from "../base";

/** Above this mean the normal approximation of a binomial is used; its skewness is below 0.08 there. */
const LARGE_MEAN = 150;

/** A binomial number: exact inversion of the distribution function (BINV) for small means, normal above. */
export function binomial(trials: number, share: number, random: Random): number {
  if (trials === 0 || share <= 0) return 0;
  if (share >= 1) return trials;
  if (share > 0.5) return trials - binomial(trials, 1 - share, random);
  const mean = trials * share;
  if (mean > LARGE_MEAN) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.min(trials, Math.max(0, Math.round(mean + Math.sqrt(mean * (1 - share)) * normal)));
  }
  const odds = share / (1 - share);
  let probability = (1 - share) ** trials;
  let left = random();
  let hits = 0;
  while (left > probability && hits < trials) {
    left -= probability;
    hits++;
    probability *= (odds * (trials - hits + 1)) / hits;
  }
  return hits;
}

/** Draws `sum(counts)` rows with replacement from cells that hold `counts` rows each, into `drawn`: rows per cell. */
export function drawCells(counts: Float64Array, drawn: Float64Array, random: Random): void {
  let rows = 0;
  for (const count of counts) rows += count;
  let left = rows;
  for (let cell = 0; cell < counts.length; cell++) {
    drawn[cell] = binomial(left, rows > 0 ? counts[cell] / rows : 0, random);
    left -= drawn[cell];
    rows -= counts[cell];
  }
}

/** Draws `drawn.length` rows with replacement, into `drawn`: how often each row came. */
export function drawRows(drawn: Uint16Array, random: Random): void {
  drawn.fill(0);
  for (let i = 0; i < drawn.length; i++) drawn[Math.floor(random() * drawn.length)]++;
}

/** The `share` quantile of sorted values, linear between neighbours (numpy's default). */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
