import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../base";
import { bestThreshold, scoreMatching } from ".";
import { rankedCounts, rankingOf } from "./ranking";
import { bestCut } from "./threshold";

const chosen = (labels: number[], scores: number[], seed?: number) =>
  bestThreshold(Int32Array.from(labels), Float64Array.from(scores), seed);

describe("the threshold for the best F1", () => {
  it("stands halfway between two scores, so that no row stands on it", () => {
    expect(chosen([1, 1, 1, 0, 0, 0], [0.9, 0.8, 0.7, 0.3, 0.2, 0.1])).toEqual({ threshold: 0.5, f1: 1 });
    expect(chosen([1, 1, 0, 1], [0.8, 0.8, 0.4, 0.8])).toEqual({ threshold: (0.8 + 0.4) / 2, f1: 1 });
  });

  it("reaches below the lowest score where every pair is a match", () => {
    expect(chosen([1, 1, 1], [0.9, 0.4, 0.2])).toEqual({ threshold: 0.1, f1: 1 });
  });

  it("does not part tied scores", () => {
    const { threshold, f1 } = chosen([1, 0, 1, 0, 0, 0, 0, 0], [0.6, 0.6, 0.6, 0.6, 0.1, 0.1, 0.1, 0.1]);
    expect(threshold).toBe(0.35);
    expect(f1).toBeCloseTo(2 / 3, 12);
    expect(chosen([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])).toEqual({ threshold: 0.25, f1: 2 / 3 });
  });

  it("is the half, with an F1 of 0, where no pair is a match", () => {
    expect(chosen([0, 0, 0], [0.9, 0.5, 0.1])).toEqual({ threshold: 0.5, f1: 0 });
    expect(chosen([], [])).toEqual({ threshold: 0.5, f1: 0 });
  });

  it("stands between scores of exactly 0 and 1, and between neighbouring doubles on the upper one", () => {
    expect(chosen([1, 0, 1, 0], [1, 0, 1, 0])).toEqual({ threshold: 0.5, f1: 1 });
    const upper = 0.5 + Number.EPSILON / 2;
    const { threshold } = chosen([1, 0, 1, 0], [upper, 0.5, upper, 0.5]);
    expect(threshold).toBe(upper);
  });

  it("has the F1 that the score says, and depends on the seed alone", () => {
    const { labels, scores } = pairs(400, 0.2, 1, createRandom("seed"));
    const first = bestThreshold(labels, scores, 3);
    expect(bestThreshold(labels, scores, 3)).toEqual(first);
    expect(scoreMatching({ labels, scores, threshold: first.threshold }).metrics.f1).toBeCloseTo(first.f1, 12);
  });

  it("loses less on new rows than the first maximum of the curve, the more the fewer the rows", () => {
    for (const [rows, share] of [
      [100, 0.75],
      [1000, 0.85],
    ]) {
      const random = createRandom(`new rows ${rows}`);
      let own = 0;
      let naive = 0;
      for (const [rate, sharpness] of [
        [0.05, 1],
        [0.2, 2.5],
        [0.5, 0.5],
      ]) {
        const fresh = pairs(20_000, rate, sharpness, random);
        const best = bestCut(rankedCounts(rankingOf(fresh.labels, fresh.scores))).f1;
        const lost = (threshold: number) => best - f1Of(fresh, threshold);
        for (let run = 0; run < 60; run++) {
          const seen = pairs(rows, rate, sharpness, random);
          own += lost(bestThreshold(seen.labels, seen.scores).threshold);
          const kept = rankingOf(seen.labels, seen.scores);
          naive += lost(kept.scores[bestCut(rankedCounts(kept)).cut]);
        }
      }
      expect(own / naive).toBeLessThan(share);
      expect(own / 180).toBeLessThan(rows === 100 ? 0.03 : 0.01);
    }
  });
});

function f1Of({ labels, scores }: { labels: Int32Array; scores: Float64Array }, threshold: number): number {
  let hits = 0;
  let said = 0;
  let positives = 0;
  labels.forEach((label, row) => {
    const match = scores[row] >= threshold ? 1 : 0;
    hits += match * label;
    said += match;
    positives += label;
  });
  return (2 * hits) / (said + positives);
}

/** Pairs whose log odds are normal, two apart for matches; a sharpness of 1 is calibrated, above it is overconfident. */
function pairs(rows: number, rate: number, sharpness: number, random: Random) {
  const labels = Int32Array.from({ length: rows }, () => (random() < rate ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const odds = 2 * (normal + 2 * label) - 2 + Math.log(rate / (1 - rate));
    return 1 / (1 + Math.exp(-sharpness * odds));
  });
  return { labels, scores };
}
