import type { Progress } from "../base";
import { classCurve } from "../scoring";
import type { Column, Table } from "../table";
import type { CellValue } from "./values";

type Score = Extract<CellValue, { kind: "score" }>;

const TEXTS = ["part", "predictions", "metric", "against", "verdict", "class", "prediction", "slice"] as const;
const NUMBERS = [
  "value",
  "low",
  "high",
  "threshold",
  "precision",
  "recall",
  "f1",
  "confidence",
  "accuracy",
  "rows",
] as const;

type Row = Partial<Record<(typeof TEXTS)[number], string> & Record<(typeof NUMBERS)[number], number>>;

/** The columns of a score's table, in order. */
export const SCORE_COLUMNS: readonly { name: string; type: "VARCHAR" | "DOUBLE" }[] = [
  ...TEXTS.map((name) => ({ name, type: "VARCHAR" as const })),
  ...NUMBERS.map((name) => ({ name, type: "DOUBLE" as const })),
];

/**
 * A score as one long table; `part` says what a row is, and which columns it fills besides `part` and `predictions`:
 *
 * | part          | columns                                                                                  |
 * |---------------|------------------------------------------------------------------------------------------|
 * | `metrics`     | `metric, value, low, high` (95 % interval), for matching `threshold`                      |
 * | `comparisons` | `against, verdict, value, low, high`: of the primary metric's difference                  |
 * | `classes`     | `class, precision, recall, f1, rows`                                                      |
 * | `confusion`   | `class, prediction, rows`; pairs that no row is of are left out                           |
 * | `reliability` | `low, high` (the bin), `confidence, accuracy, rows`                                       |
 * | `curve`       | `class, threshold, precision, recall`: as drawn, within 0.001 of the precision-recall curve |
 * | `slices`      | `slice, metric, value, low, high, rows`: the score on the rows of another cell            |
 *
 * Only `metrics` and `slices` fill `metric`, so that reading by metric finds one row a model, and a slice's has a name. Yields between curves.
 */
export function* scoreTable(value: Score): Generator<Progress, Table> {
  const rows: Row[] = [];
  for (const { name: predictions, scored, threshold } of value.entries) {
    for (const [metric, interval] of Object.entries(scored.intervals))
      rows.push({ part: "metrics", predictions, metric, ...interval, threshold: threshold?.value });
  }
  for (const { a, b, verdict, difference } of value.comparisons)
    rows.push({ part: "comparisons", predictions: a, against: b, verdict, ...difference });
  for (const { name: predictions, scored } of value.entries) {
    for (const { support, ...each } of scored.perClass)
      rows.push({ part: "classes", predictions, ...each, rows: support });
  }
  for (const { name: predictions, scored } of value.entries) {
    scored.confusion.forEach((counts, label) => {
      counts.forEach((count, prediction) => {
        if (count > 0)
          rows.push({
            part: "confusion",
            predictions,
            class: value.classes[label],
            prediction: value.classes[prediction],
            rows: count,
          });
      });
    });
  }
  for (const { name: predictions, scored } of value.entries) {
    for (const bin of scored.reliability) rows.push({ part: "reliability", predictions, ...bin });
  }
  for (const { name: slice, rows: count, metric, intervals } of value.slices ?? []) {
    value.entries.forEach(({ name: predictions }, i) => {
      rows.push({ part: "slices", predictions, slice, metric, ...intervals[i], rows: count });
    });
  }
  const drawn = value.entries[0]?.threshold ? [1] : value.classes.map((_, k) => k);
  for (const [i, { name: predictions, probabilities }] of value.entries.entries()) {
    for (const k of drawn) {
      yield { done: i / value.entries.length };
      const curve = classCurve({ labels: value.labels, probabilities, classes: value.classes }, k);
      curve.recall.forEach((recall, point) => {
        rows.push({
          part: "curve",
          predictions,
          class: value.classes[k],
          threshold: curve.thresholds[point],
          precision: curve.precision[point],
          recall,
        });
      });
    }
  }
  return tableOf(rows);
}

function tableOf(rows: readonly Row[]): Table {
  return {
    rows: rows.length,
    columns: [
      ...TEXTS.map((name): Column => ({ kind: "string", name, values: rows.map((row) => row[name] ?? null) })),
      ...NUMBERS.map(
        (name): Column => ({
          kind: "number",
          name,
          values: Float64Array.from(rows, (row) => row[name] ?? Number.NaN),
        }),
      ),
    ],
  };
}
