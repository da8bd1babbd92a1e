import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { runToEnd } from "../steps";
import { embedCnn, fitCnn, predictCnn } from "./cnn";
import type { PictureTensor } from "./pictures";

/** Pictures with a bar, level or upright, somewhere: 16 x 16. */
function bars(rows: number, seed: number): { pictures: PictureTensor; labels: Int32Array } {
  const random = createRandom(seed);
  const size = 16;
  const pixels = new Uint8Array(rows * size * size * 4);
  const labels = Int32Array.from({ length: rows }, () => (random() < 0.5 ? 0 : 1));
  labels.forEach((label, row) => {
    const [across, along] = [2 + Math.floor(random() * 12), 2 + Math.floor(random() * 4)];
    for (let i = along; i < along + 8; i++) {
      const [x, y] = label === 0 ? [i, across] : [across, i];
      pixels.fill(255, (row * size * size + y * size + x) * 4 + 3, (row * size * size + y * size + x) * 4 + 4);
    }
  });
  return { pictures: { rows, size, pixels, index: Int32Array.from(labels.keys()), columns: 1 }, labels };
}

const OPTIONS = { epochs: 12, channels: [8, 16], rate: 0.005, batch: 16, augment: true, seed: 1 };

describe("a network of pictures", () => {
  const train = bars(200, 1);
  const test = bars(60, 2);
  const model = runToEnd(fitCnn(train.pictures, train.labels, 2, OPTIONS));

  it("learns what no single pixel tells", () => {
    const probabilities = runToEnd(predictCnn(model, test.pictures));
    const right = test.labels.filter((label, row) => probabilities[row * 2 + label] > 0.5).length;
    expect(right / 60).toBeGreaterThan(0.9);
    expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 9);
  });

  it("is the same for a seed, and another for another", () => {
    const again = runToEnd(predictCnn(runToEnd(fitCnn(train.pictures, train.labels, 2, OPTIONS)), test.pictures));
    expect(again).toEqual(runToEnd(predictCnn(model, test.pictures)));
    const other = runToEnd(fitCnn(train.pictures, train.labels, 2, { ...OPTIONS, seed: 2 }));
    expect(runToEnd(predictCnn(other, test.pictures))).not.toEqual(again);
  });

  it("keeps the best pass on held-out rows", () => {
    const { training } = runToEnd(
      fitCnn(train.pictures, train.labels, 2, { ...OPTIONS, stop: { share: 0.2, patience: 3 } }),
    );
    expect(training.losses[training.best - 1]).toBeCloseTo(Math.min(...training.losses), 3);
  });

  it("tells a picture by numbers of one length", () => {
    const features = runToEnd(embedCnn(model, test.pictures));
    expect(features.length).toBe(60 * 16);
    expect(features.some((value) => value !== 0)).toBe(true);
  });

  it("refuses rows without a picture, and pictures of another size", () => {
    const none = { ...train.pictures, index: new Int32Array(200).fill(-1) };
    expect(() => runToEnd(fitCnn(none, train.labels, 2, OPTIONS))).toThrow("every picture is missing");
    const small = { ...test.pictures, size: 8, index: new Int32Array(60) };
    expect(() => runToEnd(predictCnn(model, small))).toThrow("trained on 16 x 16");
  });
});
