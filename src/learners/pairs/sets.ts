/** Rising distinct integers. */
export type IntSet = Int32Array;

export function intSet(values: ArrayLike<number>): IntSet {
  const sorted = Int32Array.from(values).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
  return count === sorted.length ? sorted : sorted.slice(0, count);
}

/** |A ∩ B| */
export function sharedCount(a: IntSet, b: IntSet): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i] - b[j];
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared;
}

/** |A ∩ B| / |A ∪ B| (Jaccard 1912); NaN where both are empty. */
export const jaccard = (shared: number, a: number, b: number): number => shared / (a + b - shared);

/** |A ∩ B| / min(|A|, |B|), the overlap coefficient (Szymkiewicz-Simpson); 0 where one is empty, NaN where both are. */
export const overlap = (shared: number, a: number, b: number): number =>
  a + b > 0 && Math.min(a, b) === 0 ? 0 : shared / Math.min(a, b);
