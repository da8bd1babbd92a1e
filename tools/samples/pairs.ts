import { SPLIT_NAMES } from "../../src/tasks";
import { draw, shuffled } from "./draw";
import type { Pair } from "./task";

/** What tells a pair from others, whichever way round. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** The pair, left and right changed in half of the cases, so that the side tells nothing. */
export function turned(pair: Pair, purpose: string): Pair {
  const flip = draw(`turn ${purpose}`, pairKey(pair.left.key, pair.right.key)) < 0.5;
  return flip ? { left: pair.right, right: pair.left, label: pair.label } : pair;
}

/**
 * Leaves out drawn negatives until every split has as many for one positive as the poorest split has: otherwise the
 * smaller splits, whose records have fewer neighbours to be confused with, would hold another share of positives.
 */
export function evenNegatives(pairs: readonly Pair[], purpose: string): Pair[] {
  const parts = SPLIT_NAMES.map((split) => {
    const own = pairs.filter((pair) => pair.left.split === split);
    return { positives: own.filter((pair) => pair.label === 1), negatives: own.filter((pair) => pair.label === 0) };
  });
  const ratio = Math.min(...parts.map(({ positives, negatives }) => negatives.length / positives.length));
  return parts.flatMap(({ positives, negatives }) => {
    const kept = shuffled(negatives, `keep ${purpose}`, (pair) => pairKey(pair.left.key, pair.right.key));
    return [...positives, ...kept.slice(0, Math.round(ratio * positives.length))];
  });
}
