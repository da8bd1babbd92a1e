import { describe, expect, it } from "vitest";
import { intervalScale, placeOn } from "./intervals";

const at = (value: number, half = 0.02) => ({ value, low: value - half, high: value + half });

describe("the axis of some intervals", () => {
  it("holds them all, with air", () => {
    const axis = intervalScale([at(0.7), at(0.8)], 1);
    expect(axis.from).toBeLessThan(0.68);
    expect(axis.to).toBeGreaterThan(0.82);
    expect(placeOn(axis, 0.75)).toBeCloseTo(50);
  });
  it("leaves out a baseline that is so far off that the rest would be dots", () => {
    const axis = intervalScale([at(0.79), at(0.81), at(0.2)], 1);
    expect(axis.from).toBeGreaterThan(0.7);
    expect(placeOn(axis, 0.2)).toBe(0);
  });
  it("stays on the side of the best where lower is better", () => {
    const axis = intervalScale([at(0.6), at(0.63), at(2.1)], 0);
    expect(axis.to).toBeLessThan(1);
    expect(placeOn(axis, 2.1)).toBe(100);
  });
  it("stands without any interval", () => {
    expect(intervalScale([{ value: Number.NaN, low: Number.NaN, high: Number.NaN }], -1)).toEqual({ from: 0, to: 1 });
  });
});
