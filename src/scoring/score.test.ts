import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom, Fault } from "../base";
import {
  bestThreshold,
  compare,
  interval,
  precisionRecallCurve,
  type ScoreInput,
  score,
  scoreClassification,
  scoreMatching,
} from ".";

interface ClassificationCase {
  name: string;
  classes: number;
  labels: number[];
  probabilities: number[][];
  expected: Record<string, number | null> & {
    confusion: number[][];
    per_class: Record<"precision" | "recall" | "f1" | "support", number[]>;
  };
}

interface MatchingCase {
  name: string;
  labels: number[];
  scores: number[];
  expected: {
    "at_0.5": Record<"precision" | "recall" | "f1" | "mcc", number>;
    best_f1: { f1: number; threshold: number };
    precision_recall_curve: Record<"precision" | "recall" | "thresholds", number[]>;
  } & Record<"average_precision" | "roc_auc" | "log_loss" | "brier", number>;
}

const read = <T>(file: string): T[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", file), "utf8")).cases;
const names = (classes: number) => Array.from({ length: classes }, (_, k) => `class ${k}`);

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThan(1e-9);
};

describe("scoreClassification agrees with scikit-learn", () => {
  it.each(read<ClassificationCase>("classification-metrics.json"))(
    "$name",
    ({ classes, labels, probabilities, expected }) => {
      const scored = scoreClassification({
        labels: Int32Array.from(labels),
        probabilities: Float64Array.from(probabilities.flat()),
        classes: names(classes),
      });
      for (const metric of ["accuracy", "balanced_accuracy", "macro_f1", "log_loss", "mcc"]) {
        expect(scored.metrics[metric], metric).toBeCloseTo(expected[metric] as number, 9);
      }
      expect(scored.metrics.expected_calibration_error).toBeCloseTo(expected.ece_15_bins as number, 9);
      // scikit-learn has no top-3 accuracy for two classes; every row is a hit then.
      expect(scored.metrics.top3_accuracy).toBeCloseTo(expected.top3_accuracy ?? 1, 9);
      expect(scored.confusion).toEqual(expected.confusion);
      for (const column of ["precision", "recall", "f1", "support"] as const) {
        close(
          scored.perClass.map((row) => row[column]),
          expected.per_class[column],
        );
      }
    },
  );
});

describe("scoreMatching agrees with scikit-learn", () => {
  it.each(read<MatchingCase>("matching-metrics.json"))(
    "$name",
    ({ labels: labelList, scores: scoreList, expected }) => {
      const labels = Int32Array.from(labelList);
      const scores = Float64Array.from(scoreList);
      const { metrics } = scoreMatching({ labels, scores, threshold: 0.5 });
      for (const metric of ["precision", "recall", "f1", "mcc"] as const) {
        expect(metrics[metric], metric).toBeCloseTo(expected["at_0.5"][metric], 9);
      }
      for (const metric of ["average_precision", "roc_auc", "log_loss", "brier"] as const) {
        expect(metrics[metric], metric).toBeCloseTo(expected[metric], 9);
      }
      const best = bestThreshold(labels, scores);
      expect(best.f1).toBeCloseTo(expected.best_f1.f1, 9);
      expect(best.threshold).toBe(expected.best_f1.threshold);
      const curve = precisionRecallCurve(labels, scores);
      for (const part of ["precision", "recall", "thresholds"] as const)
        close(curve[part], expected.precision_recall_curve[part]);
    },
  );
});

/** Rows whose prediction is right with probability `skill`; equal seeds share the labels. */
function simulated(rows: number, skill: number, classes = 4): ScoreInput {
  const labelling = createRandom("labels");
  const guessing = createRandom(`skill ${skill}`);
  const labels = Int32Array.from({ length: rows }, () => Math.floor(labelling() * classes));
  const probabilities = new Float64Array(rows * classes).fill(0.3 / (classes - 1));
  labels.forEach((label, row) => {
    const guess = guessing() < skill ? label : (label + 1 + Math.floor(guessing() * (classes - 1))) % classes;
    probabilities[row * classes + guess] = 0.7;
  });
  return { track: "classification", metric: "accuracy", labels, probabilities, classes: names(classes), seed: 1 };
}

