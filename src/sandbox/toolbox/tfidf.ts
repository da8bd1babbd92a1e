import { tokensOf } from "./sets";

/** Word weights learned from texts, and the similarity under them. */
export interface Tfidf {
  /**
   * Cosine of the two texts' TF-IDF vectors, 0 to 1; words that were not in the fitted texts count for nothing, and a
   * text without known words is like no other (0). NaN where a text is missing.
   */
  cosine(a: string | null | undefined, b: string | null | undefined): number;
  /** Inverse document frequency of a word, or 0 for a word that was not in the fitted texts. */
  weight(word: string): number;
}

/**
 * Fits TF-IDF on texts as scikit-learn's TfidfVectorizer does by default: lower case, smoothed idf
 * `ln((1 + n) / (1 + df)) + 1`, raw counts, L2 norm; words are what white space separates. Missing texts are left out.
 */
export function tfidf(texts: Iterable<string | null | undefined>): Tfidf {
  const documentsWith = new Map<string, number>();
  let documents = 0;
  for (const text of texts) {
    if (text === null || text === undefined) continue;
    documents++;
    for (const word of new Set(tokensOf(text))) documentsWith.set(word, (documentsWith.get(word) ?? 0) + 1);
  }
  const weight = (word: string): number => {
    const df = documentsWith.get(word);
    return df === undefined ? 0 : Math.log((1 + documents) / (1 + df)) + 1;
  };
  const vectorOf = (text: string): Map<string, number> => {
    const vector = new Map<string, number>();
    for (const word of tokensOf(text)) vector.set(word, (vector.get(word) ?? 0) + weight(word));
    let squares = 0;
    for (const value of vector.values()) squares += value * value;
    const norm = Math.sqrt(squares) || 1;
    for (const [word, value] of vector) vector.set(word, value / norm);
    return vector;
  };
  return {
    weight,
    cosine(a, b) {
      if (a === null || a === undefined || b === null || b === undefined) return Number.NaN;
      const right = vectorOf(b);
      let sum = 0;
      for (const [word, value] of vectorOf(a)) sum += value * (right.get(word) ?? 0);
      return sum;
    },
  };
}
