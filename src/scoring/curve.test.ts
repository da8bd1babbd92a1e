import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { classCurve, precisionRecallCurve } from ".";

function sample(rows: number, rate: number, seed: string) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: rows }, () => (random() < rate ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => Math.min(1, Math.max(0, 0.25 * label + 0.75 * random())));
  return { labels, scores, probabilities: Float64Array.from([...scores].flatMap((value) => [1 - value, value])) };
}

/** The furthest that a point of the exact curve is from the line through the drawn points. */
function furthest(exact: { recall: Float64Array; precision: Float64Array }, drawn: typeof exact): number {
  let most = 0;
  for (let i = 0; i < exact.recall.length; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k + 1 < drawn.recall.length; k++) {
      const dx = drawn.recall[k + 1] - drawn.recall[k];
      const dy = drawn.precision[k + 1] - drawn.precision[k];
      const x = exact.recall[i] - drawn.recall[k];
      const y = exact.precision[i] - drawn.precision[k];
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(x - along * dx, y - along * dy));
    }
    most = Math.max(most, nearest);
  }
  return most;
}

describe("a curve to draw", () => {
  it("of few rows has every corner of scikit-learn's curve, in steps", () => {
    const { labels, scores, probabilities } = sample(300, 0.2, "few");
    const exact = precisionRecallCurve(labels, scores);
    const drawn = classCurve({ labels, probabilities, classes: ["0", "1"] }, 1);
    expect(drawn.steps).toBe(true);
    expect(drawn.recall.length).toBeLessThanOrEqual(2 * labels.filter((label) => label === 1).length + 2);
    expect(drawn.thresholds).toHaveLength(drawn.recall.length - 1);
    expect(furthest(exact, drawn)).toBeLessThan(1e-12);
    // The area under the steps is the average precision.
    let area = 0;
    for (let i = 0; i + 1 < drawn.recall.length; i++)
      area += drawn.precision[i] * (drawn.recall[i] - drawn.recall[i + 1]);
    expect(area).toBeCloseTo(drawn.averagePrecision, 12);
  });

  it("of many rows has few points, none of the exact curve further than a thousandth from its line", () => {
    const { labels, scores, probabilities } = sample(20_000, 0.3, "many");
    const exact = precisionRecallCurve(labels, scores);
    const drawn = classCurve({ labels, probabilities, classes: ["0", "1"] }, 1);
    expect(exact.recall.length).toBeGreaterThan(15_000);
    expect(drawn.steps).toBe(false);
    expect(drawn.recall.length).toBeLessThan(600);
    expect(furthest(exact, drawn)).toBeLessThanOrEqual(0.001 + 1e-9);
    expect([drawn.recall[0], drawn.recall.at(-1), drawn.precision.at(-1)]).toEqual([1, 0, 1]);
  });

  it("of one class against the rest counts that class alone", () => {
    const labels = Int32Array.from([0, 1, 2, 2]);
    const probabilities = Float64Array.from([0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.2, 0.2, 0.6, 0.1, 0.7, 0.2]);
    const drawn = classCurve({ labels, probabilities, classes: ["a", "b", "c"] }, 2);
    // By falling score of c: a hit at 0.6, a miss at 0.3, a hit at 0.2, a miss at 0.1.
    expect([...drawn.thresholds]).toEqual([0.1, 0.2, 0.3, 0.6]);
    expect([...drawn.recall]).toEqual([1, 1, 0.5, 0.5, 0]);
    expect(drawn.precision[1]).toBeCloseTo(2 / 3, 12);
    expect(drawn.averagePrecision).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 12);
    expect(drawn.share).toBe(0.5);
  });

  it("of a class without a row is scikit-learn's: recall 1 at precision 0", () => {
    const { probabilities } = sample(4, 0.5, "none");
    const drawn = classCurve({ labels: new Int32Array(4), probabilities, classes: ["0", "1"] }, 1);
    expect([...new Set(drawn.recall)]).toEqual([1, 0]);
    expect(drawn).toMatchObject({ averagePrecision: 0, share: 0 });
  });

  it("of scores that are all the same is one step", () => {
    const labels = Int32Array.from([0, 1, 0, 1]);
    const drawn = classCurve({ labels, probabilities: new Float64Array(8).fill(0.5), classes: ["0", "1"] }, 1);
    expect([...drawn.recall]).toEqual([1, 0]);
    expect([...drawn.precision]).toEqual([0.5, 1]);
    expect([...drawn.thresholds]).toEqual([0.5]);
  });
});