describe("the interval", () => {
  it("of an accuracy is as wide as the binomial law says, and depends on the seed alone", () => {
    const { primary } = score(simulated(1000, 0.8));
    const deviation = Math.sqrt((primary.value * (1 - primary.value)) / 1000);
    expect(primary.low).toBeLessThan(primary.value);
    expect(Math.abs((primary.high - primary.low) / (2 * 1.96 * deviation) - 1)).toBeLessThan(0.1);
    expect(score(simulated(1000, 0.8)).primary).toEqual(primary);
    expect(score({ ...simulated(1000, 0.8), seed: 2 }).primary).not.toEqual(primary);
  });

  it.each(["balanced_accuracy", "macro_f1", "log_loss", "top3_accuracy", "mcc", "expected_calibration_error"] as const)(
    "of %s holds the value that the metric has",
    (metric) => {
      const scored = score({ ...simulated(800, 0.7), metric });
      expect(scored.primary.value).toBeCloseTo(scored.metrics[metric], 12);
      expect(scored.primary.low).toBeLessThan(scored.primary.high);
    },
  );

  it("covers the truth about 95 times in 100", () => {
    const random = createRandom("coverage");
    const truth = 0.75;
    let covered = 0;
    for (let run = 0; run < 200; run++) {
      const labels = Int32Array.from({ length: 300 }, () => (random() < 0.5 ? 1 : 0));
      const probabilities = new Float64Array(600);
      labels.forEach((label, row) => {
        const guess = random() < truth ? label : 1 - label;
        probabilities[row * 2 + guess] = 1;
      });
      const { low, high } = interval({ labels, probabilities, classes: ["a", "b"] }, "accuracy", run);
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(182);
    expect(covered).toBeLessThanOrEqual(199);
  });

  it("is resampled by counts and by rows alike: accuracy is the mean of hits", () => {
    const input = { ...simulated(600, 0.6, 2) };
    const byCounts = interval(input, "accuracy", 3);
    // With probabilities of 0 and 1 the Brier score is the share of wrong rows, and it is resampled by rows.
    const hard = Float64Array.from(input.probabilities, (value) => (value > 0.5 ? 1 : 0));
    const byRows = interval({ ...input, probabilities: hard }, "brier", 4);
    expect(1 - byRows.value).toBeCloseTo(byCounts.value, 12);
    expect(Math.abs(byRows.high - byRows.low - (byCounts.high - byCounts.low))).toBeLessThan(0.01);
  });

  it("of many rows is made of a subset and as narrow as many rows make it", () => {
    const small = interval(simulated(50_000, 0.7), "log_loss", 1);
    const large = interval(simulated(150_000, 0.7), "log_loss", 1);
    expect(Math.abs((small.high - small.low) / (large.high - large.low) - Math.sqrt(3))).toBeLessThan(0.15);
    expect(large.low).toBeLessThan(large.value);
    expect(large.high).toBeGreaterThan(large.value);
  });
});

describe("the comparison of two runs", () => {
  const better = simulated(1500, 0.8);
  const worse = simulated(1500, 0.7);

  it("sees a real difference, in both directions, and for a metric where less is better", () => {
    expect(compare(better, worse, 1)).toMatchObject({ verdict: "better", metric: "accuracy", rows: 1500 });
    expect(compare(worse, better, 1).verdict).toBe("worse");
    expect(compare({ ...better, metric: "log_loss" }, worse, 1)).toMatchObject({ verdict: "better" });
    expect(compare({ ...worse, metric: "log_loss" }, better, 1)).toMatchObject({ verdict: "worse" });
    expect(compare({ ...better, metric: "macro_f1" }, worse, 1).difference.value).toBeGreaterThan(0.05);
  });

  it("says that it sees none between a run and itself, and between runs that differ by a row", () => {
    expect(compare(better, better, 1)).toMatchObject({ verdict: "no difference seen", difference: { value: 0 } });
    const touched = { ...better, probabilities: better.probabilities.slice() };
    touched.probabilities.copyWithin(0, 4, 8);
    expect(compare(touched, better, 1).verdict).toBe("no difference seen");
  });

  it("pairs the rows: a small gain on the same rows is seen where two separate intervals overlap", () => {
    const gain = { ...worse, probabilities: worse.probabilities.slice() };
    let mended = 0;
    for (let row = 0; row < 1500 && mended < 20; row++) {
      const label = worse.labels[row];
      if (gain.probabilities[row * 4 + label] > 0.5) continue;
      gain.probabilities.fill(0.1, row * 4, row * 4 + 4);
      gain.probabilities[row * 4 + label] = 0.7;
      mended++;
    }
    expect(score(gain).primary.low).toBeLessThan(score(worse).primary.high);
    expect(compare(gain, worse, 1).verdict).toBe("better");
  });

  it("is refused for different rows", () => {
    expect(() => compare(better, simulated(1400, 0.7), 1)).toThrow("different rows");
  });
});

describe("matching scores", () => {
  const matching = (labels: number[], scores: number[], metric: ScoreInput["metric"] = "f1"): ScoreInput => ({
    track: "matching",
    metric,
    labels: Int32Array.from(labels),
    probabilities: Float64Array.from(scores.flatMap((value) => [1 - value, value])),
    classes: ["0", "1"],
    seed: 1,
  });

  it("obey the threshold, 0.5 unless given", () => {
    const input = matching([1, 1, 0, 0], [0.9, 0.4, 0.3, 0.2]);
    expect(score(input)).toMatchObject({ threshold: 0.5, metrics: { recall: 0.5, precision: 1 } });
    expect(score({ ...input, threshold: 0.35 })).toMatchObject({
      metrics: { f1: 1, roc_auc: 1, average_precision: 1 },
    });
  });

  it("leave out ROC AUC where there is one label, and say so if it is what was asked for", () => {
    const input = matching([1, 1], [0.9, 0.8]);
    expect(score(input).metrics).not.toHaveProperty("roc_auc");
    expect(() => score({ ...input, metric: "roc_auc" })).toThrow("only one of the two labels");
  });

  it("have an interval for ranking metrics too", () => {
    const random = createRandom(5);
    const labels = Array.from({ length: 400 }, () => (random() < 0.3 ? 1 : 0));
    const scores = labels.map((label) => Math.min(1, Math.max(0, 0.3 * label + 0.7 * random())));
    for (const metric of ["average_precision", "roc_auc"] as const) {
      const { primary } = score(matching(labels, scores, metric));
      expect(primary.low).toBeLessThan(primary.value);
      expect(primary.high).toBeGreaterThan(primary.value);
      expect(primary.high - primary.low).toBeLessThan(0.3);
    }
  });
});

describe("bad input is named", () => {
  const good = {
    labels: Int32Array.from([0, 1]),
    probabilities: Float64Array.from([0.5, 0.5, 0.1, 0.9]),
    classes: ["a", "b"],
  };
  it.each([
    ["no rows", { labels: new Int32Array(0), probabilities: new Float64Array(0) }, "there are no rows"],
    ["one class", { classes: ["a"] }, 'there is one class, "a"'],
    ["a label that is no class", { labels: Int32Array.from([0, 2]) }, "row 2 has the label 2"],
    ["NaN", { probabilities: Float64Array.from([0.5, 0.5, Number.NaN, 0.9]) }, 'row 2 gives "a" the probability NaN'],
    ["a negative probability", { probabilities: Float64Array.from([-0.5, 1.5, 0.1, 0.9]) }, "row 1 gives"],
    ["a sum that is not one", { probabilities: Float64Array.from([0.5, 0.5, 0.5, 0.9]) }, "row 2 sum to 1.400"],
    ["a wrong size", { probabilities: Float64Array.from([0.5, 0.5]) }, "need 4 probabilities"],
  ])("%s", (_, part, message) => {
    expect(() => scoreClassification({ ...good, ...part })).toThrow(message);
    expect(() => scoreClassification({ ...good, ...part })).toThrow(Fault);
  });

  it("a matching metric over three classes, a threshold that is no number", () => {
    const three = { ...simulated(10, 0.5, 3), metric: "f1" as const };
    expect(() => score(three)).toThrow("over 3 classes");
    expect(() => scoreMatching({ labels: good.labels, scores: new Float64Array(2), threshold: Number.NaN })).toThrow(
      "threshold",
    );
  });
});
