import type { Sink } from "./matrix";
import { log } from "./portable";

/** The n-grams of one sort that the training texts hold: hash buckets (rising) and in how many texts each occurs. */
export interface GramBlock {
  buckets: number[];
  texts: number[];
}

/**
 * A text column as TF-IDF of hashed word 1-2-grams and character 2-4-grams. Weights are (1 + ln tf) · idf with
 * idf = ln((1 + n) / (1 + df)) + 1 (scikit-learn's smooth idf, sublinear tf), each sort scaled to unit length.
 */
export interface FittedText {
  kind: "text";
  name: string;
  bits: number;
  /** Training texts, the n of idf. */
  count: number;
  /** Words in a sense for themselves, or pairs of neighbours too. */
  longestWords: 1 | 2;
  words: GramBlock;
  /** Without buckets where the texts are long: character grams are not looked for then. */
  chars: GramBlock;
}

export interface TextOptions {
  /** Grams are hashed to 2^bits buckets for each sort. */
  bits: number;
  /** Buckets in fewer training texts are left out. */
  leastTexts: number;
}

const WORD_SEED = 0x811c9dc5;
const CHAR_SEED = 0x2f0b4c47;
const SHORTEST_CHARS = 2;
const LONGEST_CHARS = 4;
const WORD = /[\p{L}\p{N}\p{M}_]+/gu;

/**
 * Above so many letters of training text, character grams are left out, and above more of them pairs of words: every
 * letter makes about three character grams of eight bytes, and long texts say enough by their words.
 */
export const MOST_LETTERS = { chars: 20_000_000, pairs: 100_000_000 };

const TEXTS_A_STEP = 64;

/** Undefined when no training text has any gram (all are empty or missing). Yields the share done. */
export function* fitText(
  name: string,
  values: readonly (string | null)[],
  { bits, leastTexts }: TextOptions,
  limits = MOST_LETTERS,
): Generator<number, FittedText | undefined> {
  const letters = values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  const longestWords = letters > limits.pairs ? 1 : 2;
  const words = new GramCounter(bits);
  const chars = letters > limits.chars ? undefined : new GramCounter(bits);
  const found = { words: new Uint32Array(1 << bits), chars: new Uint32Array(1 << bits) };
  for (const [row, value] of values.entries()) {
    countGrams(value, longestWords, words, chars);
    for (const bucket of words.touched) found.words[bucket]++;
    words.clear();
    if (chars) {
      for (const bucket of chars.touched) found.chars[bucket]++;
      chars.clear();
    }
    if (row % TEXTS_A_STEP === 0) yield row / values.length;
  }
  const fitted: FittedText = {
    kind: "text",
    name,
    bits,
    count: values.length,
    longestWords,
    words: blockOf(found.words, leastTexts),
    chars: blockOf(found.chars, leastTexts),
  };
  return fitted.words.buckets.length + fitted.chars.buckets.length > 0 ? fitted : undefined;
}

export const textWidths = (fitted: FittedText) => ({
  sparse: fitted.words.buckets.length + fitted.chars.buckets.length,
  dense: 0,
});

export function writeText(fitted: FittedText, values: readonly (string | null)[]): (row: number, sink: Sink) => void {
  const words = new GramCounter(fitted.bits);
  const chars = fitted.chars.buckets.length > 0 ? new GramCounter(fitted.bits) : undefined;
  const writeWords = writeBlock(fitted, fitted.words, 0);
  const writeChars = writeBlock(fitted, fitted.chars, fitted.words.buckets.length);
  return (row, sink) => {
    countGrams(values[row], fitted.longestWords, words, chars);
    writeWords(words, sink);
    words.clear();
    if (chars) {
      writeChars(chars, sink);
      chars.clear();
    }
  };
}

function writeBlock(fitted: FittedText, block: GramBlock, firstId: number): (counter: GramCounter, sink: Sink) => void {
  const ids = new Int32Array(1 << fitted.bits).fill(-1);
  block.buckets.forEach((bucket, i) => {
    ids[bucket] = i;
  });
  const idf = Float64Array.from(block.texts, (texts) => log((1 + fitted.count) / (1 + texts)) + 1);
  return (counter, sink) => {
    const known = counter.touched.filter((bucket) => ids[bucket] >= 0);
    const weights = known.map((bucket) => (1 + log(counter.counts[bucket])) * idf[ids[bucket]]);
    const length = Math.sqrt(weights.reduce((total, weight) => total + weight * weight, 0));
    known.forEach((bucket, i) => {
      sink.sparse(firstId + ids[bucket], weights[i] / length);
    });
  };
}

function blockOf(texts: Uint32Array, least: number): GramBlock {
  const block: GramBlock = { buckets: [], texts: [] };
  texts.forEach((count, bucket) => {
    if (count < Math.max(1, least)) return;
    block.buckets.push(bucket);
    block.texts.push(count);
  });
  return block;
}

/** How often each bucket occurs in one text; cleared in the time of its grams, not of its buckets. */
class GramCounter {
  readonly counts: Uint32Array;
  readonly touched: number[] = [];
  private readonly mask: number;

  constructor(bits: number) {
    this.counts = new Uint32Array(1 << bits);
    this.mask = (1 << bits) - 1;
  }

  add(hash: number): void {
    // FNV's low bits follow the last letters closely; murmur3's finaliser spreads them.
    let mixed = hash ^ (hash >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    const bucket = (mixed ^ (mixed >>> 16)) & this.mask;
    if (this.counts[bucket]++ === 0) this.touched.push(bucket);
  }

  clear(): void {
    for (const bucket of this.touched) this.counts[bucket] = 0;
    this.touched.length = 0;
  }
}

/**
 * Words are runs of letters, digits and underscores; character grams stay within the words between spaces, each with a
 * space on both sides (scikit-learn's `char_wb`). Case is folded and compatibility forms are unified (NFKC).
 */
function countGrams(
  value: string | null,
  longestWords: number,
  words: GramCounter,
  chars: GramCounter | undefined,
): void {
  if (value === null) return;
  const text = value.normalize("NFKC").toLowerCase();
  let previous = 0;
  let first = true;
  for (const [word] of text.matchAll(WORD)) {
    const own = fnv(WORD_SEED, word);
    words.add(own);
    if (!first && longestWords > 1) words.add(fnv(step(previous, 32), word));
    previous = own;
    first = false;
  }
  if (!chars) return;
  for (const piece of text.split(/\s+/)) if (piece !== "") countChars(` ${piece} `, chars);
}

function countChars(piece: string, chars: GramCounter): void {
  for (let start = 0; start + SHORTEST_CHARS <= piece.length; start++) {
    let hash = CHAR_SEED;
    const end = Math.min(piece.length, start + LONGEST_CHARS);
    for (let i = start; i < end; i++) {
      hash = step(hash, piece.charCodeAt(i));
      if (i - start + 1 >= SHORTEST_CHARS) chars.add(hash);
    }
  }
}

/** FNV-1a over UTF-16 units, from any state, so that a bigram continues its first word. */
function fnv(state: number, text: string): number {
  let hash = state;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
