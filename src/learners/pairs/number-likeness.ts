import { apart } from "./numbers";

export const NUMBER_FEATURES = [
  "equal",
  "difference",
  "absolute_difference",
  "relative_difference",
  "share_between",
] as const;

/** So many quantiles of the training records' values stand for their distribution. */
const KNOTS = 256;

/** Quantiles of the records' finite values, rising, evenly spaced by rank; `records` counts those of each value. */
export function fitNumbers(values: readonly number[], records: Uint32Array): number[] {
  const order = values.map((_, i) => i).filter((i) => Number.isFinite(values[i]));
  order.sort((a, b) => values[a] - values[b]);
  const total = order.reduce((sum, i) => sum + records[i], 0);
  const knots: number[] = [];
  let reached = 0;
  for (const i of order) {
    reached += records[i];
    while (knots.length < KNOTS && knots.length * total < reached * KNOTS) knots.push(values[i]);
  }
  return knots;
}

/**
 * Features of two numbers. `share_between` is the share of training records from the one value to the other, both counted:
 * small where two records agree on a rare value, larger where the value is common, 1 where they are at both ends.
 */
export function numberLikeness(a: number, b: number, knots: readonly number[], out: Float32Array): void {
  const difference = a === b ? 0 : single(a - b);
  out[0] = a === b ? 1 : 0;
  out[1] = difference;
  out[2] = Math.abs(difference);
  out[3] = apart(a, b);
  out[4] = (below(knots, Math.max(a, b), true) - below(knots, Math.min(a, b), false)) / knots.length;
}

const LARGEST = 3e38;

/** Within what single precision holds. */
const single = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

/** How many knots are below the value (or equal to it, where `reached`), by bisection. */
function below(knots: readonly number[], value: number, reached: boolean): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const centre = (low + high) >> 1;
    if (knots[centre] < value || (reached && knots[centre] === value)) low = centre + 1;
    else high = centre;
  }
  return low;
}
