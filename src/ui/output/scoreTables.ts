import type { DrawnCurve, ReliabilityBin } from "../../scoring";
import type { Column, Table } from "../../table";

/** The parts of a score that are drawn for one model; each is a part of the score's table in SQL too. */
export type DrawnPart = "confusion" | "classes" | "curve" | "reliability";

const PART_COLUMNS: Record<DrawnPart, string> = {
  confusion: "class, prediction, rows",
  classes: "class, precision, recall, f1, rows",
  curve: "class, threshold, precision, recall",
  reliability: "low, high, rows, confidence, accuracy",
};

const PART_ORDER: Record<DrawnPart, string> = {
  confusion: "rows desc",
  classes: "f1",
  curve: "recall",
  reliability: "low",
};

/** The statement that reads what a drawing shows from the score cell `cell`. */
export function partQuery(cell: string, predictions: string, part: DrawnPart, label?: string): string {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const conditions = [`part = ${text(part)}`, `predictions = ${text(predictions)}`];
  if (label !== undefined) conditions.push(`class = ${text(label)}`);
  return `select ${PART_COLUMNS[part]}\nfrom ${cell}\nwhere ${conditions.join(" and ")}\norder by ${PART_ORDER[part]}`;
}

/** Counts that are not zero, the largest first. */
export function confusionTable(confusion: readonly (readonly number[])[], classes: readonly string[]): Table {
  const cells = confusion
    .flatMap((row, label) => row.map((rows, prediction) => ({ label, prediction, rows })))
    .filter((cell) => cell.rows > 0)
    .sort((a, b) => b.rows - a.rows);
  return {
    rows: cells.length,
    columns: [
      { kind: "string", name: "class", values: cells.map((cell) => classes[cell.label]) },
      { kind: "string", name: "prediction", values: cells.map((cell) => classes[cell.prediction]) },
      numbers(
        "rows",
        cells.map((cell) => cell.rows),
      ),
    ],
  };
}

export function curveTable({ thresholds, precision, recall }: DrawnCurve): Table {
  return {
    rows: recall.length,
    columns: [
      numbers(
        "threshold",
        Array.from(recall, (_, i) => thresholds[i] ?? Number.NaN),
      ),
      { kind: "number", name: "precision", values: precision },
      { kind: "number", name: "recall", values: recall },
    ],
  };
}

export function reliabilityTable(bins: readonly ReliabilityBin[]): Table {
  const keys = ["low", "high", "rows", "confidence", "accuracy"] as const;
  return {
    rows: bins.length,
    columns: keys.map((key) =>
      numbers(
        key,
        bins.map((bin) => bin[key]),
      ),
    ),
  };
}

function numbers(name: string, values: number[]): Column {
  return { kind: "number", name, values: Float64Array.from(values) };
}
