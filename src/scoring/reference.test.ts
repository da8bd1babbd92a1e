import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Fault } from "../base";
import { type MetricReport, precisionRecallCurve, scoreClassification, scoreMatching } from ".";
import { averagePrecision, rankedCounts, rankingOf } from "./ranking";
import { bestCut } from "./threshold";

type Curve = Record<"precision" | "recall" | "thresholds", number[]>;
type PerClass = Record<"precision" | "recall" | "f1" | "support", number[]>;

interface ClassificationCase {
  name: string;
  classes: number;
  labels: number[];
  probabilities: (number | null)[][];
  expected: (Record<string, number | null> & { confusion: number[][]; per_class: PerClass }) | null;
}

interface MatchingCase {
  name: string;
  labels: number[];
  scores: (number | null)[];
  threshold: number;
  expected: (Record<string, number | null> & { precision_recall_curve: Curve }) | null;
}

interface SharedMatchingCase extends MatchingCase {
  expected: NonNullable<MatchingCase["expected"]> & {
    "at_0.5": Record<"precision" | "recall" | "f1" | "mcc", number>;
    best_f1: { f1: number; threshold: number; rule: string };
  };
}

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", file), "utf8"));
const degenerate: { classification: ClassificationCase[]; matching: MatchingCase[] } = read("degenerate-metrics.json");
const numbers = (values: (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);

const near = (actual: number | undefined, expected: number, what: string) => {
  expect(actual, what).toBeTypeOf("number");
  expect(Math.abs((actual ?? 0) - expected), `${what}: ${actual} for ${expected}`).toBeLessThan(1e-9);
};
const close = (actual: ArrayLike<number>, expected: readonly number[], what: string) => {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    near(actual[i], value, `${what} ${i}`);
  });
};

function scoreOf({ classes, labels, probabilities }: ClassificationCase): MetricReport {
  return scoreClassification({
    labels: Int32Array.from(labels),
    probabilities: numbers(probabilities.flat()),
    classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
  });
}

function checkTables({ confusion, perClass }: MetricReport, expected: { confusion: number[][]; per_class: PerClass }) {
  expect(confusion).toEqual(expected.confusion);
  for (const column of ["precision", "recall", "f1", "support"] as const)
    close(
      perClass.map((row) => row[column]),
      expected.per_class[column],
      column,
    );
}

/** Its weighted F1 is no metric of ours; it follows from the per-class table. */
const weightedF1 = ({ rows, perClass }: MetricReport) =>
  perClass.reduce((sum, { f1, support }) => sum + (f1 * support) / rows, 0);

describe("classification agrees with scikit-learn to 1e-9", () => {
  const cases: ClassificationCase[] = read("classification-metrics.json").cases;
  it("the shared file has its six cases", () => expect(cases).toHaveLength(6));
  it.each(cases)("$name", (each) => {
    const scored = scoreOf(each);
    const { confusion, per_class, ...values } = each.expected as NonNullable<ClassificationCase["expected"]>;
    checkTables(scored, { confusion, per_class });
    // scikit-learn has no top-3 accuracy for two classes; every row is a hit then.
    const expected = { ...values, top3_accuracy: values.top3_accuracy ?? 1 };
    const actual: Record<string, number> = { ...scored.metrics, weighted_f1: weightedF1(scored) };
    actual.ece_15_bins = actual.expected_calibration_error;
    delete actual.expected_calibration_error;
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const [metric, value] of Object.entries(expected)) near(actual[metric], value as number, metric);
  });

  it.each(degenerate.classification)("$name", (each) => {
    const { expected } = each;
    if (!expected) return void expect(() => scoreOf(each)).toThrow(Fault);
    const { confusion, per_class, ...values } = expected;
    const scored = scoreOf(each);
    checkTables(scored, { confusion, per_class });
    expect(Object.keys(scored.metrics).sort()).toEqual(Object.keys(values).sort());
    for (const [metric, value] of Object.entries(values)) near(scored.metrics[metric], value as number, metric);
  });
});

describe("matching agrees with scikit-learn to 1e-9", () => {
  const cases: SharedMatchingCase[] = read("matching-metrics.json").cases;
  it("the shared file has its five cases", () => expect(cases).toHaveLength(5));
  it.each(cases)("$name", ({ labels: labelList, scores: scoreList, expected }) => {
    const labels = Int32Array.from(labelList);
    const scores = numbers(scoreList);
    const { metrics } = scoreMatching({ labels, scores, threshold: 0.5 });
    const { "at_0.5": at, best_f1, precision_recall_curve, ...rest } = expected;
    expect(Object.keys(rest).sort()).toEqual(["average_precision", "brier", "log_loss", "roc_auc"]);
    for (const [metric, value] of Object.entries({ ...at, ...rest })) near(metrics[metric], value as number, metric);
    checkCurve(labels, scores, precision_recall_curve);
    const ranking = rankingOf(labels, scores);
    const best = bestCut(rankedCounts(ranking));
    near(best.f1, best_f1.f1, "best F1");
    expect(ranking.scores[best.cut]).toBe(best_f1.threshold);
  });

  it.each(degenerate.matching)("$name", ({ labels: labelList, scores: scoreList, threshold, expected }) => {
    const labels = Int32Array.from(labelList);
    const scores = numbers(scoreList);
    if (!expected) return void expect(() => scoreMatching({ labels, scores, threshold })).toThrow(Fault);
    const { precision_recall_curve, ...values } = expected;
    const { metrics } = scoreMatching({ labels, scores, threshold });
    // scikit-learn refuses ROC AUC of one label; here it is left out.
    const defined = Object.entries(values).filter(([, value]) => value !== null);
    expect(Object.keys(metrics).sort()).toEqual(
      [...defined.map(([name]) => name), "expected_calibration_error"].sort(),
    );
    for (const [metric, value] of defined) near(metrics[metric], value as number, metric);
    checkCurve(labels, scores, precision_recall_curve);
    near(averagePrecision(rankedCounts(rankingOf(labels, scores))), values.average_precision as number, "by weight");
  });

  function checkCurve(labels: Int32Array, scores: Float64Array, expected: Curve) {
    const curve = precisionRecallCurve(labels, scores);
    for (const part of ["precision", "recall", "thresholds"] as const) close(curve[part], expected[part], part);
  }
});
