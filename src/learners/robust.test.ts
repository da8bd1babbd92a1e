import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import type { FitRequest } from "./fit";
import type { InputColumn } from "./inputs";
import { runFitPredict } from "./serve";

const run = (request: FitRequest) => runFitPredict(request, { now: () => 0, pause: async () => {} }, {});
const number = (name: string, values: ArrayLike<number>): InputColumn => ({
  name,
  as: "numeric",
  column: { kind: "number", name, values: Float64Array.from(values) },
});
const string = (name: string, as: InputColumn["as"], values: (string | null)[]): InputColumn => ({
  name,
  as,
  column: { kind: "string", name, values },
});
const plain = { settings: {}, seed: 1, pairs: false, metric: "accuracy", outOfFold: false, models: [] };

/** The learners that take any columns. `auto` is all of them. */
const LEARNERS = ["linear", "gbdt", "mlp", "knn", "auto"];

function sumsToOne(probabilities: Float64Array, classes: number): void {
  expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
  for (let at = 0; at < probabilities.length; at += classes) {
    const total = probabilities.subarray(at, at + classes).reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(1, 9);
  }
}

describe.each(LEARNERS)("%s on rows that nobody would wish for", (learner) => {
  const settings = learner === "auto" ? { effort: "quick" } : {};
  const random = createRandom(4);
  const draw = (count: number) => {
    const x = Float64Array.from({ length: count }, () => random() * 10);
    return { x, labels: Int32Array.from(x, (value) => (value > 5 ? 1 : 0)) };
  };
  const train = draw(240);
  const validation = draw(60);
  const accuracy = (probabilities: Float64Array, classes: number) =>
    validation.labels.filter((label, row) => {
      const own = probabilities.subarray(row * classes, (row + 1) * classes);
      return own[label] === Math.max(...own);
    }).length / 60;

  const fitted = (extra: (count: number, x: Float64Array) => InputColumn[], classes = ["low", "high"]) =>
    run({
      ...plain,
      learner,
      settings,
      classes,
      labels: train.labels,
      train: [number("x", train.x), ...extra(240, train.x)],
      predict: { validation: [number("x", validation.x), ...extra(60, validation.x)] },
    });

  it("does not mind a constant, an empty, an id and an infinite column", async () => {
    const result = await fitted((count) => [
      number("constant", new Float64Array(count).fill(3)),
      number("empty", new Float64Array(count).fill(Number.NaN)),
      string("nothing", "text", new Array(count).fill(null)),
      string(
        "id",
        "categorical",
        Array.from({ length: count }, (_, i) => `#${i}`),
      ),
      number(
        "infinite",
        Float64Array.from({ length: count }, (_, i) => [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 3]),
      ),
    ]);
    sumsToOne(result.probabilities.validation, 2);
    expect(accuracy(result.probabilities.validation, 2)).toBeGreaterThan(0.85);
  });

  it("takes a category of ten thousand values, and words in its place", async () => {
    const result = await fitted((count) => [
      string(
        "many",
        "categorical",
        Array.from({ length: count }, (_, i) => `v${(i * 7919) % 10_000}`),
      ),
      string(
        "words",
        "text",
        Array.from({ length: count }, (_, i) => `w${(i * 104_729) % 10_000} common`),
      ),
    ]);
    sumsToOne(result.probabilities.validation, 2);
    // To neighbours and networks such noise is as loud as the one number that tells.
    if (!["mlp", "knn"].includes(learner)) expect(accuracy(result.probabilities.validation, 2)).toBeGreaterThan(0.8);
  });

  it("gives a class that training lacks a small probability", async () => {
    const { probabilities } = await fitted(() => [], ["low", "high", "never"]);
    sumsToOne(probabilities.validation, 3);
    expect(accuracy(probabilities.validation, 3)).toBeGreaterThan(0.85);
    for (let row = 0; row < 60; row++) expect(probabilities.validation[row * 3 + 2]).toBeLessThan(0.1);
  });

  it("has a class of one row, and as many classes as rows", async () => {
    const classes = Array.from({ length: 30 }, (_, k) => `c${k}`);
    const x = Float64Array.from(classes.keys());
    const { probabilities } = await run({
      ...plain,
      learner,
      settings,
      classes,
      labels: Int32Array.from(classes.keys()),
      train: [number("x", x)],
      predict: { validation: [number("x", x)] },
    });
    sumsToOne(probabilities.validation, 30);
  });

  it("refuses one class, no rows and no inputs in words", async () => {
    const request = { ...plain, learner, settings, classes: ["low", "high"], predict: {} };
    const one = run({ ...request, labels: new Int32Array(9), train: [number("x", new Float64Array(9))] });
    await expect(one).rejects.toThrow('every training row has the label "low"');
    await expect(run({ ...request, labels: new Int32Array(0), train: [] })).rejects.toThrow(
      "there are no training rows",
    );
    await expect(run({ ...request, labels: Int32Array.of(0, 1), train: [] })).rejects.toThrow("without inputs");
  });
});
