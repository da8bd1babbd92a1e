import { keyOf, wordsOf } from "./words";

/** Texts of one side's records, by column: what is compared. */
export type RecordTexts = readonly (readonly (string | null)[])[];

/** Pairs of record numbers, left to the rights that it goes with. */
export type Candidates = Map<number, Set<number>>;

/** A value in so many pairs says nothing: `new`, `black`. */
const MOST_OF_KEY = 5_000;
/** A word in more than this share of the right records, and in more than a few, is one that most have. */
const COMMON = 0.1;
const FEW = 50;

/**
 * Pairs whose records have one value in a column: the blocking key. `skipped` are values that too many records share for
 * the key to tell anything.
 */
export function byKey(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): {
  pairs: Candidates;
  skipped: number;
} {
  const rights = groupsOf(right);
  const pairs: Candidates = new Map();
  let skipped = 0;
  for (const [key, lefts] of groupsOf(left)) {
    const others = rights.get(key);
    if (!others) continue;
    if (lefts.length * others.length > MOST_OF_KEY) {
      skipped++;
      continue;
    }
    for (const record of lefts) add(pairs, record, others);
  }
  return { pairs, skipped };
}

function groupsOf(values: readonly (string | null)[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [record, value] of values.entries()) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

/** How like two records are by their words, rare words counting more: the cosine of TF-IDF vectors, from 0 to 1. */
export interface Likeness {
  /** The right records that are most like a left one, the likest first. */
  nearest(left: number, count: number): { right: number; score: number }[];
  between(left: number, right: number): number;
}

export function likenessOf(left: RecordTexts, right: RecordTexts): Likeness {
  const lefts = vectorsOf(left);
  const rights = vectorsOf(right);
  const inRights = new Map<string, number[]>();
  for (const [record, words] of rights.entries()) {
    for (const word of words) {
      const records = inRights.get(word);
      if (records) records.push(record);
      else inRights.set(word, [record]);
    }
  }
  const count = new Map<string, number>();
  for (const words of [...lefts, ...rights]) for (const word of words) count.set(word, (count.get(word) ?? 0) + 1);
  const all = lefts.length + rights.length;
  const weight = (word: string): number => Math.log(1 + all / (count.get(word) ?? 1)) ** 2;
  const lengths = (vectors: readonly (readonly string[])[]): Float64Array =>
    Float64Array.from(vectors, (words) => Math.sqrt(words.reduce((sum, word) => sum + weight(word), 0)) || 1);
  const [leftLength, rightLength] = [lengths(lefts), lengths(rights)];
  const mostRecords = Math.max(FEW, rights.length * COMMON);
  const scores = new Float64Array(rights.length);
  return {
    nearest: (record, most) => {
      const touched: number[] = [];
      for (const word of lefts[record]) {
        const records = inRights.get(word);
        if (!records || records.length > mostRecords) continue;
        const gain = weight(word);
        for (const other of records) {
          if (scores[other] === 0) touched.push(other);
          scores[other] += gain;
        }
      }
      const found = touched.map((other) => ({
        right: other,
        score: scores[other] / (leftLength[record] * rightLength[other]),
      }));
      for (const other of touched) scores[other] = 0;
      return found.sort((a, b) => b.score - a.score || a.right - b.right).slice(0, most);
    },
    between: (a, b) => {
      const others = new Set(rights[b]);
      const shared = lefts[a].reduce((sum, word) => sum + (others.has(word) ? weight(word) : 0), 0);
      return shared / (leftLength[a] * rightLength[b]);
    },
  };
}

function vectorsOf(columns: RecordTexts): string[][] {
  const rows = columns[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, record) => [
    ...new Set(columns.flatMap((column) => wordsOf(column[record]))),
  ]);
}

/** The `top` likest right records of each left one. */
export function byLikeness(likeness: Likeness, lefts: number, top: number): Candidates {
  const pairs: Candidates = new Map();
  for (let record = 0; record < lefts; record++)
    add(
      pairs,
      record,
      likeness.nearest(record, top).map(({ right }) => right),
    );
  return pairs;
}

export function add(pairs: Candidates, left: number, rights: Iterable<number>): void {
  let mine = pairs.get(left);
  if (!mine) {
    mine = new Set();
    pairs.set(left, mine);
  }
  for (const right of rights) mine.add(right);
}

export function sizeOf(pairs: Candidates): number {
  let size = 0;
  for (const rights of pairs.values()) size += rights.size;
  return size;
}
