import { datePartsOf, isDates } from "./dates";
import type { PreparedColumn } from "./inputs";
import { type FittedPairs, fitPairs, pairedColumns, pairFeatures } from "./pairs";

/** What stands for some columns before they are encoded: plain data that JSON keeps. */
export interface Expansion {
  /** Columns of text that hold dates. */
  dates: string[];
  /** Columns of text on both sides of a pair, without their prefix: their words are told apart as shared and not. */
  words: string[];
  /** How the two sides of a pair are compared; what has no partner stays as it is. */
  pairs?: FittedPairs;
}

const SIDES = ["left_", "right_"] as const;

/** Which columns hold dates, and for pairs of records how they are compared. Yields the share done. */
export function* fitExpansion(columns: readonly PreparedColumn[], pairs: boolean): Generator<number, Expansion> {
  const paired = pairs ? pairedColumns(columns) : [];
  const dates = columns.flatMap((column) =>
    (column.as === "text" || column.as === "categorical") && !paired.includes(column.name) && isDates(column.values)
      ? [column.name]
      : [],
  );
  if (paired.length === 0) return { dates, words: [] };
  const texts = new Set(columns.filter((column) => column.as === "text").map((column) => column.name));
  const words = [...texts]
    .filter((name) => name.startsWith(SIDES[0]))
    .map((name) => name.slice(SIDES[0].length))
    .filter((name) => texts.has(SIDES[1] + name));
  const fitted = yield* fitPairs(columns);
  return { dates, words, ...(fitted && { pairs: fitted }) };
}

/** Replaces dates by their parts, and the sides of pairs by what they have in common and not. Yields the share done. */
export function* expand(
  { dates, words, pairs }: Expansion,
  columns: readonly PreparedColumn[],
): Generator<number, PreparedColumn[]> {
  const paired = pairs ? pairedColumns(columns) : [];
  const out = columns.flatMap((column) => {
    if (paired.includes(column.name)) return [];
    const text = column.as === "text" || column.as === "categorical";
    return text && dates.includes(column.name) ? datePartsOf(column.name, column.values) : [column];
  });
  for (const name of words) {
    const sides = SIDES.map((side) => columns.find((column) => column.name === side + name));
    if (sides[0]?.as === "text" && sides[1]?.as === "text")
      out.push(...wordsOf(name, sides[0].values, sides[1].values));
  }
  if (pairs) {
    const { features } = yield* pairFeatures(pairs, columns);
    for (const { name, values } of features) out.push({ name, as: "numeric", values: Float64Array.from(values) });
  }
  return out;
}

type Texts = readonly (string | null)[];

/**
 * Two texts a pair: the words that both sides have, and those that one side has. A linear model learns from them which
 * words make no difference (a colour, among variants) and which do.
 */
function wordsOf(name: string, left: Texts, right: Texts): PreparedColumn[] {
  const shared: (string | null)[] = [];
  const unshared: (string | null)[] = [];
  const known = new Map<string, Set<string>>();
  const wordSet = (text: string): Set<string> => {
    let words = known.get(text);
    if (!words) {
      words = new Set(
        text
          .normalize("NFKC")
          .toLowerCase()
          .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [],
      );
      known.set(text, words);
    }
    return words;
  };
  left.forEach((text, row) => {
    const other = right[row];
    if (text === null || other === null) {
      shared.push(null);
      unshared.push(null);
      return;
    }
    const [a, b] = [wordSet(text), wordSet(other)];
    shared.push([...a].filter((word) => b.has(word)).join(" "));
    unshared.push([...[...a].filter((word) => !b.has(word)), ...[...b].filter((word) => !a.has(word))].join(" "));
  });
  return [
    { name: `${name}.shared`, as: "text", values: shared },
    { name: `${name}.unshared`, as: "text", values: unshared },
  ];
}
