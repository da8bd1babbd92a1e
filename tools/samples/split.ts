import { SPLIT_NAMES, type SplitName } from "../../src/tasks";
import { draw } from "./draw";

export type Shares = Record<SplitName, number>;

/** Joins what belongs together: families, shared pictures, linked records. */
export interface Groups {
  /** Puts both things into one group. */
  join(a: string, b: string): void;
  /** The group's name: the same for all of its things. */
  of(thing: string): string;
}

/** Union-find with path compression; the smaller name leads, so that the order of joins does not show. */
export function createGroups(): Groups {
  const parent = new Map<string, string>();
  const find = (thing: string): string => {
    let lead = thing;
    for (let up = parent.get(lead); up !== undefined; up = parent.get(lead)) lead = up;
    if (lead !== thing) parent.set(thing, lead);
    return lead;
  };
  return {
    join: (a, b) => {
      const [lead, other] = [find(a), find(b)].sort();
      if (lead !== other) parent.set(other, lead);
    },
    of: find,
  };
}

/**
 * Puts whole groups into splits so that every class comes close to its shares: the largest groups first, each into the
 * split that has least of the group's main class so far, measured by what it should have. A class that is main in no
 * group has to come out even by itself: `checkShares` tells.
 *
 * @returns the split of each group
 */
export function stratifiedSplit(
  items: readonly { group: string; label: string }[],
  shares: Shares,
  purpose: string,
): Map<string, SplitName> {
  const groups = new Map<string, Map<string, number>>();
  for (const { group, label } of items) {
    const counts = groups.get(group) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    groups.set(group, counts);
  }
  const sized = [...groups].map(([group, counts]) => {
    const main = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
    const size = [...counts.values()].reduce((sum, n) => sum + n, 0);
    return { group, counts, main, size, at: draw(purpose, group) };
  });
  sized.sort((a, b) => b.size - a.size || a.at - b.at);

  const have = new Map<string, Shares>();
  const splitOf = new Map<string, SplitName>();
  for (const { group, counts, main } of sized) {
    const now = have.get(main) ?? { train: 0, validation: 0, test: 0 };
    const split = SPLIT_NAMES.reduce((least, name) =>
      now[name] / shares[name] < now[least] / shares[least] ? name : least,
    );
    splitOf.set(group, split);
    for (const [label, n] of counts) {
      const seen = have.get(label) ?? { train: 0, validation: 0, test: 0 };
      seen[split] += n;
      have.set(label, seen);
    }
  }
  return splitOf;
}

/**
 * Where a record looks for look-alikes: the whole of a small split, a part of the same size of a larger one. Otherwise
 * train, with more to choose from, would hold harder negatives than the splits that a learner is scored on.
 */
export function poolOf(split: SplitName, group: string, shares: Shares, purpose: string): string {
  const parts = Math.round(shares[split] / Math.min(...Object.values(shares)));
  return `${split} ${Math.floor(draw(`pool ${purpose}`, group) * parts)}`;
}
