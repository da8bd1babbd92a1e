import { describe, expect, it } from "vitest";
import { classCurve } from "../../scoring";
import {
  confusionWords,
  curveWords,
  mostWrong,
  reliabilityWords,
  thresholdNote,
  thresholdWords,
  weakestClass,
} from "./scoreWords";

describe("a threshold in words", () => {
  it.each([
    [{ value: 0.37, from: "out-of-fold", folds: 5 }, "0.370, chosen for the best F1 on 5 training folds", "5 folds"],
    [{ value: 0.37, from: "out-of-fold" }, "0.370, chosen for the best F1 on training folds", "from folds"],
    [{ value: 0.5, from: "default" }, "0.500, the default: none was chosen on training folds", "default"],
    [{ value: 0.25, from: "cell" }, "0.250, set in this cell", "set here"],
    [
      { value: 0.25, from: "cell", own: { value: 0.37, from: "out-of-fold" } },
      "0.250, set in this cell; the model's own is 0.370",
      "set here",
    ],
  ] as const)("%j", (threshold, words, note) => {
    expect(thresholdWords(threshold, "validation")).toBe(words);
    expect(thresholdNote(threshold)).toBe(note);
  });

  it("says where the rows that are scored are those it was chosen on", () => {
    expect(thresholdWords({ value: 0.37, from: "out-of-fold", folds: 3 }, "train")).toContain("the rows scored here");
  });
});

describe("drawings in words", () => {
  it("a curve: its area, guessing, and the precision at two recalls", () => {
    const labels = Int32Array.of(1, 0, 1, 0, 0, 0, 0, 0);
    const scores = [0.9, 0.8, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1];
    const probabilities = Float64Array.from(scores.flatMap((value) => [1 - value, value]));
    const curve = classCurve({ labels, probabilities, classes: ["0", "1"] }, 1);
    expect(curveWords(curve)).toBe(
      "Average precision 0.833; guessing has 0.250. Precision is 1.00 at a recall of 0.5 and 0.67 at a recall of 0.9.",
    );
    expect(curveWords({ ...curve, share: 0 })).toContain("No scored row");
  });

  it("reliability: how sure, how right, and by how much too much or too little", () => {
    const bin = { low: 0.8, high: 0.9, rows: 100, confidence: 0.85, accuracy: 0.8 };
    const error = { value: 0.05, low: 0.01, high: 0.09 };
    expect(reliabilityWords([bin], error)).toBe(
      "On average it is 0.85 sure and right in 0.80: overconfident by 5.0 points. Expected calibration error 0.050, 95 % interval 0.010 to 0.090.",
    );
    expect(reliabilityWords([{ ...bin, accuracy: 0.9 }], undefined)).toContain("underconfident by 5.0 points.");
    expect(reliabilityWords([{ ...bin, accuracy: 0.85 }], undefined)).toContain("as sure as it is right");
  });

  it("confusion: the pair that costs most rows, or none", () => {
    expect(
      confusionWords(
        [
          [5, 1],
          [3, 9],
        ],
        ["a", "b"],
      ),
    ).toBe("Most often confused: b predicted as a, 3 times.");
    expect(confusionWords([[5]], ["a"])).toBe("No row is predicted wrong.");
  });
});

describe("what is shown first", () => {
  it("the weakest class that has rows", () => {
    const row = (support: number, f1: number) => ({ class: "x", precision: f1, recall: f1, f1, support });
    expect(weakestClass([row(0, 0), row(5, 0.8), row(5, 0.4), row(0, 0)])).toBe(2);
  });

  it("of many classes those with the most errors, in their own order", () => {
    const confusion = [
      [9, 0, 0, 0],
      [0, 5, 0, 4],
      [1, 0, 8, 0],
      [0, 0, 0, 9],
    ];
    expect(mostWrong(confusion, 2)).toEqual([1, 3]);
    expect(mostWrong(confusion, 9)).toEqual([0, 1, 2, 3]);
  });
});
