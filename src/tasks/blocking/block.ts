import { Fault } from "../../base";
import { SPLIT_NAMES, type SplitName } from "../manifest";
import { add, byKey, byLikeness, type Candidates, likenessOf, type RecordTexts, sizeOf } from "./candidates";
import { entitiesOf, type Match, splitEntities } from "./entities";

/** How candidate pairs are found. */
export interface BlockingAsk {
  /** Columns whose equal values make a pair a candidate, each by itself. */
  keys: string[];
  /** Columns whose words are compared. */
  texts: string[];
  /** So many of the likest right records of each left one are candidates. */
  top: number;
  /** Pairs that do not match, for each that does: the likest of the candidates. */
  negatives: number;
  seed: number;
}

export interface BlockedPair {
  left: number;
  right: number;
  label: 0 | 1;
  split: SplitName;
}

/** What blocking came to: whether it finds what is known to match, and at what cost. */
export interface BlockingFacts {
  /** Every left record with every right one. */
  possible: number;
  candidates: number;
  matches: number;
  /** Known matches that are among the candidates. */
  found: number;
  /** The same for each way by itself. */
  ways: { way: string; candidates: number; found: number; skipped: number }[];
  negatives: number;
  /** Non-matching candidates whose records lie in two splits: they can be in neither. */
  across: number;
  pairs: Record<SplitName, { matches: number; others: number }>;
}

export interface BlockingInput {
  left: RecordTexts;
  right: RecordTexts;
  /** The columns' names, in the order of both sides' texts. */
  columns: readonly string[];
  matches: readonly Match[];
}

const MOST_CANDIDATES = 5_000_000;

/**
 * Candidate pairs of two tables, and of them a matching task's pairs: every known match, and the hardest pairs that are
 * none. Records of one entity lie in one split, so that no pair joins two.
 * @throws Fault `blocking`
 */
export function blockPairs(input: BlockingInput, ask: BlockingAsk): { pairs: BlockedPair[]; facts: BlockingFacts } {
  const { columns, matches } = input;
  const lefts = input.left[0]?.length ?? 0;
  const rights = input.right[0]?.length ?? 0;
  if (matches.length < 2)
    throw new Fault("blocking", "There are fewer than two known matches to make pairs from", {
      hint: "The pair list has a row for each pair of records that are the same: the left id and the right id.",
    });
  if (ask.keys.length === 0 && ask.texts.length === 0)
    throw new Fault("blocking", "Choose a column to find candidate pairs by", {
      hint: "A key makes a pair of equal values a candidate; a text makes one of the likest records.",
    });
  const pick = (side: RecordTexts, names: readonly string[]): RecordTexts =>
    names.map((name) => side[columns.indexOf(name)] ?? []);
  const likeness = likenessOf(
    pick(input.left, ask.texts.length > 0 ? ask.texts : ask.keys),
    pick(input.right, ask.texts.length > 0 ? ask.texts : ask.keys),
  );
  const all: Candidates = new Map();
  const ways: BlockingFacts["ways"] = [];
  const take = (way: string, pairs: Candidates, skipped: number): void => {
    ways.push({ way, candidates: sizeOf(pairs), found: foundIn(pairs, matches), skipped });
    for (const [left, others] of pairs) add(all, left, others);
    if (sizeOf(all) > MOST_CANDIDATES)
      throw new Fault("blocking", `There are more than ${MOST_CANDIDATES.toLocaleString("en")} candidate pairs`, {
        hint: "Leave out the key that most records share, or take fewer of the likest.",
      });
  };
  for (const key of ask.keys) {
    const [left] = pick(input.left, [key]);
    const [right] = pick(input.right, [key]);
    const { pairs, skipped } = byKey(left, right);
    take(`same ${key}`, pairs, skipped);
  }
  if (ask.texts.length > 0) take(`like words in ${ask.texts.join(", ")}`, byLikeness(likeness, lefts, ask.top), 0);

  const entities = entitiesOf(lefts, rights, matches);
  const splits = splitEntities(entities, matches, ask.seed);
  const isMatch = new Set(matches.map(([left, right]) => left * rights + right));
  const hard: Record<SplitName, Scored[]> = { train: [], validation: [], test: [] };
  let across = 0;
  for (const [left, others] of all) {
    const split = splits[entities.left[left]];
    for (const right of others) {
      // Two records of one entity are the same, whether or not the list says so of this pair.
      if (isMatch.has(left * rights + right) || entities.left[left] === entities.right[right]) continue;
      if (splits[entities.right[right]] === split)
        hard[split].push({ left, right, score: likeness.between(left, right) });
      else across++;
    }
  }
  const pairs: BlockedPair[] = [];
  const counts = {} as BlockingFacts["pairs"];
  for (const split of SPLIT_NAMES) {
    const same = matches.filter(([left]) => splits[entities.left[left]] === split);
    const others = hardest(hard[split], same.length * ask.negatives);
    for (const [left, right] of same) pairs.push({ left, right, label: 1, split });
    for (const { left, right } of others) pairs.push({ left, right, label: 0, split });
    counts[split] = { matches: same.length, others: others.length };
  }
  pairs.sort((a, b) => a.left - b.left || a.right - b.right); // the order tells nothing of the label
  return {
    pairs,
    facts: {
      possible: lefts * rights,
      candidates: sizeOf(all),
      matches: matches.length,
      found: foundIn(all, matches),
      ways,
      negatives: pairs.filter(({ label }) => label === 0).length,
      across,
      pairs: counts,
    },
  };
}

interface Scored {
  left: number;
  right: number;
  score: number;
}

/** The likest first, but each left record's likest before any one's second: else a few records would fill the task. */
function hardest(candidates: Scored[], count: number): Scored[] {
  candidates.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
  const seen = new Map<number, number>();
  const ranked = candidates.map((pair) => {
    const rank = seen.get(pair.left) ?? 0;
    seen.set(pair.left, rank + 1);
    return { pair, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ pair }) => pair);
}

function foundIn(pairs: Candidates, matches: readonly Match[]): number {
  return matches.filter(([left, right]) => pairs.get(left)?.has(right)).length;
}
