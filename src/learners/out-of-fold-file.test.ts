import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { packOutOfFold, unpackOutOfFold } from "./out-of-fold-file";

/** Rows that sum to one, from sure to undecided. */
function probabilitiesOf(rows: number, classes: number): Float64Array {
  const random = createRandom(3);
  const out = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const own = Array.from({ length: classes }, () => Math.exp((row % 9) * random()));
    const total = own.reduce((sum, value) => sum + value, 0);
    own.forEach((value, k) => {
      out[row * classes + k] = value / total;
    });
  }
  return out;
}

describe("out-of-fold predictions in a file", () => {
  it.each([
    // A step at most, half of it by rounding the class and half by the others; and what has no chance is taken for a little.
    [2, 0.065],
    [9, 0.065],
    [40, 0.17],
  ])("of %d classes come back within %f of what they were", async (classes, tolerance) => {
    const given = probabilitiesOf(500, classes);
    const { bytes, shape } = await packOutOfFold(given, classes, 5);
    expect(shape).toMatchObject({ rows: 500, classes, folds: 5 });
    const back = await unpackOutOfFold(bytes, shape, "x.oof");
    given.forEach((value, i) => {
      if (value > 0.002) expect(Math.abs(back[i] / value - 1)).toBeLessThan(tolerance);
    });
    for (let row = 0; row < 500; row++) {
      const own = back.slice(row * classes, (row + 1) * classes);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...own)).toBeGreaterThan(0);
    }
  });

  it("keep what is impossible as a little", async () => {
    const { bytes, shape } = await packOutOfFold([1, 0, 0, 1], 2, 3);
    const back = await unpackOutOfFold(bytes, shape, "x.oof");
    expect(back[0]).toBeGreaterThan(0.9999);
    expect(back[1]).toBeGreaterThan(0);
    expect(back[1]).toBeLessThan(1e-6);
  });

  it.each([1, -1])("of another length than the list says are refused", async (more) => {
    const { bytes, shape } = await packOutOfFold(probabilitiesOf(20, 3), 3, 5);
    const reading = unpackOutOfFold(bytes, { ...shape, rows: 20 + more }, "x.oof");
    await expect(reading).rejects.toThrow("Cannot read x.oof: it does not hold predictions of");
  });

  it("that are no deflated bytes are refused", async () => {
    const shape = { rows: 2, classes: 2, folds: 5, step: 1 / 16, farthest: 255 };
    await expect(unpackOutOfFold(new Uint8Array([255, 255, 1]), shape, "x.oof")).rejects.toThrow("Cannot read x.oof");
  });
});
