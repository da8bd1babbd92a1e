import { pointsOf } from "./edit";
import { type IntSet, intSet } from "./sets";

/** A word as it is compared, kept once however many texts hold it. */
export interface Word {
  /** 53 bits of hash, so that what a pair's features are does not depend on the words seen before. */
  id: number;
  text: string;
  /** Code points. */
  points: Int32Array;
  /** Hashes of its runs of three characters, a space before and behind it counted. */
  grams: IntSet;
  hasDigit: boolean;
}

const DIGIT = /\p{N}/u;
const LONGEST_POINTS = 24;
/** Above so many words all go, and come again as texts hold them. */
const MOST_WORDS = 200_000;

/** The words of all texts of one table of pairs. */
export class Lexicon {
  private readonly words = new Map<string, Word>();

  wordOf(text: string): Word {
    const known = this.words.get(text);
    if (known) return known;
    if (this.words.size >= MOST_WORDS) this.words.clear();
    const word: Word = {
      id: (fnv(0x811c9dc5, text) >>> 11) * 0x100000000 + (fnv(0x2f0b4c47, text) >>> 0),
      text,
      points: pointsOf(text, LONGEST_POINTS),
      grams: gramsOf(text),
      hasDigit: DIGIT.test(text),
    };
    this.words.set(text, word);
    return word;
  }
}

/** FNV-1a over UTF-16 units, its bits spread by murmur3's finaliser: its low bits alone follow the last letters closely. */
function fnv(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** FNV-1a over each window of three UTF-16 units of the word between two spaces. */
function gramsOf(text: string): IntSet {
  const padded = ` ${text} `;
  const hashes: number[] = [];
  for (let start = 0; start + 3 <= padded.length; start++) {
    let hash = 0x811c9dc5;
    for (let i = start; i < start + 3; i++) hash = Math.imul(hash ^ padded.charCodeAt(i), 0x01000193);
    hashes.push(hash);
  }
  return intSet(hashes);
}
