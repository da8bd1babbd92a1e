import { predictionsOf, type SliceRule, sliceRows, sliceWords } from "../../scoring";
import type { Table } from "../../table";
import type { CellValue, ScoreEntry } from "../values";
import { predictedClass } from "../values";

type Score = Extract<CellValue, { kind: "score" }>;

/** Scored rows that a click on a drawing, or a suggestion, chose. */
export type RowPick =
  | { kind: "all" }
  | { kind: "wrong" }
  | { kind: "confusion"; label: number; prediction: number }
  /** Rows of this class predicted as another one, and rows of others predicted as this. */
  | { kind: "class"; k: number }
  /** How sure the model is of its likeliest class: above `low`, up to `high`. */
  | { kind: "sure"; low: number; high: number }
  /** From this probability of a class on. */
  | { kind: "from"; k: number; threshold: number }
  | { kind: "slice"; rule: SliceRule };

/** Columns that a slice's rule is about: `undefined` for the split's own. */
export type TableOf = (cell: string | undefined) => Table | undefined;

export function predictionsFor(value: Pick<Score, "labels" | "classes">, entry: ScoreEntry): Int32Array {
  const { classes, labels } = value;
  return labels.map((_, row) => predictedClass(entry.probabilities, classes.length, row, entry.threshold?.value));
}

/** The numbers of the rows, those first that the model is surest of; of a curve's, those nearest to the point. */
export function pickedRows(pick: RowPick, value: Score, entry: ScoreEntry, tableOf: TableOf): Int32Array {
  const { labels, classes } = value;
  const { probabilities } = entry;
  const width = classes.length;
  const predicted = predictionsFor(value, entry);
  const likeliest = predictionsOf(probabilities, width);
  const sure = (row: number): number => probabilities[row * width + likeliest[row]];
  const holds = conditionOf(pick, { labels, predicted, sure, probabilities, width, tableOf });
  const rows = Int32Array.from(labels.keys()).filter(holds);
  if (pick.kind === "from") {
    const own = (row: number): number => probabilities[row * width + pick.k];
    return rows.sort((a, b) => own(a) - own(b) || a - b);
  }
  const given = (row: number): number => probabilities[row * width + predicted[row]];
  const wrongFirst = (row: number): number => (labels[row] === predicted[row] ? 0 : 1);
  return rows.sort((a, b) => wrongFirst(b) - wrongFirst(a) || given(b) - given(a) || a - b);
}

interface Judging {
  labels: Int32Array;
  predicted: Int32Array;
  sure: (row: number) => number;
  probabilities: Float64Array;
  width: number;
  tableOf: TableOf;
}

function conditionOf(pick: RowPick, judging: Judging): (row: number) => boolean {
  const { labels, predicted, sure, probabilities, width, tableOf } = judging;
  switch (pick.kind) {
    case "all":
      return () => true;
    case "wrong":
      return (row) => labels[row] !== predicted[row];
    case "confusion":
      return (row) => labels[row] === pick.label && predicted[row] === pick.prediction;
    case "class":
      return (row) => (labels[row] === pick.k) !== (predicted[row] === pick.k);
    case "sure":
      return (row) => sure(row) > pick.low && sure(row) <= pick.high;
    case "from":
      return (row) => probabilities[row * width + pick.k] >= pick.threshold;
    case "slice": {
      const table = tableOf(pick.rule.cell);
      const rows = new Set(table ? sliceRows(pick.rule, table) : []);
      return (row) => rows.has(row);
    }
  }
}

/** What the rows are, for a title. */
export function pickWords(pick: RowPick, classes: readonly string[]): string {
  switch (pick.kind) {
    case "all":
      return "All rows";
    case "wrong":
      return "Predicted wrong";
    case "confusion":
      return pick.label === pick.prediction
        ? `${classes[pick.label]}, predicted right`
        : `${classes[pick.label]} predicted as ${classes[pick.prediction]}`;
    case "class":
      return `Errors of ${classes[pick.k]}`;
    case "sure":
      return `${percent(pick.low)} to ${percent(pick.high)} sure`;
    case "from":
      return `p(${classes[pick.k]}) from ${pick.threshold.toFixed(3)} on`;
    case "slice":
      return sliceWords(pick.rule);
  }
}

/** The name that a cell of these rows starts with. */
export function pickName(pick: RowPick, classes: readonly string[]): string {
  const plain = nameWords(pick, classes)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
  return `slice_${plain || "rows"}`;
}

function nameWords(pick: RowPick, classes: readonly string[]): string {
  switch (pick.kind) {
    case "all":
      return "rows";
    case "wrong":
      return "wrong";
    case "confusion":
      return `${classes[pick.label]} as ${classes[pick.prediction]}`;
    case "class":
      return `errors of ${classes[pick.k]}`;
    case "sure":
      return `sure ${Math.round(100 * pick.low)}`;
    case "from":
      return `from ${pick.threshold.toFixed(3)}`;
    case "slice":
      return sliceWords(pick.rule);
  }
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
