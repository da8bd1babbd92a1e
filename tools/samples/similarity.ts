/** Lower-case runs of letters and digits. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Cosine of TF-IDF vectors, idf = ln(documents / documents with the token). */
export interface Tfidf {
  cosine(a: number, b: number): number;
}

/** @param documents token lists; the numbers of `cosine` are their places */
export function createTfidf(documents: readonly (readonly string[])[]): Tfidf {
  const frequency = new Map<string, number>();
  for (const document of documents)
    for (const token of new Set(document)) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  const vectors = documents.map((document) => {
    const vector = new Map<string, number>();
    for (const token of document) {
      vector.set(token, (vector.get(token) ?? 0) + Math.log(documents.length / (frequency.get(token) ?? 1)));
    }
    const norm = Math.hypot(...vector.values()) || 1;
    for (const [token, weight] of vector) vector.set(token, weight / norm);
    return vector;
  });
  return {
    cosine: (a, b) => {
      const [small, large] = vectors[a].size < vectors[b].size ? [vectors[a], vectors[b]] : [vectors[b], vectors[a]];
      let sum = 0;
      for (const [token, weight] of small) sum += weight * (large.get(token) ?? 0);
      return sum;
    },
  };
}
