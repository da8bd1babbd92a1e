import { describe, expect, it } from "vitest";
import { createRandom, Fault } from "../base";
import { compare, type ScoreInput, score, scoreClassification, scoreMatching, scoreRuns } from ".";
import { intervalOf, resampleRuns, resamplesOf } from "./bootstrap";
import type { Judged } from "./measure";
import type { Metric } from "./metrics";

const names = (classes: number) => Array.from({ length: classes }, (_, k) => `class ${k}`);

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

function intervals(judged: Judged, metrics: Metric[], seed: number) {
  const steps = resampleRuns([judged], metrics, seed);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const resampled = step.value;
  return metrics.map((metric) => intervalOf(resampled, 0, metric));
}

/** Two classes; the prediction is right as often as its probability, which `confidence` draws, says. */
function rows(count: number, confidence: (random: () => number) => number): ScoreInput {
  const random = createRandom("calibrated");
  const labels = new Int32Array(count);
  const probabilities = new Float64Array(count * 2);
  for (let row = 0; row < count; row++) {
    const sure = confidence(random);
    labels[row] = random() < sure ? 0 : 1;
    probabilities.set([sure, 1 - sure], row * 2);
  }
  return { track: "classification", metric: "accuracy", labels, probabilities, classes: names(2), seed: 1 };
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
      const [primary] = intervals({ labels, probabilities, classes: ["a", "b"] }, ["accuracy"], run);
      const { low, high } = primary;
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(182);
    expect(covered).toBeLessThanOrEqual(199);
  });

  it("is the same for a metric of counts and of rows: both see the same resamples", () => {
    const input = simulated(600, 0.6, 2);
    // With probabilities of 0 and 1 the Brier score is the share of wrong rows.
    const hard = Float64Array.from(input.probabilities, (value) => (value > 0.5 ? 1 : 0));
    const [accuracy, brier] = intervals({ ...input, probabilities: hard }, ["accuracy", "brier"], 3);
    expect(1 - brier.value).toBeCloseTo(accuracy.value, 12);
    expect(1 - brier.high).toBeCloseTo(accuracy.low, 12);
    expect(1 - brier.low).toBeCloseTo(accuracy.high, 12);
  });

  it("of many rows is made of fewer resamples, and as narrow as many rows make it", () => {
    expect([100, 10_000, 20_000, 1_000_000].map(resamplesOf)).toEqual([1000, 1000, 500, 200]);
    const small = score({ ...simulated(5000, 0.7), metric: "log_loss" }).primary;
    const large = score({ ...simulated(80_000, 0.7), metric: "log_loss" }).primary;
    expect(Math.abs((small.high - small.low) / (large.high - large.low) / 4 - 1)).toBeLessThan(0.2);
    expect(large.low).toBeLessThan(large.value);
    expect(large.high).toBeGreaterThan(large.value);
  });

  it("stands beside every metric that is defined", () => {
    const scored = score(simulated(500, 0.7));
    expect(Object.keys(scored.intervals)).toEqual(Object.keys(scored.metrics));
    expect(Object.keys(scored.metrics)[0]).toBe("accuracy");
    for (const [metric, { value, low, high }] of Object.entries(scored.intervals)) {
      expect(value, metric).toBe(scored.metrics[metric]);
      expect(low, metric).toBeLessThanOrEqual(value);
      expect(high, metric).toBeGreaterThanOrEqual(value);
    }
  });

  it("of a calibration error reaches to nothing for a calibrated model, and stays away from it for an overconfident one", () => {
    const calibrated = rows(400, (random) => 0.5 + random() / 2);
    const { expected_calibration_error: none } = score(calibrated).intervals;
    expect(none.value).toBeGreaterThan(0.01); // noise alone
    expect(none.low).toBe(0);
    const boasting = { ...calibrated, probabilities: calibrated.probabilities.map((p) => (p > 0.5 ? 0.99 : 0.01)) };
    const { expected_calibration_error: much } = score(boasting).intervals;
    expect(much.low).toBeGreaterThan(0.15);
    expect(much.high).toBeLessThan(0.35);
  });

  it("is a point where every resample is the same", () => {
    const one = { ...simulated(1, 0.5), labels: Int32Array.of(0), probabilities: Float64Array.of(0.7, 0.1, 0.1, 0.1) };
    expect(score(one).primary).toEqual({ metric: "accuracy", value: 1, low: 1, high: 1 });
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

  it("calls two models of one skill different about 5 times in 100", () => {
    let called = 0;
    for (let run = 0; run < 200; run++) {
      const random = createRandom(`pair ${run}`);
      const labels = Int32Array.from({ length: 120 }, () => (random() < 0.5 ? 1 : 0));
      const guesses = () => {
        const probabilities = new Float64Array(240);
        labels.forEach((label, row) => {
          probabilities[row * 2 + (random() < 0.75 ? label : 1 - label)] = 1;
        });
        return {
          track: "classification",
          metric: "accuracy",
          labels,
          probabilities,
          classes: names(2),
          seed: 1,
        } as const;
      };
      if (compare(guesses(), guesses(), run).verdict !== "no difference seen") called++;
    }
    expect(called).toBeGreaterThanOrEqual(2);
    expect(called).toBeLessThanOrEqual(19);
  });

  it("of several runs sets the first against each other one, as the comparison of the two alone does", () => {
    const { labels, track, metric, classes, seed } = better;
    const runs = [better, worse, better].map(({ probabilities }) => ({ probabilities }));
    const steps = scoreRuns({ labels, track, metric, classes, seed, runs });
    const seen: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) seen.push(step.value.done);
    expect(step.value.comparisons).toEqual([compare(better, worse, seed), compare(better, better, seed)]);
    expect(step.value.scored).toEqual([score(better), score(worse), score(better)]);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((done, i) => done > 0 && done <= 1 && (i === 0 || done > seen[i - 1]))).toBe(true);
  });

  it("sees a difference of few rows among many: no row is left out of the resamples", () => {
    const first = simulated(60_000, 0.9);
    const second = { ...first, probabilities: first.probabilities.slice() };
    for (let row = 0, spoilt = 0; row < 60_000 && spoilt < 12; row++) {
      const at = row * 4 + first.labels[row];
      if (first.probabilities[at] < 0.5) continue;
      second.probabilities.fill(0.3, row * 4, row * 4 + 4);
      second.probabilities[at] = 0.1;
      spoilt++;
    }
    const { verdict, difference } = compare(first, second, 1);
    expect(verdict).toBe("better");
    expect(difference.value * 60_000).toBeCloseTo(12, 6);
    expect(difference.low * 60_000).toBeGreaterThan(3);
    expect(difference.high * 60_000).toBeLessThan(22);
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
