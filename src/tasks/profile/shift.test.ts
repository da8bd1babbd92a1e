import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { chiSquared99, shiftOf } from "./shift";

describe("the shift between two splits", () => {
  it("is the population stability index, half a row added to each group", () => {
    const found = shiftOf([600, 300, 100], [300, 300, 400], { ordered: false });
    // By hand: p = (n_i + 0.5) / 1001.5 of both, then the sum of (p - q) ln(p / q).
    const p = [600.5, 300.5, 100.5].map((n) => n / 1001.5);
    const q = [300.5, 300.5, 400.5].map((n) => n / 1001.5);
    const psi = p.reduce((sum, _, i) => sum + (p[i] - q[i]) * Math.log(p[i] / q[i]), 0);
    expect(found?.psi).toBeCloseTo(psi, 12);
    expect(found?.moved).toBeCloseTo(0.3, 12);
    expect(found?.word).toBe("shifted");
  });

  it("calls equal shares alike, whatever the numbers of rows", () => {
    expect(shiftOf([100, 200, 300], [1000, 2000, 3000], { ordered: true })).toMatchObject({ word: "alike" });
  });

  it("sees a small change in many rows, and a large one as larger", () => {
    expect(shiftOf([5000, 5000], [3300, 6700], { ordered: false })?.word).toBe("some shift");
    expect(shiftOf([5000, 5000], [2000, 8000], { ordered: false })?.word).toBe("shifted");
  });

  it("sees that values went missing", () => {
    const same = { ordered: true as const };
    expect(shiftOf([500, 500], [300, 300], { ...same, missing: [0, 0] })?.word).toBe("alike");
    expect(shiftOf([500, 500], [300, 300], { ...same, missing: [0, 400] })?.word).toBe("shifted");
  });

  it("does not take sampling for a shift: of small samples of one distribution few are called shifted", () => {
    const random = createRandom(7);
    const draw = (rows: number): number[] => {
      const counts = new Array<number>(30).fill(0);
      for (let row = 0; row < rows; row++) counts[Math.floor(30 * random() ** 2)]++;
      return counts;
    };
    let called = 0;
    for (let i = 0; i < 200; i++) {
      const word = shiftOf(draw(300), draw(90), { ordered: true })?.word;
      if (word === "some shift" || word === "shifted") called++;
    }
    expect(called).toBeLessThanOrEqual(8);
  });

  it("says where there are too few rows to tell, and nothing where there are none", () => {
    expect(shiftOf([10, 8, 9, 9], [3, 2, 4, 2], { ordered: false })?.word).toBe("too few rows");
    expect(shiftOf([10, 8], [0, 0], { ordered: false })).toBeUndefined();
  });

  it("knows the 99 % quantiles of chi-squared to a hundredth", () => {
    const table = new Map([
      [1, 6.635],
      [5, 15.086],
      [9, 21.666],
      [10, 23.209],
    ]);
    for (const [degrees, quantile] of table) expect(chiSquared99(degrees) / quantile).toBeCloseTo(1, 1.5);
    expect(chiSquared99(0)).toBe(0);
  });
});
