import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { score } from "../../scoring";
import type { Table } from "../../table";
import { readCsv } from "../../tasks";
import { checkPredictions, type Predictions } from "./check";
import { predictionCsv, predictionTable, readLabels, readPredictions } from "./file";
import { scorePredictions } from "./score";

const CLASSES = ["plain", 'with, comma and "quote"', "Grün"];

/** Made-up predictions whose numbers have all their digits. */
function made(rows: number, seed: number, classes: readonly string[] = CLASSES, threshold?: number): Predictions {
  const random = createRandom(seed);
  const width = classes.length;
  const probabilities = Float64Array.from({ length: rows * width }, random);
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = probabilities.subarray(row * width, (row + 1) * width);
    const sum = own.reduce((total, value) => total + value, 0);
    own.forEach((value, k) => {
      own[k] = value / sum;
    });
    predicted[row] = threshold === undefined ? own.indexOf(Math.max(...own)) : Number(own[1] >= threshold);
  }
  return { ids: Array.from({ length: rows }, (_, row) => `00${row}`), classes, predicted, probabilities };
}

function labelsFor({ ids, classes }: Predictions, seed: number): Map<string, number> {
  const random = createRandom(seed);
  return new Map(ids.map((id) => [id, Math.floor(random() * classes.length)]));
}

function csvOf(predictions: Predictions, file = "team.task.csv"): Table {
  const text = predictionCsv(predictionTable(predictions, "mine"));
  const { rows, columns } = readCsv(new TextEncoder().encode(text), { role: "test", file, label: "id" });
  return { rows, columns };
}

describe("a prediction file", () => {
  it("reads back to the same numbers to the last bit, whatever the classes are called", () => {
    const before = made(50, 1);
    const after = readPredictions(csvOf(before), CLASSES, "team.task.csv");
    expect(after.ids).toEqual(before.ids);
    expect(after.predicted).toEqual(before.predicted);
    expect(after.probabilities).toEqual(before.probabilities);
  });

  it("has the score of the model that made it, also by a threshold of its own, and in any order", () => {
    for (const [metric, threshold] of [
      ["f1", 0.3],
      ["average_precision", 0.3],
      ["f1", 0.71],
    ] as const) {
      const predictions = made(200, 2, ["0", "1"], threshold);
      const labels = labelsFor(predictions, 3);
      const own = score({
        track: "matching",
        metric,
        classes: predictions.classes,
        probabilities: predictions.probabilities,
        threshold,
        seed: 0,
        labels: Int32Array.from(labels.values()),
      }).primary;
      const read = readPredictions(csvOf(predictions), ["0", "1"], "a.csv");
      const shuffled = new Map([...labels].reverse());
      const scored = scorePredictions(read, { track: "matching", metric, labels }, "a.csv");
      expect(scored).toEqual({ value: own.value, low: own.low, high: own.high });
      expect(scorePredictions(read, { track: "matching", metric, labels: shuffled }, "a.csv").value).toBeCloseTo(
        own.value,
        12,
      );
    }
    const predictions = made(200, 4);
    const labels = labelsFor(predictions, 5);
    for (const metric of ["accuracy", "macro_f1", "log_loss"] as const) {
      const { probabilities } = predictions;
      const own = score({
        track: "classification",
        metric,
        classes: CLASSES,
        probabilities,
        seed: 0,
        labels: Int32Array.from(labels.values()),
      });
      expect(scorePredictions(predictions, { track: "classification", metric, labels }, "a.csv").value).toBe(
        own.primary.value,
      );
    }
  });

  const two = made(2, 6, ["0", "1"]);
  it.each<[string, Partial<Predictions>, RegExp]>([
    ["an id twice", { ids: ["a", "a"] }, /the row "a" is there twice/],
    [
      "a probability that is none",
      { probabilities: Float64Array.of(Number.NaN, 1, 0, 1) },
      /row "000" gives "0" the probability \(none\)/,
    ],
    ["one below zero", { probabilities: Float64Array.of(0, 1, -0.5, 1.5) }, /row "001" gives "0" the probability -0.5/],
    [
      "an infinite one",
      { probabilities: Float64Array.of(0, Number.POSITIVE_INFINITY, 0, 1) },
      /the probability Infinity/,
    ],
    ["a sum that is not one", { probabilities: Float64Array.of(0, 1, 0.5, 0.25) }, /of row "001" sum to 0.75/],
    ["no rows", { ids: [], predicted: new Int32Array(), probabilities: new Float64Array() }, /there are no rows/],
    ["a class that is none", { predicted: Int32Array.of(0, 2) }, /row "001" predicts no class/],
  ])("does not come to be with %s", (_, wrong, expected) => {
    expect(() => predictionTable({ ...two, ...wrong }, "mine")).toThrow(expected);
    expect(() => checkPredictions(two, "mine")).not.toThrow();
  });

  it.each<[string, string, RegExp]>([
    ["no ids", "prediction,p_0,p_1\n1,0,1\n", /has no column "id"/],
    ["a class's column missing", "id,prediction,p_0\na,1,1\n", /has no column "p_1"/],
    ["a class of another task", "id,prediction,p_0,p_1\na,people,1,0\n", /predicts "people", which is no class/],
    ["a word for a number", "id,prediction,p_0,p_1\na,1,zero,1\n", /gives "0" the probability \(none\)/],
    ["an empty prediction", "id,prediction,p_0,p_1\na,,0,1\n", /row 1 has no prediction/],
  ])("that comes with %s is refused with the reason", (_, text, expected) => {
    const { rows, columns } = readCsv(new TextEncoder().encode(text), { role: "test", file: "a.csv", label: "id" });
    expect(() => readPredictions({ rows, columns }, ["0", "1"], "a.csv")).toThrow(expected);
  });

  it("of other rows than the labels' says which are missing and which are too many", () => {
    const labels = new Map(["000", "001", "x", "y", "z", "w"].map((id) => [id, 0]));
    const scoring = () =>
      scorePredictions(made(3, 7, ["0", "1"]), { track: "matching", metric: "f1", labels }, "a.csv");
    expect(scoring).toThrow(/"x", "y", "z" and 1 more of 6 are missing, and "002" are not among the split's/);
  });
});

describe("a file of labels", () => {
  const table = (ids: string[], labels: string[]): Table => ({
    rows: ids.length,
    columns: [
      { kind: "string", name: "id", values: ids },
      { kind: "string", name: "label", values: labels },
    ],
  });
  const about = { classes: ["0", "1"], label: "same", file: "test-labels.csv" };

  it("is read by the label's column, or by one called label", () => {
    expect([...readLabels(table(["a", "b"], ["0", "1"]), about)]).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  it("with a row twice, a foreign class or no label is refused", () => {
    expect(() => readLabels(table(["a", "a"], ["0", "1"]), about)).toThrow(/has the row "a" twice/);
    expect(() => readLabels(table(["a"], ["2"]), about)).toThrow(/the label "2", which is no class/);
    expect(() => readLabels({ rows: 1, columns: [table(["a"], ["0"]).columns[0]] }, about)).toThrow(/no column "same"/);
  });
});
