import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levenshtein as plainLevenshtein } from "../../base";
import { commonPrefix, jaroWinkler, levenshtein, pointsOf } from "./edit";
import reference from "./fixtures/similarity.json";

const points = (text: string) => pointsOf(text, 1000);
/** Few letters, so that there is much in common; up to five blocks of 32. */
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "東", "👍"), maxLength: 150 });

describe("edit distances agree with jellyfish", () => {
  it.each(reference.pairs)("on $a and $b", ({ a, b, ...expected }) => {
    expect(levenshtein(points(a), points(b))).toBe(expected.levenshtein);
    expect(jaroWinkler(points(a), points(b))).toBeCloseTo(expected.jaro_winkler, 12);
  });
});

describe("the bit-parallel Levenshtein distance", () => {
  it("is the plain one, whatever the lengths, and leaves nothing behind", () => {
    fc.assert(
      fc.property(text, text, (a, b) => levenshtein(points(a), points(b)) === plainLevenshtein(a, b)),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each([31, 32, 33, 63, 64, 65, 96])("is right at the edge of a block: %i letters", (length) => {
    const a = "ab".repeat(length).slice(0, length);
    for (const b of [a, `x${a}`, `${a}x`, a.slice(1), a.replaceAll("a", "c"), "", "b"]) {
      expect(levenshtein(points(a), points(b))).toBe(plainLevenshtein(a, b));
      expect(levenshtein(points(b), points(a))).toBe(plainLevenshtein(a, b));
    }
  });
});

describe("Jaro-Winkler", () => {
  it("is symmetric and between 0 and 1", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const there = jaroWinkler(points(a), points(b));
        return there >= 0 && there <= 1 + 1e-12 && Math.abs(there - jaroWinkler(points(b), points(a))) < 1e-12;
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe("points", () => {
  it("are code points, not UTF-16 units, and end at the cap", () => {
    expect(Array.from(pointsOf("a👍b", 10))).toEqual([97, 0x1f44d, 98]);
    expect(pointsOf("👍".repeat(100), 3).length).toBe(3);
    expect(commonPrefix(points("abcd"), points("abxd"))).toBe(2);
  });
});
