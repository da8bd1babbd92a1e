import { codesOf } from "./codes";
import { pointsOf } from "./edit";
import type { Lexicon, Word } from "./lexicon";
import { type NumbersOfText, numbersOf } from "./numbers";
import { type IntSet, intSet } from "./sets";
import { fold, wordsOf } from "./words";
import { writtenDate } from "./written-dates";

/** Caps, so that a text of any length is read and compared in little time: beyond them words matter, not letters. */
const MOST_LETTERS = 20_000;
const MOST_WORDS = 1000;
const MOST_GRAM_WORDS = 48;
const MOST_POINTS = 96;
const MOST_NUMBERS = 32;
const MOST_CODES = 16;
const MOST_COMPACT = 400;

/** A text as it is compared: all that one text says by itself, read once however many pairs hold it. */
export interface TextProfile {
  /** Folded, white space collapsed. */
  folded: string;
  /** The first code points of `folded`. */
  points: Int32Array;
  /** Distinct words in the order of their ids. */
  words: Word[];
  ids: Float64Array;
  /** Idf of each word, and its share of the TF-IDF vector of length 1. */
  idf: Float64Array;
  weights: Float64Array;
  idfSum: number;
  /** Distinct hashes of the first words' runs of three characters. */
  grams: IntSet;
  /** The first words, nothing between them: what joined and split words are looked up in. */
  compact: string;
  initials: string;
  numbers: NumbersOfText;
  codes: { text: string; points: Int32Array }[];
  /** Days since 1970; NaN where it holds no date. */
  date: number;
  wordCount: number;
}

/** The words of a text in their order, as a profile has them. */
export const readWords = (text: string): string[] => wordsOf(readText(text), MOST_WORDS);

/** Folded, white space collapsed, cut to a length that can be read in little time. */
export const readText = (text: string): string => fold(text.slice(0, MOST_LETTERS)).trim().replace(/\s+/g, " ");

export function profileOf(text: string, lexicon: Lexicon, idf: (word: string) => number): TextProfile {
  const folded = readText(text);
  const sequence = wordsOf(folded, MOST_WORDS).map((word) => lexicon.wordOf(word));
  const counts = new Map<string, number>();
  for (const { text } of sequence) counts.set(text, (counts.get(text) ?? 0) + 1);
  const words = Array.from(counts.keys(), (text) => lexicon.wordOf(text)).sort((a, b) => a.id - b.id);
  const idfs = Float64Array.from(words, ({ text }) => idf(text));
  const weights = idfs.map((weight, i) => weight * counts.get(words[i].text)!);
  let squares = 0;
  let idfSum = 0;
  for (const weight of weights) squares += weight * weight;
  for (const weight of idfs) idfSum += weight;
  const length = Math.sqrt(squares);
  const first = sequence.slice(0, MOST_GRAM_WORDS);
  return {
    folded,
    points: pointsOf(folded, MOST_POINTS),
    words,
    ids: Float64Array.from(words, ({ id }) => id),
    idf: idfs,
    weights: weights.map((weight) => weight / length),
    idfSum,
    grams: intSet([...new Set(first)].flatMap(({ grams }) => Array.from(grams))),
    compact: first
      .map((word) => word.text)
      .join("")
      .slice(0, MOST_COMPACT),
    initials: first.map((word) => String.fromCodePoint(word.points[0])).join(""),
    numbers: numbersOf(folded, MOST_NUMBERS),
    codes: codesOf(folded, MOST_CODES).map((code) => ({ text: code, points: pointsOf(code, MOST_POINTS) })),
    date: writtenDate(folded),
    wordCount: sequence.length,
  };
}
