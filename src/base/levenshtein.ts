/**
 * Levenshtein distance in Unicode code points: the least number of insertions, deletions and substitutions that turn
 * `a` into `b`. Two rows of the Wagner-Fischer table: O(|a|·|b|) time, O(|b|) memory.
 */
export function levenshtein(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  let previous = Uint32Array.from({ length: right.length + 1 }, (_, j) => j);
  let current = new Uint32Array(right.length + 1);
  for (let i = 0; i < left.length; i++) {
    current[0] = i + 1;
    for (let j = 0; j < right.length; j++) {
      const substituted = previous[j] + (left[i] === right[j] ? 0 : 1);
      current[j + 1] = Math.min(substituted, previous[j + 1] + 1, current[j] + 1);
    }
    [previous, current] = [current, previous];
  }
  return previous[right.length];
}

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

/** The known name closest to `name`, if it is close enough to be a slip of the finger (a third of its length, at most 3). */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = damerauLevenshtein(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** `Did you mean "price"?`, or the list of what there is. */
export function suggest(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (known.length === 0) return "There is nothing of that kind yet.";
  const shown = known.slice(0, 12).join(", ");
  return `There is ${shown}${known.length > 12 ? ", …" : ""}.`;
}
