import { pointsOf } from "./edit";
import { type IntSet, intSet } from "./sets";

/** A word as it is compared, kept once however many texts hold it. */
export interface Word {
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

/** The words of all texts of one table of pairs, numbered in the order of their first sight. */
export class Lexicon {
  private readonly ids = new Map<string, number>();
  readonly words: Word[] = [];

  wordOf(text: string): Word {
    const known = this.ids.get(text);
    if (known !== undefined) return this.words[known];
    const word: Word = {
      id: this.words.length,
      text,
      points: pointsOf(text, LONGEST_POINTS),
      grams: gramsOf(text),
      hasDigit: DIGIT.test(text),
    };
    this.ids.set(text, word.id);
    this.words.push(word);
    return word;
  }
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
