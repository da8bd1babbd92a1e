/**
 * Damerau-Levenshtein distance in Unicode code points: the least number of insertions, deletions, substitutions and
 * swaps of neighbours, where a swapped pair may be edited further (unrestricted; Lowrance and Wagner 1975).
 * O(|a|·|b|) time and memory.
 */
export function damerauLevenshtein(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  const width = right.length + 2;
  const most = left.length + right.length;
  const cost = new Uint32Array((left.length + 2) * width);
  cost[0] = most;
  for (let i = 0; i <= left.length; i++) {
    cost[(i + 1) * width] = most;
    cost[(i + 1) * width + 1] = i;
  }
  for (let j = 0; j <= right.length; j++) {
    cost[j + 1] = most;
    cost[width + j + 1] = j;
  }
  const lastRowOf = new Map<string, number>();
  for (let i = 1; i <= left.length; i++) {
    let lastMatch = 0;
    for (let j = 1; j <= right.length; j++) {
      const row = lastRowOf.get(right[j - 1]) ?? 0;
      const column = lastMatch;
      const same = left[i - 1] === right[j - 1];
      if (same) lastMatch = j;
      cost[(i + 1) * width + j + 1] = Math.min(
        cost[i * width + j] + (same ? 0 : 1),
        cost[(i + 1) * width + j] + 1,
        cost[i * width + j + 1] + 1,
        cost[row * width + column] + (i - row - 1) + 1 + (j - column - 1),
      );
    }
    lastRowOf.set(left[i - 1], i);
  }
  return cost[(left.length + 1) * width + right.length + 1];
}
