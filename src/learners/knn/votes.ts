import { expOfNegative } from "../portable";

/** How neighbours vote. */
export interface Voting {
  /** How many nearest rows vote with their full weight. */
  neighbours: number;
  /** A vote weighs exp((similarity - that of the nearest) / temperature). */
  temperature: number;
  /** How many full votes the classes' shares in training weigh. */
  strength: number;
}

/**
 * Rows just behind the last neighbour vote too, with a weight that falls to zero over this share of the temperature.
 * So the probabilities are a continuous function of the similarities: rounding (another engine's, another order of sums)
 * moves them by as little, and rows that are equally near all vote.
 */
export const FADE = 0.5;

/** The weight of a row, given its similarity, that of the nearest row and that of the last neighbour. */
export function voteOf(similarity: number, nearest: number, last: number, temperature: number): number {
  const fade = 1 + (similarity - last) / (FADE * temperature);
  if (fade <= 0) return 0;
  return expOfNegative((similarity - nearest) / temperature) * Math.min(1, fade);
}

/** The `count` largest values, falling. `heap` is scratch of that length. */
export function largest(values: Float32Array, count: number, heap: Float32Array): Float32Array {
  const size = Math.min(count, values.length);
  for (let i = 0; i < size; i++) heap[i] = values[i];
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(heap, i, size);
  for (let i = size; i < values.length; i++) {
    if (values[i] <= heap[0]) continue;
    heap[0] = values[i];
    sink(heap, 0, size);
  }
  return heap.subarray(0, size).sort().reverse();
}

/** Restores the order of a heap with its smallest value on top. */
function sink(heap: Float32Array, from: number, size: number): void {
  const value = heap[from];
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
}

/** Class probabilities of one query, into `out`. */
export function vote(
  similarities: Float32Array,
  labels: Int32Array,
  priors: Float64Array,
  { neighbours, temperature, strength }: Voting,
  heap: Float32Array,
  out: Float64Array,
): void {
  const near = largest(similarities, neighbours, heap);
  const [nearest, last] = [near[0], near[near.length - 1]];
  let total = strength;
  for (let k = 0; k < out.length; k++) out[k] = strength * priors[k];
  const least = last - FADE * temperature;
  for (let row = 0; row < similarities.length; row++) {
    if (similarities[row] <= least) continue;
    const weight = voteOf(similarities[row], nearest, last, temperature);
    out[labels[row]] += weight;
    total += weight;
  }
  for (let k = 0; k < out.length; k++) out[k] /= total;
}
