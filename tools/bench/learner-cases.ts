import { type InputColumn, runFitPredict } from "../../src/learners";
import { numbers, texts } from "./learner-data";

export const ROUNDS = 50;

export interface Rows {
  columns: InputColumn[];
  labels: Int32Array;
  classes: string[];
}

export interface Case {
  name: string;
  learner: "linear" | "gbdt";
  settings: Record<string, number>;
  classes: number;
  /** Training rows; a fifth more are predicted. */
  rows: number;
  make(rows: number): Rows;
}

const ofNumbers =
  (features: number, classes: number) =>
  (rows: number): Rows => {
    const { values, labels } = numbers(rows, features, classes);
    const columns = Array.from({ length: features }, (_, i): InputColumn => {
      const own = Float64Array.from({ length: rows }, (_, row) => values[row * features + i]);
      return { name: `x${i}`, as: "numeric", column: { kind: "number", name: `x${i}`, values: own } };
    });
    return { columns, labels, classes: names(classes) };
  };

const ofTexts =
  (classes: number) =>
  (rows: number): Rows => {
    const { values, labels } = texts(rows, 30, classes);
    return {
      columns: [{ name: "t", as: "text", column: { kind: "string", name: "t", values } }],
      labels,
      classes: names(classes),
    };
  };

const names = (classes: number): string[] => Array.from({ length: classes }, (_, k) => `c${k}`);

export const trees = (rows: number, features: number, classes: number): Case => ({
  name: `gbdt, ${rows / 1000}k x ${features} numbers, ${classes} classes, ${ROUNDS} rounds`,
  learner: "gbdt",
  settings: { rounds: ROUNDS, min_rows: 20, l2: 0 },
  classes,
  rows,
  make: ofNumbers(features, classes),
});

export const lines = (rows: number, classes: number): Case => ({
  name: `linear, ${rows / 1000}k texts of 30 words, ${classes} classes`,
  learner: "linear",
  settings: {},
  classes,
  rows,
  make: ofTexts(classes),
});

export const slice = (input: InputColumn, from: number, to: number): InputColumn => ({
  ...input,
  column: { ...input.column, values: input.column.values.slice(from, to) } as InputColumn["column"],
});

/** Fits and predicts in this process. @returns `fit` in CPU seconds, accuracy on the rows that were not trained on */
export async function inNode(
  one: Case,
  { columns, labels, classes }: Rows,
): Promise<{ fit: number; accuracy: number }> {
  const before = process.cpuUsage();
  const now = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const total = labels.length;
  const { probabilities, fitMs } = await runFitPredict(
    {
      ...{ learner: one.learner, settings: one.settings, seed: 1, classes, labels: labels.slice(0, one.rows) },
      ...{ pairs: false, metric: "accuracy", outOfFold: false, models: [] },
      train: columns.map((input) => slice(input, 0, one.rows)),
      predict: { validation: columns.map((input) => slice(input, one.rows, total)) },
    },
    { now, pause: async () => {} },
    {},
  );
  let right = 0;
  for (let row = 0; row < total - one.rows; row++) {
    const own = probabilities.validation.subarray(row * classes.length, (row + 1) * classes.length);
    if (own[labels[one.rows + row]] === Math.max(...own)) right++;
  }
  return { fit: fitMs / 1000, accuracy: right / (total - one.rows) };
}
