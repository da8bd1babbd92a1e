import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupPairs, splitRows } from "./splitting";

const shares = [0.7, 0.15, 0.15];

describe("splitting", () => {
  it("gives every row to one part, keeps groups whole, and is the same for the same seed", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 9 }), (given, seed) => {
        const request = {
          rows: given.map((_, i) => i * 3),
          classes: Int32Array.from(given, ([k]) => k),
          groups: Float64Array.from(given, ([, group]) => group),
          shares,
          seed,
        };
        const parts = splitRows(request);
        expect(parts.flat().sort((a, b) => a - b)).toEqual(request.rows);
        const partOf = new Map<number, number>();
        for (const [part, own] of parts.entries())
          for (const row of own) {
            const group = request.groups[row / 3];
            expect(partOf.get(group) ?? part).toBe(part);
            partOf.set(group, part);
          }
        expect(splitRows(request)).toEqual(parts);
      }),
    );
  });

  it("keeps each class in proportion, to the row", () => {
    const classes = Int32Array.from({ length: 2000 }, (_, i) => (i % 20 === 0 ? 2 : i % 3 === 0 ? 1 : 0));
    const rows = Array.from(classes.keys());
    const parts = splitRows({ rows, classes, groups: Float64Array.from(rows), shares, seed: 1 });
    for (const k of [0, 1, 2]) {
      const all = classes.filter((each) => each === k).length;
      for (const [part, own] of parts.entries())
        expect(Math.abs(own.filter((row) => classes[row] === k).length - all * shares[part])).toBeLessThanOrEqual(1);
    }
  });

  it("keeps pairs of one record together where they do not all hang together", () => {
    const left = Float64Array.from({ length: 100 }, (_, i) => i >> 1);
    const apart = groupPairs(
      left,
      left.map((id) => id + 1000),
    );
    expect(apart.kept).toBe("records");
    expect(new Set(apart.groups).size).toBe(50);
    const chain = groupPairs(
      left,
      Float64Array.from({ length: 100 }, (_, i) => 1000 + ((i + 1) >> 1)),
    );
    expect(chain.kept).toBe("left records");
    expect(groupPairs(new Float64Array(100), left).kept).toBe("pairs");
  });
});
