import { describe, expect, it } from "vitest";
import { createRandom, hashOf } from "../base";
import { expOfNegative, halfTurn, log } from "./portable";

const random = createRandom(1);
const arguments_ = Float64Array.from({ length: 20_000 }, () => random());

describe("portable mathematics", () => {
  it("agrees with the engine's exponential to the last places, and underflows as it does", () => {
    for (const share of arguments_) {
      const x = -740 * share ** 3;
      expect(Math.abs(expOfNegative(x) / Math.exp(x) - 1)).toBeLessThan(x < -708 ? 1e-2 : 4.5e-16);
    }
    expect(expOfNegative(0)).toBe(1);
    expect(expOfNegative(-800)).toBe(0);
    expect(expOfNegative(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(expOfNegative(Number.NaN)).toBeNaN();
  });

  it("agrees with the engine's logarithm to the last places", () => {
    for (const share of arguments_) {
      const x = share < 0.5 ? share + 1e-9 : 1e6 * share;
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(4.5e-16 * Math.max(1, Math.abs(Math.log(x))));
    }
    expect(log(1)).toBe(0);
  });

  it("tells directions in half turns", () => {
    for (let i = 0; i < 1000; i++) {
      const angle = (i / 1000) * 2 * Math.PI;
      const expected = (angle / Math.PI) % 1;
      const difference = Math.abs(halfTurn(3 * Math.cos(angle), 3 * Math.sin(angle)) - expected);
      expect(Math.min(difference, 1 - difference)).toBeLessThan(1e-5);
    }
    expect([halfTurn(1, 0), halfTurn(-1, 0), halfTurn(0, 1), halfTurn(0, -1)].map(Math.abs)).toEqual([0, 0, 0.5, 0.5]);
  });

  it("gives these very bits on every engine", () => {
    const values = Float64Array.from(arguments_, (share, i) => {
      if (i % 3 === 0) return expOfNegative(-50 * share);
      return i % 3 === 1 ? log(share + 0.01) : halfTurn(share - 0.5, 0.3 - share * share);
    });
    expect(hashOf(new Uint8Array(values.buffer))).toBe(GOLDEN);
  });
});

/** The same in Node 20 and Chromium 156. */
const GOLDEN = "7581e00e28a0d98e71db6e17d3e0262704fecaf9564fc69acc5a72f1c995f991";
