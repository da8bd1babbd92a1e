import { describe, expect, it } from "vitest";
import { minimise } from "./lbfgs";
import { runToEnd } from "./steps";

/** A bowl whose sides differ ten thousandfold in steepness, turned by 45 degrees. */
function* bowl(at: Float64Array, gradient: Float64Array): Generator<number, number> {
  const [u, v] = [at[0] + at[1] - 3, at[0] - at[1] + 1];
  gradient[0] = 1e4 * u + v;
  gradient[1] = 1e4 * u - v;
  yield 1;
  return 0.5 * (1e4 * u * u + v * v);
}

describe("L-BFGS", () => {
  it("finds the bottom of a bowl that descent would take ten thousand steps into", () => {
    const at = new Float64Array([20, -7]);
    const asked = runToEnd(minimise(at, bowl, { most: 60, tolerance: 1e-9 }));
    expect(at[0]).toBeCloseTo(1, 6);
    expect(at[1]).toBeCloseTo(2, 6);
    expect(asked).toBeLessThan(60);
  });

  it("asks no more often than it may, and is never worse than where it began", () => {
    const at = new Float64Array([20, -7]);
    const gradient = new Float64Array(2);
    const before = runToEnd(bowl(at, gradient));
    expect(runToEnd(minimise(at, bowl, { most: 3, tolerance: 0 }))).toBeLessThanOrEqual(3);
    expect(runToEnd(bowl(at, gradient))).toBeLessThan(before);
  });
});
