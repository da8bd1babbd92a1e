/**
 * Features of rows, a column each, for learners that split on one feature at a time. Numbers are single precision, as an
 * exported model sees them, so that a row falls on the same side of a threshold in the tab and in ONNX Runtime.
 */
export interface FeatureTable {
  rows: number;
  features: Feature[];
}

export type Feature =
  /** NaN is missing. */
  | { kind: "number"; name: string; values: Float32Array }
  /** Codes below `categories`; -1 is missing, or was not seen in training. */
  | { kind: "category"; name: string; codes: Int32Array; categories: number };

/** The rows with these numbers. */
export function pickTable(table: FeatureTable, rows: Int32Array): FeatureTable {
  return {
    rows: rows.length,
    features: table.features.map((feature) =>
      feature.kind === "number"
        ? { ...feature, values: Float32Array.from(rows, (row) => feature.values[row]) }
        : { ...feature, codes: rows.map((row) => feature.codes[row]) },
    ),
  };
}
