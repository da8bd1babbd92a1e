import { damerauLevenshtein as damerauLevenshteinOf, levenshtein as levenshteinOf } from "../../base";
import { jaro as jaroOf, jaroWinkler as jaroWinklerOf } from "./jaro";
import { jaccardOf, ngramsOf, overlapOf, tokensOf } from "./sets";
import { type Tfidf, tfidf as tfidfOf } from "./tfidf";

/** A text that may be missing. */
export type MaybeText = string | null | undefined;

/** A vector that may be missing. */
export type MaybeVector = ArrayLike<number> | null | undefined;

/** Likeness of texts. All count Unicode code points; where either text is missing the answer is NaN: missing too. */
export interface Similarity {
  /**
   * Shared words over all words, 0 to 1: lower case, split on white space; 1 where both are empty.
   * @example similarity.jaccard("red car", "Red bike") // 0.3333333333333333
   */
  jaccard(a: MaybeText, b: MaybeText): number;
  /**
   * Shared runs of three characters over all of them, 0 to 1: lower case, without padding. Forgives misspellings.
   * @example similarity.trigramJaccard("colour", "color") // 0.4
   */
  trigramJaccard(a: MaybeText, b: MaybeText): number;
  /**
   * Shared runs of `n` characters (3 unless said) over those of the shorter text: 1 where one text contains the other.
   * @example similarity.ngramOverlap("flow-root", "display: flow-root") // 1
   */
  ngramOverlap(a: MaybeText, b: MaybeText, n?: number): number;
  /**
   * The least number of insertions, deletions and substitutions that turn one text into the other.
   * @example similarity.levenshtein("kitten", "sitting") // 3
   */
  levenshtein(a: MaybeText, b: MaybeText): number;
  /**
   * Levenshtein where a swap of neighbours counts once (unrestricted).
   * @example similarity.damerauLevenshtein("form", "from") // 1
   */
  damerauLevenshtein(a: MaybeText, b: MaybeText): number;
  /**
   * 1 minus Levenshtein over the longer length: 1 for equal texts, 0 for wholly different ones.
   * @example similarity.editRatio("colour", "color") // 0.8333333333333334
   */
  editRatio(a: MaybeText, b: MaybeText): number;
  /**
   * Jaro, 0 to 1: for short names.
   * @example similarity.jaro("martha", "marhta") // 0.9444444444444445
   */
  jaro(a: MaybeText, b: MaybeText): number;
  /**
   * Jaro-Winkler, 0 to 1: Jaro that favours texts with the same beginning.
   * @example similarity.jaroWinkler("martha", "marhta") // 0.9611111111111111
   */
  jaroWinkler(a: MaybeText, b: MaybeText): number;
  /**
   * Learns word weights from texts (in `fit`); its `cosine(a, b)` then compares two texts, rare words counting more.
   * @example similarity.tfidf(["red car", "blue car"]).cosine("red car", "red bus") // 0.8148024746671689
   */
  tfidf(texts: Iterable<MaybeText>): Tfidf;
  /**
   * The cosine of the angle between two vectors of one length, as those of `embedding`: 1 for one direction, 0 at right
   * angles and for a vector of zeros, -1 for opposite ones.
   * @example similarity.cosine([1, 0], [1, 1]) // 0.7071067811865475
   */
  cosine(a: MaybeVector, b: MaybeVector): number;
}

export const similarity: Similarity = {
  jaccard: orMissing((a, b) => jaccardOf(new Set(tokensOf(a)), new Set(tokensOf(b)))),
  trigramJaccard: orMissing((a, b) => jaccardOf(ngramsOf(a, 3), ngramsOf(b, 3))),
  ngramOverlap: (a, b, n = 3) => orMissing((left, right) => overlapOf(ngramsOf(left, n), ngramsOf(right, n)))(a, b),
  levenshtein: orMissing(levenshteinOf),
  damerauLevenshtein: orMissing(damerauLevenshteinOf),
  editRatio: orMissing((a, b) => {
    const longest = Math.max(Array.from(a).length, Array.from(b).length);
    return longest === 0 ? 1 : 1 - levenshteinOf(a, b) / longest;
  }),
  jaro: orMissing(jaroOf),
  jaroWinkler: orMissing(jaroWinklerOf),
  tfidf: tfidfOf,
  cosine: cosineOf,
};

function cosineOf(a: MaybeVector, b: MaybeVector): number {
  if (!a || !b) return Number.NaN;
  if (a.length !== b.length)
    throw new RangeError(`similarity.cosine was given vectors of ${a.length} and of ${b.length} numbers`);
  let product = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    squaresOfA += a[i] * a[i];
    squaresOfB += b[i] * b[i];
  }
  return product === 0 ? 0 : product / Math.sqrt(squaresOfA * squaresOfB);
}

/** Missing in, missing out. Numbers and booleans are compared as their text, since columns may hold either. */
function orMissing(measure: (a: string, b: string) => number): (a: MaybeText, b: MaybeText) => number {
  return (a, b) => (isMissing(a) || isMissing(b) ? Number.NaN : measure(String(a), String(b)));
}

function isMissing(value: MaybeText): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}
