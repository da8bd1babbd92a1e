import { describe, expect, it } from "vitest";
import { type Bins, binAt, binConditionSql, binWords, chooseBins, type Spread } from "./bins";

/** The spread of given values, quantiles by nearest rank. */
function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return {
    count: values.length,
    min: sorted[0],
    max: sorted[sorted.length - 1],
    q005: at(0.005),
    q25: at(0.25),
    q75: at(0.75),
    q995: at(0.995),
    whole: values.every(Number.isInteger),
  };
}

function binsFor(values: number[]): Bins {
  const spread = spreadOf(values);
  return chooseBins(spread, spread.min, spread.max);
}

const range = (count: number, of: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => of(i));

describe("choosing bins", () => {
  it("gives each whole number of a short range a bin", () => {
    const bins = binsFor(range(1000, (i) => i % 7));
    expect(bins.edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(binWords(bins, 3, String)).toBe("3");
    expect(binConditionSql(bins, 3, "x")).toBe("x = 3");
  });

  it("has 8 to 30 bins with round edges, whatever the scale", () => {
    for (const scale of [1e-6, 0.03, 1, 700, 4e9]) {
      const { edges, width } = binsFor(range(5000, (i) => scale * (Math.sin(i) + i / 5000)));
      expect(edges.length - 1).toBeGreaterThanOrEqual(8);
      expect(edges.length - 1).toBeLessThanOrEqual(30);
      const digits = Number((width ?? 0).toExponential().split("e")[0]);
      expect([1, 2, 5]).toContain(digits);
      for (const edge of edges)
        expect(Math.abs(edge / (width ?? 1) - Math.round(edge / (width ?? 1)))).toBeLessThan(1e-6);
    }
  });

  it("does not let one far value squeeze the others: the ends are open", () => {
    const bins = binsFor([...range(2000, (i) => 100 + (i % 200) / 10), 1e6, -1e6]);
    expect(bins.edges[0]).toBeGreaterThanOrEqual(90);
    expect(bins.edges[bins.edges.length - 1]).toBeLessThanOrEqual(130);
    expect([bins.openLow, bins.openHigh]).toEqual([true, true]);
    expect(binWords(bins, 0, String)).toMatch(/^below /);
    expect(binWords(bins, bins.edges.length - 2, String)).toMatch(/ or more$/);
    expect(binAt(bins, -1e6)).toBe(0);
    expect(binAt(bins, 1e6)).toBe(bins.edges.length - 2);
  });

  it("lets the bins of long-tailed counts grow by 1, 2, 5", () => {
    const bins = binsFor(range(3000, (i) => (i % 10 === 0 ? Math.round(1.5 ** (i % 17)) : 0)));
    expect(bins.width).toBeUndefined();
    expect(bins.edges.slice(0, 6)).toEqual([0, 1, 2, 5, 10, 20]);
    expect([0, 1, 2].map((bin) => binWords(bins, bin, String))).toEqual(["0", "1", "2 to 4"]);
  });

  it("draws a constant as one bin", () => {
    expect(binsFor([3, 3, 3]).edges).toEqual([3, 4]);
    const bins = binsFor([0.25, 0.25]);
    expect(bins.edges).toHaveLength(2);
    expect(binWords(bins, 0, String)).toBe("0.25");
  });
});
