import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { squash, stretch } from "./logistic";
import { packMixed, unpackMixed } from "./mixed";
import { createPredictor } from "./mixing";
import { PRIMING_2 } from "./priming";

describe("the mixing predictor", () => {
  it("gives back any bytes, packed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(unpackMixed(packMixed(bytes, PRIMING_2), bytes.length, PRIMING_2)).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });
  it("gives exactly as many bytes as asked for, whatever was packed", () => {
    for (const packed of [new Uint8Array(0), new Uint8Array(50), new Uint8Array(50).fill(255)])
      expect(unpackMixed(packed, 3_000, PRIMING_2).length).toBe(3_000);
  });
  it("a copy goes on as its original does", () => {
    const bytes = new TextEncoder().encode("a copy goes on as its original; a copy goes on ");
    const feed = (predictor: ReturnType<typeof createPredictor>): number[] => {
      const chances: number[] = [];
      for (const byte of bytes)
        for (let shift = 7; shift >= 0; shift--) {
          chances.push(predictor.chance());
          predictor.learn((byte >> shift) & 1);
        }
      return chances;
    };
    const first = createPredictor(1_000);
    feed(first);
    const second = first.copy(1_000);
    const third = first.copy(1_000);
    const chances = feed(second);
    expect(feed(third)).toEqual(chances);
    expect(new Set(chances).size).toBeGreaterThan(100);
  });
  it("its tables are the logistic function and its inverse, to their grain", () => {
    for (const x of [-8, -1.5, 0, 0.3, 4]) expect(squash(x)).toBeCloseTo(1 / (1 + Math.exp(-x)), 5);
    for (const chance of [10, 1024, 2048, 4000])
      expect(stretch(chance)).toBeCloseTo(Math.log((chance + 0.5) / (4095.5 - chance)), 10);
  });
});
