import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { fitLinear, type LinearModel, predictLinear } from "./linear";
import { type Matrix, MatrixBuilder } from "./matrix";
import { softmax } from "./portable";
import { runToEnd } from "./steps";

/** Rows drawn from a known multinomial model over two sparse and two dense features. */
function sample(rows: number, seed: number): { matrix: Matrix; labels: Int32Array } {
  const random = createRandom(seed);
  const builder = new MatrixBuilder(rows, 2, 2);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    builder.startColumn(0, 0);
    const id = random() < 0.5 ? 0 : 1;
    const x = [random() * 2 - 1, random() * 2 - 1];
    builder.sparse(id, 1);
    builder.dense(0, x[0]);
    builder.dense(1, x[1]);
    builder.endRow();
    const logits = Float64Array.from([3 * x[0], 3 * x[1], id === 0 ? 1 : -1]);
    softmax(logits);
    const drawn = random();
    labels[row] = drawn < logits[0] ? 0 : drawn < logits[0] + logits[1] ? 1 : 2;
  }
  return { matrix: builder.build(), labels };
}

const OPTIONS = { epochs: 20, rate: 4, l2: 0.001, seed: 1 };

/** The gradient of mean loss + l2/2 · |weights|² at the model; zero at the optimum. */
function largestGradient(model: LinearModel, matrix: Matrix, labels: Int32Array, l2: number): number {
  const probabilities = runToEnd(predictLinear(model, matrix));
  const sparse = Float64Array.from(model.sparse, (weight) => l2 * weight);
  const dense = Float64Array.from(model.dense, (weight) => l2 * weight);
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = 0; k < 3; k++) {
      const error = (probabilities[row * 3 + k] - (labels[row] === k ? 1 : 0)) / matrix.rows;
      for (let i = matrix.offsets[row]; i < matrix.offsets[row + 1]; i++) {
        sparse[matrix.ids[i] * 3 + k] += error * matrix.weights[i];
      }
      for (let i = 0; i < 2; i++) dense[i * 3 + k] += error * matrix.dense[row * 2 + i];
    }
  }
  return Math.max(...sparse.map(Math.abs), ...dense.map(Math.abs));
}

describe("linear", () => {
  const { matrix, labels } = sample(3000, 1);
  const model = runToEnd(fitLinear(matrix, labels, 3, OPTIONS));

  it("comes to the optimum of the penalised loss: the gradient vanishes there", () => {
    expect(largestGradient(model, matrix, labels, OPTIONS.l2)).toBeLessThan(0.01);
    const early = runToEnd(fitLinear(matrix, labels, 3, { ...OPTIONS, epochs: 1, rate: 0.01 }));
    expect(largestGradient(early, matrix, labels, OPTIONS.l2)).toBeGreaterThan(0.05);
  });

  it("finds the slopes that the data were drawn with", () => {
    const slope = (feature: number, a: number, b: number) =>
      model.dense[feature * 3 + a] - model.dense[feature * 3 + b];
    expect(Math.abs(slope(0, 0, 2) - 3)).toBeLessThan(0.5);
    expect(Math.abs(slope(1, 1, 2) - 3)).toBeLessThan(0.5);
    expect(Math.abs(slope(0, 1, 2))).toBeLessThan(0.5);
  });

  it("shrinks with the penalty", () => {
    const strong = runToEnd(fitLinear(matrix, labels, 3, { ...OPTIONS, l2: 1 }));
    const size = (weights: Float32Array) => Math.hypot(...weights);
    expect(size(strong.dense)).toBeLessThan(size(model.dense) / 4);
    expect(largestGradient(strong, matrix, labels, 1)).toBeLessThan(0.03);
  });

  it("is the same for the same seed, to the last bit, and another for another", () => {
    expect(runToEnd(fitLinear(matrix, labels, 3, OPTIONS))).toEqual(model);
    expect(runToEnd(fitLinear(matrix, labels, 3, { ...OPTIONS, seed: 2 })).dense).not.toEqual(model.dense);
  });

  it("predicts rows that sum to one and stays finite far out", () => {
    const probabilities = runToEnd(predictLinear(model, matrix));
    for (let row = 0; row < 100; row++) {
      expect(probabilities[row * 3] + probabilities[row * 3 + 1] + probabilities[row * 3 + 2]).toBeCloseTo(1, 12);
    }
    const extreme = Float64Array.from([1e4, -1e4, 0]);
    softmax(extreme);
    expect(Array.from(extreme)).toEqual([1, 0, 0]);
  });
});
