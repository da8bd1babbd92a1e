import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SPLIT_NAMES } from "../../src/tasks";
import { createGroups, poolOf, stratifiedSplit } from "./split";

const shares = { train: 0.6, validation: 0.2, test: 0.2 };

describe("groups", () => {
  it("are what chains of joins connect, in whichever order they came", () => {
    const joins: [string, string][] = [
      ["a", "b"],
      ["c", "d"],
      ["b", "c"],
      ["x", "y"],
    ];
    for (const order of [joins, [...joins].reverse()]) {
      const groups = createGroups();
      for (const [a, b] of order) groups.join(a, b);
      expect(["a", "b", "c", "d"].map(groups.of)).toEqual(["a", "a", "a", "a"]);
      expect(groups.of("y")).toBe("x");
      expect(groups.of("alone")).toBe("alone");
    }
  });
});

describe("the stratified split", () => {
  const items = Array.from({ length: 1000 }, (_, i) => ({
    group: `g${Math.floor(i / 2)}`,
    label: i % 20 < 18 ? "common" : "rare",
  }));

  it("gives every class its share of every split", () => {
    const splitOf = stratifiedSplit(items, shares, "test");
    for (const label of ["common", "rare"]) {
      const own = items.filter((item) => item.label === label);
      for (const split of SPLIT_NAMES) {
        const share = own.filter((item) => splitOf.get(item.group) === split).length / own.length;
        expect(Math.abs(share - shares[split])).toBeLessThan(0.02);
      }
    }
  });

  it("gives each group one split, the same for any order of the rows", () => {
    const splitOf = stratifiedSplit(items, shares, "test");
    expect(splitOf.size).toBe(500);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        const again = stratifiedSplit(shuffled, shares, "test");
        for (const [group, split] of splitOf) expect(again.get(group)).toBe(split);
      }),
      { numRuns: 5 },
    );
  });

  it("gives another split for another purpose", () => {
    const one = stratifiedSplit(items, shares, "one");
    const other = stratifiedSplit(items, shares, "other");
    expect([...one].some(([group, split]) => other.get(group) !== split)).toBe(true);
  });
});

it("looks for negatives in pools of one size, whatever the split's size", () => {
  const count = new Map<string, number>();
  for (let i = 0; i < 5000; i++) {
    const split = i % 5 < 3 ? "train" : i % 5 === 3 ? "validation" : "test";
    const pool = poolOf(split, `group ${i}`, shares, "test");
    count.set(pool, (count.get(pool) ?? 0) + 1);
  }
  expect(count.size).toBe(5);
  for (const n of count.values()) expect(Math.abs(n - 1000)).toBeLessThan(120);
});
