/** Lower-case words: what white space separates. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(/\S+/gu) ?? [];
}

/** The set of runs of `n` code points of the lower-cased text, without padding. */
export function ngramsOf(text: string, n: number): Set<string> {
  const points = Array.from(text.toLowerCase());
  const grams = new Set<string>();
  for (let i = 0; i + n <= points.length; i++) grams.add(points.slice(i, i + n).join(""));
  return grams;
}

/** |A ∩ B| / |A ∪ B|; 1 where both sets are empty (Jaccard 1912). */
export function jaccardOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  const shared = sharedOf(a, b);
  return shared / (a.size + b.size - shared);
}

/** |A ∩ B| / min(|A|, |B|), the overlap coefficient (Szymkiewicz-Simpson); 1 where both are empty, 0 where one is. */
export function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  return sharedOf(a, b) / Math.min(a.size, b.size);
}

function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  for (const item of fewer) if (more.has(item)) shared++;
  return shared;
}
