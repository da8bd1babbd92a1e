import type { Progress } from "../../base";
import type { Metric } from "../../scoring";
import type { CellContext } from "../context";
import type { ExplainSettings } from "../settings";
import type { CellValue } from "../values";

export type Predictions = Extract<CellValue, { kind: "predictions" }>;
export type Features = Extract<CellValue, { kind: "features" }>;

/** A model that is to be explained, and what with. */
export interface Explaining {
  /** The cell that asks. */
  cell: string;
  /** The model's cell, and its result. */
  name: string;
  value: Predictions;
  /** Of the split that is scored. */
  labels: Int32Array;
  metric: Metric;
  settings: ExplainSettings;
  context: CellContext;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** Whether the time is up: what is not begun is left out then. */
  late: () => boolean;
}

/** Whether a model came as it is: it can be asked about other rows, and not be fitted on them. */
export function trainedElsewhere({ info }: Predictions): boolean {
  return info.baseline || info.trainRows === 0;
}

/** The feature cells that a model was made of, those of the models that it reads included. */
export function featureCells({ madeOf }: Predictions, found = new Map<string, Features>()): Map<string, Features> {
  for (const [name, value] of madeOf ?? []) {
    if (value.kind === "features") found.set(name, value);
    else if (value.kind === "predictions") featureCells(value, found);
  }
  return found;
}
