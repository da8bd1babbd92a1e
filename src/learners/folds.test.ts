import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { foldsOf, sidesOf } from "./folds";

const random = createRandom(5);
const labels = Int32Array.from({ length: 1003 }, () => (random() < 0.1 ? 2 : random() < 0.5 ? 1 : 0));
const count = (folds: Int32Array, fold: number, label?: number) =>
  folds.filter((own, row) => own === fold && (label === undefined || labels[row] === label)).length;

describe("folds", () => {
  it("are of one size, and hold every class in its share, to a row", () => {
    const folds = foldsOf(labels, 3, 5, 1);
    for (let fold = 0; fold < 5; fold++) {
      expect(Math.abs(count(folds, fold) - 1003 / 5)).toBeLessThan(1);
      for (const label of [0, 1, 2]) {
        const all = labels.filter((own) => own === label).length;
        expect(Math.abs(count(folds, fold, label) - all / 5)).toBeLessThanOrEqual(1);
      }
    }
  });

  it("are the same for a seed, and others for another", () => {
    expect(foldsOf(labels, 3, 5, 1)).toEqual(foldsOf(labels, 3, 5, 1));
    expect(foldsOf(labels, 3, 5, 2)).not.toEqual(foldsOf(labels, 3, 5, 1));
  });

  it("keep a group together, and matches in their share", () => {
    const groups = labels.map((_, row) => Math.floor(row / 7));
    const matches = labels.map((_, row) => (row % 7 === 0 ? 1 : 0));
    const folds = foldsOf(matches, 2, 4, 1, groups);
    groups.forEach((group, row) => {
      expect(folds[row]).toBe(folds[group * 7]);
    });
    for (let fold = 0; fold < 4; fold++) {
      const own = matches.filter((match, row) => match === 1 && folds[row] === fold).length;
      expect(Math.abs(own - 144 / 4)).toBeLessThanOrEqual(1);
    }
  });

  it("split the rows into those to fit on and those held out", () => {
    const folds = foldsOf(labels, 3, 5, 1);
    const { fit, held } = sidesOf(folds, 3);
    expect(fit.length + held.length).toBe(labels.length);
    expect([...held].every((row) => folds[row] === 3)).toBe(true);
    expect([...fit].some((row) => folds[row] === 3)).toBe(false);
  });
});
