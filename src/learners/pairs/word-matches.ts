import { commonPrefix, jaroWinkler } from "./edit";
import type { Word } from "./lexicon";
import type { TextProfile } from "./text-profile";

/** What the words of two texts have in common, and what they have not. */
export interface WordMatches {
  sharedCount: number;
  /** Of the words that both have: the sum and the largest of their idf. */
  sharedIdf: number;
  rarestShared: number;
  /** TF-IDF cosine, and the same with words that are merely alike counted by their likeness (Cohen et al. 2003). */
  cosine: number;
  softCosine: number;
  left: Unmatched;
  right: Unmatched;
}

/** Idf of one side's words that the other side has in no form: sum and largest (0 where there is none). */
export interface Unmatched {
  idf: number;
  rarest: number;
}

/** Words are alike from here on. */
const ALIKE = 0.88;
const SHORTEST_ABBREVIATION = 3;
/** How alike a word and its beginning are. */
const ABBREVIATED = 0.9;
/** So many words that one side lacks are tried against the other's; the rest counts as unmatched. */
const MOST_TRIED = 24;
/** A word this long that stands inside the other text run together is there, split or joined. */
const SHORTEST_INSIDE = 4;

export function matchWords(a: TextProfile, b: TextProfile): WordMatches {
  let sharedCount = 0;
  let sharedIdf = 0;
  let rarestShared = 0;
  let cosine = 0;
  const leftOnly: number[] = [];
  const rightOnly: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.ids.length || j < b.ids.length) {
    const difference = i === a.ids.length ? 1 : j === b.ids.length ? -1 : a.ids[i] - b.ids[j];
    if (difference < 0) leftOnly.push(i++);
    else if (difference > 0) rightOnly.push(j++);
    else {
      sharedCount++;
      sharedIdf += a.idf[i];
      rarestShared = Math.max(rarestShared, a.idf[i]);
      cosine += a.weights[i++] * b.weights[j++];
    }
  }
  const soft = softMatches(a, b, leftOnly, rightOnly);
  return {
    sharedCount,
    sharedIdf,
    rarestShared,
    cosine,
    softCosine: cosine + soft.product,
    left: unmatched(a, leftOnly, soft.left, b),
    right: unmatched(b, rightOnly, soft.right, a),
  };
}

interface SoftMatches {
  product: number;
  /** Places of the words that found a match. */
  left: Set<number>;
  right: Set<number>;
}

/** Pairs words that differ by spelling, the most alike first. Numbers and codes are never spelt otherwise: they differ. */
function softMatches(a: TextProfile, b: TextProfile, leftOnly: number[], rightOnly: number[]): SoftMatches {
  const found: { i: number; j: number; likeness: number }[] = [];
  const lefts = leftOnly.slice(0, MOST_TRIED).filter((i) => !a.words[i].hasDigit);
  const rights = rightOnly.slice(0, MOST_TRIED).filter((j) => !b.words[j].hasDigit);
  for (const i of lefts) {
    for (const j of rights) {
      const likeness = alike(a.words[i], b.words[j]);
      if (likeness >= ALIKE) found.push({ i, j, likeness });
    }
  }
  found.sort((x, y) => y.likeness - x.likeness || x.i - y.i || x.j - y.j);
  const matches: SoftMatches = { product: 0, left: new Set(), right: new Set() };
  for (const { i, j, likeness } of found) {
    if (matches.left.has(i) || matches.right.has(j)) continue;
    matches.left.add(i);
    matches.right.add(j);
    matches.product += a.weights[i] * b.weights[j] * likeness;
  }
  return matches;
}

/** Jaro-Winkler, where the first letters agree (slips seldom hit the first); a beginning stands for the whole: corp, sep. */
function alike({ points: a }: Word, { points: b }: Word): number {
  if (a[0] !== b[0]) return 0;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= SHORTEST_ABBREVIATION && commonPrefix(a, b) === shorter)
    return Math.max(ABBREVIATED, jaroWinkler(a, b));
  return jaroWinkler(a, b);
}

function unmatched(own: TextProfile, only: number[], matched: Set<number>, other: TextProfile): Unmatched {
  let idf = 0;
  let rarest = 0;
  for (const i of only) {
    if (matched.has(i) || isInside(own.words[i], other)) continue;
    idf += own.idf[i];
    rarest = Math.max(rarest, own.idf[i]);
  }
  return { idf, rarest };
}

/** The share of a text's words, by idf, that the other text holds: as a word or run together. NaN where it has none. */
export function coveredBy(own: TextProfile, other: TextProfile): number {
  let missing = 0;
  for (let i = 0, j = 0; i < own.ids.length; i++) {
    while (j < other.ids.length && other.ids[j] < own.ids[i]) j++;
    if (other.ids[j] !== own.ids[i] && !isInside(own.words[i], other)) missing += own.idf[i];
  }
  return 1 - missing / own.idfSum;
}

const isInside = ({ text }: Word, { compact }: TextProfile): boolean =>
  text.length >= SHORTEST_INSIDE && compact.includes(text);
