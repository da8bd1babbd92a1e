import { log } from "../portable";

/**
 * In how many of `count` distinct training records each word occurs, the most frequent first. Words of one record are left
 * out: a new word is as rare.
 */
export interface WordCounts {
  count: number;
  words: string[];
  records: number[];
}

/** A text's words, and how many records hold the text. */
export interface CountedText {
  words: Iterable<string>;
  records: number;
}

const TEXTS_A_STEP = 16;

/** Counts the words of `texts` texts. Yields the share done. */
export function* countWords(
  texts: number,
  textOf: (text: number) => CountedText,
  { mostWords }: { mostWords: number },
): Generator<number, WordCounts> {
  const counts = new Map<string, number>();
  let count = 0;
  for (let text = 0; text < texts; text++) {
    if (text % TEXTS_A_STEP === 0) yield text / texts;
    const { words, records } = textOf(text);
    count += records;
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + records);
  }
  const kept = [...counts].filter(([, records]) => records >= 2);
  kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  kept.length = Math.min(kept.length, mostWords);
  return { count, words: kept.map(([word]) => word), records: kept.map(([, records]) => records) };
}

/** idf = ln((1 + n) / (1 + records)) + 1 (scikit-learn's smooth idf), where a word not listed counts as of one record. */
export function idfOf({ count, words, records }: WordCounts): (word: string) => number {
  const known = new Map(words.map((word, i) => [word, log((1 + count) / (1 + records[i])) + 1]));
  const rare = log((1 + count) / 2) + 1;
  return (word) => known.get(word) ?? rare;
}
