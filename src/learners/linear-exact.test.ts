import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { allRows, fitLinear, predictLinear } from "./linear";
import { fitLinearExactly, isSmall } from "./linear-exact";
import type { Matrix } from "./matrix";
import { runToEnd } from "./steps";

const ROWS = 300;
const CLASSES = 3;

/** Two numbers that hang together closely, one category of two, and labels by the small difference of the numbers. */
function table(): { matrix: Matrix; labels: Int32Array } {
  const random = createRandom("exact");
  const dense = new Float32Array(ROWS * 2);
  const labels = new Int32Array(ROWS);
  const ids = new Int32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const common = random() * 4 - 2;
    const apart = (random() - 0.5) * 0.1;
    dense[row * 2] = common + apart;
    dense[row * 2 + 1] = common - apart;
    ids[row] = random() < 0.5 ? 0 : 1;
    labels[row] = random() < 0.1 ? Math.floor(random() * 3) : apart > 0.015 ? 2 : apart < -0.015 ? 1 : 0;
  }
  const offsets = Uint32Array.from({ length: ROWS + 1 }, (_, row) => row);
  const weights = new Float32Array(ROWS).fill(1);
  return { matrix: { rows: ROWS, sparseWidth: 2, ids, weights, offsets, denseWidth: 2, dense }, labels };
}

const ones = { sparse: new Float32Array(2).fill(1), dense: new Float32Array(2).fill(1) };
const rows = allRows(ROWS);
const { matrix, labels } = table();
const optimum = (scales = ones, l2 = 1e-3) =>
  runToEnd(fitLinearExactly(matrix, scales, labels, CLASSES, { l2, passes: 100 }, rows));
const lossOf = (model: Parameters<typeof predictLinear>[0]): number => {
  const probabilities = runToEnd(predictLinear(model, matrix));
  return labels.reduce((sum, label, row) => sum - Math.log(probabilities[row * CLASSES + label]), 0) / ROWS;
};

describe("a linear model at its optimum", () => {
  it("has no slope left in any weight", () => {
    const model = optimum();
    const probabilities = runToEnd(predictLinear(model, matrix));
    for (let k = 0; k < CLASSES; k++) {
      for (let i = 0; i < 2; i++) {
        let slope = 1e-3 * model.dense[i * CLASSES + k];
        for (let row = 0; row < ROWS; row++) {
          const error = probabilities[row * CLASSES + k] - Number(labels[row] === k);
          slope += (error * matrix.dense[row * 2 + i]) / ROWS;
        }
        expect(Math.abs(slope)).toBeLessThan(1e-3);
      }
    }
  });

  it("tells classes apart by the difference of two numbers that hang together, where descent does not come to it", () => {
    const descent = fitLinear(matrix, labels, CLASSES, { epochs: 20, rate: 4, l2: 1e-4, seed: 1 });
    expect(lossOf(optimum(ones, 1e-4))).toBeLessThan(lossOf(runToEnd(descent)) - 0.05);
  });

  it("penalises a feature less that counts for more, and its weights are of the encoded values", () => {
    const model = optimum({ ...ones, dense: new Float32Array(2).fill(3) });
    expect(lossOf(model)).toBeLessThan(lossOf(optimum()));
  });

  it("is the same to the last bit when fitted again", () => {
    expect(optimum()).toEqual(optimum());
  });

  it("is for tables: words of many weights are left to descent", () => {
    expect(isSmall(matrix, CLASSES)).toBe(true);
    expect(isSmall({ ...matrix, sparseWidth: 80_000 }, CLASSES)).toBe(false);
    const of = (rows: number, features: number, valuesARow: number) =>
      isSmall({ ...matrix, rows, sparseWidth: features, denseWidth: 0, ids: new Int32Array(rows * valuesARow) }, 2);
    expect(of(200, 1_000, 60)).toBe(true); // 60 numbers of 16 bins: few rows, and few weights
    expect(of(20_000, 10_000, 60)).toBe(true); // many categories, each of them seen often enough
    expect(of(1_900, 62_000, 800)).toBe(false); // the words of a small table
  });
});
