import { createRandom, shuffle } from "../../base";
import { SPLIT_NAMES, type SplitName } from "../manifest";

/** Left record and right record that are the same. */
export type Match = readonly [left: number, right: number];

export interface Entities {
  left: Int32Array;
  right: Int32Array;
  count: number;
}

/** Records that known matches join, directly or through others, are one entity; every other record is one of its own. */
export function entitiesOf(lefts: number, rights: number, matches: readonly Match[]): Entities {
  const parent = Int32Array.from({ length: lefts + rights }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (const [left, right] of matches) {
    const [a, b] = [root(left), root(lefts + right)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const numbers = new Map<number, number>();
  const numberOf = (node: number): number => {
    const top = root(node);
    const known = numbers.get(top);
    if (known !== undefined) return known;
    numbers.set(top, numbers.size);
    return numbers.size - 1;
  };
  const left = Int32Array.from({ length: lefts }, (_, record) => numberOf(record));
  const right = Int32Array.from({ length: rights }, (_, record) => numberOf(lefts + record));
  return { left, right, count: numbers.size };
}

const SHARES: Record<SplitName, number> = { train: 0.7, validation: 0.15, test: 0.15 };

/** The split of each entity: entities with matches and those without are shared out alike. */
export function splitEntities(entities: Entities, matches: readonly Match[], seed: number): SplitName[] {
  const matched = new Set(matches.map(([left]) => entities.left[left]));
  const splits = new Array<SplitName>(entities.count).fill("train");
  const random = createRandom(seed);
  const numbers = Array.from({ length: entities.count }, (_, entity) => entity);
  for (const group of [numbers.filter((each) => matched.has(each)), numbers.filter((each) => !matched.has(each))]) {
    const order = shuffle(group, random);
    let from = 0;
    for (const split of SPLIT_NAMES) {
      const to = split === "test" ? order.length : from + Math.round(order.length * SHARES[split]);
      for (const entity of order.slice(from, to)) splits[entity] = split;
      from = to;
    }
  }
  return splits;
}
