import { describe, expect, it } from "vitest";
import { agreement, decidedAt } from "./agreement";
import { scoreMatching } from "./score";

describe("agreement", () => {
  it("has the kappa of Cohen's table of 50 grants: 20 both yes, 15 both no, 5 and 10 apart", () => {
    const judge = (...counts: [number, number][]) => counts.flatMap(([label, count]) => new Array(count).fill(label));
    const first = judge([1, 20], [1, 5], [0, 10], [0, 15]);
    const second = judge([1, 20], [0, 5], [1, 10], [0, 15]);
    const { rows, raw, kappa } = agreement(first, second);
    expect([rows, raw]).toEqual([50, 0.7]);
    expect(kappa).toBeCloseTo(0.4, 12);
  });

  it("is perfect where judges never differ, none beyond chance where one always says the same", () => {
    expect(agreement([0, 1, 1], [0, 1, 1])).toEqual({ rows: 3, raw: 1, kappa: 1 });
    expect(agreement([0, 1, 0, 1], [1, 1, 1, 1]).kappa).toBe(0);
    expect(agreement([1, 1], [1, 1]).kappa).toBeNaN();
  });
});

describe("decisions at a threshold", () => {
  it("are those that a score counts", () => {
    const labels = Int32Array.of(1, 0, 1, 0, 1, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.6, 0.3, 0.2, 0.1);
    for (const threshold of [0, 0.2, 0.5, 0.61, 0.95]) {
      const { metrics, confusion } = scoreMatching({ labels, scores, threshold });
      const { found, wrong, missed, left, ...shares } = decidedAt(labels, scores, threshold);
      expect([
        [left, wrong],
        [missed, found],
      ]).toEqual(confusion);
      expect(shares).toEqual({ precision: metrics.precision, recall: metrics.recall, f1: metrics.f1 });
    }
  });
});
