import type { Progress } from "../base";
import type { Relation } from "../data";
import type { Exportable, Exported, Standing } from "../learners";
import type { Output } from "../sandbox";
import type { Comparison, Scored, SliceScore } from "../scoring";
import type { Column, Table } from "../table";
import type { SplitName } from "../tasks";
import type { Explanation } from "./explain/explanation";
import type { ChartSpec } from "./settings";
import type { TaskData } from "./task-data";

/** What a feature column is, as the learner's encoders need to know it. */
export interface FeatureColumn {
  name: string;
  type: "numeric" | "boolean" | "categorical" | "text" | "vector";
}

/** How a model's predictions came about, for its cell and for the run record. */
export interface ModelInfo {
  /** Say `linear`, or the ONNX model's id. */
  title: string;
  /** Width of the encoded input; 0 where that says nothing. */
  width: number;
  trainRows: number;
  fitMs: number;
  predictMs: number;
  provider?: "webgpu" | "wasm";
  /** Why this provider ran. */
  reason?: string;
  /** What was left out of the inputs, and why. */
  notes: string[];
  /** Shipped with the task, or trained here. */
  baseline: boolean;
  /** False where a time limit cut the fit short, so that another run may end elsewhere. */
  reproducible: boolean;
}

/** Where a match is declared, and where that came from. */
export interface Threshold {
  value: number;
  from: "out-of-fold" | "default";
  folds?: number;
}

/** Predictions of the training rows by models that did not see them. */
export interface OutOfFold {
  /** rows x classes. */
  probabilities: Float64Array;
  folds: number;
}

export type ExportModel = (options: {
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
}) => Promise<Exported>;

export type CrossPredict = (options: { signal: AbortSignal }) => Promise<OutOfFold>;

/** Computes the same again on other rows of the task, as far as they reach: what lies in the engine stays as it is. */
export type Again = (
  task: TaskData,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
) => Promise<CellValue>;

/** The result of one cell. `leaky` says that it holds, or was made from, labels of a split that is scored. */
export type CellValue =
  | { kind: "relation"; relation: Relation; leaky: boolean }
  | {
      kind: "features";
      splits: Record<SplitName, Table>;
      columns: FeatureColumn[];
      output: Output[];
      again?: Again;
      leaky: boolean;
    }
  | { kind: "plain"; table?: Table; output: Output[]; leaky: boolean }
  | {
      kind: "predictions";
      classes: string[];
      /** rows x classes. Of the training rows, out of fold where there are folds, and else by the fit that saw them. */
      probabilities: Record<SplitName, Float64Array>;
      outOfFold?: OutOfFold;
      /** Makes them when they are first asked for; absent for a model that was trained elsewhere. */
      crossPredict?: CrossPredict;
      /** The model as an ONNX file; absent for one that came as such. */
      exportModel?: ExportModel;
      /** What another model's export needs of this one. */
      exportable?: Exportable;
      /** Matching only. */
      threshold?: Threshold;
      /** What an ensemble was made of, best first, and why. */
      members?: Standing[];
      plan?: string[];
      again?: Again;
      /** The cells that it read. */
      madeOf?: ReadonlyMap<string, CellValue>;
      info: ModelInfo;
      leaky: boolean;
    }
  | { kind: "chart"; spec: ChartSpec; table: Table; rows: number; leaky: boolean }
  | {
      kind: "score";
      split: SplitName;
      metric: string;
      classes: string[];
      /** Of the scored rows: indices into `classes`. */
      labels: Int32Array;
      entries: ScoreEntry[];
      /** The first predictions against each of the others. */
      comparisons: NamedComparison[];
      /** The same predictions on some of the rows. */
      slices?: SliceScore[];
      leaky: boolean;
    }
  | Explanation;

export interface ScoreEntry {
  name: string;
  scored: Scored;
  info: ModelInfo;
  /** Of the scored rows, rows x classes: with their labels they give the curves. */
  probabilities: Float64Array;
  /** Matching only: the threshold that was scored with. `own` is the model's where the score cell sets another one. */
  threshold?: Threshold | { value: number; from: "cell"; own?: Threshold };
}

export interface NamedComparison extends Comparison {
  a: string;
  b: string;
}

/**
 * The class that a row is predicted to be: 1 from the threshold on where there is one, as a score counts it; else the first
 * one of the largest probability.
 */
export function predictedClass(probabilities: Float64Array, classes: number, row: number, threshold?: number): number {
  if (threshold !== undefined) return probabilities[row * classes + 1] >= threshold ? 1 : 0;
  let best = 0;
  for (let k = 1; k < classes; k++)
    if (probabilities[row * classes + k] > probabilities[row * classes + best]) best = k;
  return best;
}

/** Predictions as a table: `id, split, label, prediction, p_<class>…`, one row a row of the splits, in their order. */
export function predictionsTable(
  value: Extract<CellValue, { kind: "predictions" }>,
  splits: readonly { name: SplitName; ids: (string | null)[]; labels: (string | null)[] }[],
): Table {
  const { classes, probabilities, threshold } = value;
  const id: (string | null)[] = [];
  const split: string[] = [];
  const label: (string | null)[] = [];
  const prediction: string[] = [];
  const total = splits.reduce((sum, each) => sum + each.ids.length, 0);
  const perClass = classes.map(() => new Float64Array(total));
  for (const each of splits) {
    const scores = probabilities[each.name];
    for (let row = 0; row < each.ids.length; row++) {
      const at = id.length;
      id.push(each.ids[row]);
      split.push(each.name);
      label.push(each.labels[row]);
      prediction.push(classes[predictedClass(scores, classes.length, row, threshold?.value)]);
      for (let k = 0; k < classes.length; k++) perClass[k][at] = scores[row * classes.length + k];
    }
  }
  const columns: Column[] = [
    { kind: "string", name: "id", values: id },
    { kind: "string", name: "split", values: split },
    { kind: "string", name: "label", values: label },
    { kind: "string", name: "prediction", values: prediction },
    ...classes.map((name, k): Column => ({ kind: "number", name: `p_${name}`, values: perClass[k] })),
  ];
  return { rows: total, columns };
}

/** Features as a table: `id, split`, then the feature columns. */
export function featuresTable(
  value: Extract<CellValue, { kind: "features" }>,
  splits: readonly { name: SplitName; ids: (string | null)[] }[],
): Table {
  const columns: Column[] = [
    { kind: "string", name: "id", values: splits.flatMap((split) => split.ids) },
    { kind: "string", name: "split", values: splits.flatMap((split) => split.ids.map(() => split.name)) },
  ];
  for (const { name } of value.columns) {
    const parts = splits.map((split) => value.splits[split.name].columns.find((column) => column.name === name));
    columns.push(
      joined(
        name,
        parts.filter((part) => part !== undefined),
      ),
    );
  }
  return { rows: columns[0].values.length, columns };
}

function joined(name: string, parts: Column[]): Column {
  const [first] = parts;
  if (first.kind === "number") {
    const values = new Float64Array(parts.reduce((sum, part) => sum + part.values.length, 0));
    let at = 0;
    for (const part of parts) {
      if (part.kind === "number") values.set(part.values, at);
      at += part.values.length;
    }
    return { kind: "number", name, values };
  }
  return {
    kind: first.kind,
    name,
    values: parts.flatMap((part) => Array.from(part.values as ArrayLike<unknown>)),
  } as Column;
}
