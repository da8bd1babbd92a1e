import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { blend, type Contestant, greedyWeights } from "./blend";
import { runToEnd } from "./steps";

const random = createRandom(8);
const labels = Int32Array.from({ length: 400 }, () => (random() < 0.5 ? 0 : 1));

/** Knows the label where `knows` says so, and guesses elsewhere. */
function member(name: string, knows: (row: number) => boolean, certainty = 0.9): Contestant {
  const outOfFold = new Float32Array(labels.length * 2);
  labels.forEach((label, row) => {
    const own = knows(row) ? certainty : 0.5;
    outOfFold[row * 2 + label] = own;
    outOfFold[row * 2 + 1 - label] = 1 - own;
  });
  const told = { title: name, fitMs: 1, predictMs: 1, features: 1, notes: [] };
  return { name, outOfFold, probabilities: { validation: outOfFold.slice(0, 20) }, ...told };
}

const run = (members: Contestant[]) =>
  runToEnd(blend({ labels, classes: ["a", "b"], metric: "accuracy", pairs: false, members }));

describe("a blend", () => {
  it("takes both of two members that know different rows, and leaves out one that is always wrong", () => {
    const { standings, outOfFold } = run([
      member("even", (row) => row % 2 === 0),
      member("odd", (row) => row % 2 === 1),
      member("wrong", () => true, 0.05),
    ]);
    const weight = Object.fromEntries(standings.map(({ name, weight }) => [name, weight]));
    expect(weight.wrong).toBe(0);
    expect(weight.even).toBeCloseTo(0.5, 1);
    expect(weight.even + weight.odd).toBeCloseTo(1, 12);
    const right = labels.filter((label, row) => outOfFold[row * 2 + label] > 0.5).length;
    expect(right).toBe(labels.length);
  });

  it("is never worse out of fold than its best member, by the log loss that chose it", () => {
    const members = [
      member("few", (row) => row % 5 === 0),
      member("many", (row) => row % 5 !== 0),
      member("none", () => false),
    ];
    const own = members.map(({ outOfFold }) => Float32Array.from(labels, (label, row) => outOfFold[row * 2 + label]));
    const loss = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum - Math.log(value), 0);
    const weights = runToEnd(greedyWeights(own));
    const mixture = Array.from(labels, (_, row) => own.reduce((sum, values, m) => sum + weights[m] * values[row], 0));
    expect(loss(mixture)).toBeLessThanOrEqual(Math.min(...own.map(loss)) + 1e-6);
  });

  it("sorts its members by the metric, and sums every row to one", () => {
    const { standings, probabilities } = run([member("none", () => false), member("all", () => true)]);
    expect(standings.map(({ name }) => name)).toEqual(["all", "none"]);
    expect(standings[0].score).toEqual({ metric: "accuracy", value: 1 });
    for (let row = 0; row < 10; row++)
      expect(probabilities.validation[row * 2] + probabilities.validation[row * 2 + 1]).toBeCloseTo(1, 12);
  });
});
