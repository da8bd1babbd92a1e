import { Fault } from "../../base";

export type Side = "left" | "right";

/** A way in which pair files name the two records' columns. */
interface Convention {
  /** As the reader writes it: `left_…, right_…`. */
  words: string;
  left: RegExp;
  right: RegExp;
}

const prefix = (left: string, right: string, words: string): Convention => ({
  words,
  left: new RegExp(`^${left}(.+)$`, "i"),
  right: new RegExp(`^${right}(.+)$`, "i"),
});
const suffix = (left: string, right: string, words: string): Convention => ({
  words,
  left: new RegExp(`^(.+)${left}$`, "i"),
  right: new RegExp(`^(.+)${right}$`, "i"),
});

/** Earlier ones win where they explain as many columns. */
const CONVENTIONS: readonly Convention[] = [
  prefix("left[_. -]", "right[_. -]", "left_…, right_…"),
  prefix("ltable[_. -]", "rtable[_. -]", "ltable_…, rtable_…"),
  prefix("l[_.]", "r[_.]", "l_…, r_…"),
  prefix("(?:table)?a[_.]", "(?:table)?b[_.]", "a_…, b_…"),
  prefix("source[_.]", "target[_.]", "source_…, target_…"),
  suffix("[_. -]left", "[_. -]right", "…_left, …_right"),
  suffix("[_.]l", "[_.]r", "…_l, …_r"),
  suffix("[_.]x", "[_.]y", "…_x, …_y"),
  suffix("[_.]a", "[_.]b", "…_a, …_b"),
  suffix("[_. ]?1", "[_. ]?2", "…1, …2"),
];

export interface PairNames {
  words: string;
  /** Of each column that belongs to a record: its side, and its name without the mark of the side. */
  sideOf: Map<string, { side: Side; name: string }>;
  /** The records' columns in the order in which they come. */
  names: string[];
}

/**
 * How the columns of a pair file name the two records: the convention under which most columns come in twos.
 * @throws Fault `import-pairs` where none does
 */
export function pairNames(columns: readonly string[], file: string): PairNames {
  let best: (PairNames & { twos: number }) | undefined;
  for (const { words, left, right } of CONVENTIONS) {
    const sideOf: PairNames["sideOf"] = new Map();
    const seen = { left: new Set<string>(), right: new Set<string>() };
    const names: string[] = [];
    for (const column of columns) {
      for (const [side, pattern] of [
        ["left", left],
        ["right", right],
      ] as const) {
        const name = pattern.exec(column)?.[1];
        if (name === undefined || sideOf.has(column)) continue;
        sideOf.set(column, { side, name });
        seen[side].add(name.toLowerCase());
        if (!names.some((each) => each.toLowerCase() === name.toLowerCase())) names.push(name);
      }
    }
    const twos = [...seen.left].filter((name) => seen.right.has(name)).length;
    if (twos > (best?.twos ?? 0)) best = { words, sideOf, names, twos };
  }
  if (best) return best;
  throw new Fault("import-pairs", `${file} holds no pairs: none of its columns come as one for each record`, {
    hint: `A matching task's rows have the columns of both records, named like ${CONVENTIONS.slice(0, 3)
      .map(({ words }) => words)
      .join(" or ")} or title_left, title_right. The columns are ${columns.slice(0, 12).join(", ")}.`,
    where: { file },
  });
}

/** Whether the columns look like pairs: how a track is guessed. */
export function looksLikePairs(columns: readonly string[]): boolean {
  try {
    const { sideOf } = pairNames(columns, "");
    return sideOf.size >= columns.length / 2;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
