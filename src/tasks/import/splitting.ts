import { createRandom, shuffle } from "../../base";

/** The parts that validation and test take of what is split. */
export const MADE_SHARE = 0.15;

export interface SplitRequest {
  /** The rows to split. */
  rows: readonly number[];
  /** Class index of each of them. */
  classes: Int32Array;
  /** Rows with one number stay together. */
  groups: Float64Array;
  /** Share of each part; the first takes what is left over. */
  shares: readonly number[];
  seed: number;
}

/**
 * Splits rows so that groups stay whole and every class has its share in every part, as far as its groups allow. Groups
 * come in a seeded order, large ones first, and each goes where most is lacking of its classes.
 * @returns the rows of each part, in the order given
 */
export function splitRows({ rows, classes, groups, shares, seed }: SplitRequest): number[][] {
  const members = new Map<number, number[]>();
  for (const [i] of rows.entries()) {
    const group = members.get(groups[i]);
    if (group) group.push(i);
    else members.set(groups[i], [i]);
  }
  const order = shuffle([...members.values()], createRandom(seed));
  order.sort((a, b) => b.length - a.length); // stable: equal sizes stay shuffled
  const perClass = new Map<number, number>();
  for (const k of classes) perClass.set(k, (perClass.get(k) ?? 0) + 1);
  const lacking = new Map([...perClass].map(([k, count]) => [k, shares.map((share) => share * count)]));
  const room = shares.map((share) => share * rows.length);
  const partOf = new Int8Array(rows.length);
  for (const group of order) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const part of shares.keys()) {
      let need = 0;
      for (const i of group) need += lacking.get(classes[i])?.[part] ?? 0;
      // What a class lacks decides; where that is even, what the part lacks as a whole.
      const worth = need / group.length + (0.1 * room[part]) / rows.length;
      if (worth > most + 1e-12) [best, most] = [part, worth];
    }
    for (const i of group) {
      partOf[i] = best;
      const needs = lacking.get(classes[i]);
      if (needs) needs[best]--;
      room[best]--;
    }
  }
  return shares.map((_, part) => rows.filter((_, i) => partOf[i] === part));
}

/**
 * Groups of pairs: those that share a record, directly or over other pairs. Where nearly everything hangs together that
 * way, as after blocking, the pairs of one left record; where even those are most of all, no groups.
 */
export function groupPairs(
  left: Float64Array,
  right: Float64Array,
): { groups: Float64Array; kept: "records" | "left records" | "pairs" } {
  const parent = new Map<number, number>();
  const find = (node: number): number => {
    let root = node;
    for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
    for (let at = node; at !== root; ) {
      const next = parent.get(at) ?? root;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const [row, a] of left.entries()) {
    const [one, other] = [find(a), find(right[row])];
    parent.set(one, one);
    parent.set(other, one);
  }
  const components = left.map(find);
  if (largest(components) <= components.length * 0.1) return { groups: components, kept: "records" };
  if (largest(left) <= left.length * 0.1) return { groups: left.slice(), kept: "left records" };
  return { groups: Float64Array.from(left.keys()), kept: "pairs" };
}

function largest(groups: Float64Array): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const group of groups) {
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    if (count > most) most = count;
  }
  return most;
}
