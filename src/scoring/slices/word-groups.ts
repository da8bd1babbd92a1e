/** From here on two words stand together so much more often than by chance that they make one topic. */
const TOGETHER = 0.25;
/** Rows that two words have to share before that is more than luck. */
const LEAST_SHARED = 6;
const MOST_WORDS = 6;
const LEAST_WORDS = 3;

/**
 * Words that stand together, as topics of a text: to each word those that go with it most, by normalised pointwise mutual
 * information (Bouma 2009). A text is of a topic that has two of its words: a cluster that a reader, and SQL, can check.
 * @param words with the rows that have each, rising
 */
export function wordGroups(words: readonly [string, readonly number[]][], rows: number): string[][] {
  const groups = new Map<string, string[]>();
  const has = words.map(([, own]) => {
    const marks = new Uint8Array(rows);
    for (const row of own) marks[row] = 1;
    return marks;
  });
  for (const [i, [word, own]] of words.entries()) {
    const close = words.flatMap(([other, others], j) => {
      if (i === j) return [];
      const shared = own.reduce((count, row) => count + has[j][row], 0);
      return shared >= LEAST_SHARED ? [{ other, tie: tieOf(own.length, others.length, shared, rows) }] : [];
    });
    const group = close
      .filter(({ tie }) => tie >= TOGETHER)
      .sort((a, b) => b.tie - a.tie || (a.other < b.other ? -1 : 1))
      .slice(0, MOST_WORDS - 1)
      .map(({ other }) => other);
    const all = [word, ...group].sort();
    if (all.length >= LEAST_WORDS) groups.set(all.join(" "), all);
  }
  return [...groups.values()];
}

function tieOf(first: number, second: number, shared: number, rows: number): number {
  if (shared === rows) return 0;
  return Math.log((shared * rows) / (first * second)) / -Math.log(shared / rows);
}
