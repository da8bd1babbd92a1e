import { predictionsFor, type ScoreEntry } from "../../cells";
import { type Column, takeRows } from "../../table";
import type { SplitName } from "../../tasks";
import type { GridSource } from "../output/gridSource";
import type { Score } from "../output/scoreWords";
import type { Scored } from "./useScored";

/** What the models say of scored rows, as columns: the prediction and the probability of the true class, a model each. */
function judgedColumns(value: Score): Column[] {
  const { classes, labels, entries } = value;
  return entries.flatMap((entry): Column[] => {
    const predicted = predictionsFor(value, entry);
    return [
      { kind: "string", name: entry.name, values: Array.from(predicted, (k) => classes[k]) },
      {
        kind: "number",
        name: `${entry.name}: p(true)`,
        values: labels.length === 0 ? new Float64Array(0) : trueProbabilities(value, entry),
      },
    ];
  });
}

const trueProbabilities = ({ labels, classes }: Score, { probabilities }: ScoreEntry): Float64Array =>
  Float64Array.from(labels, (label, row) => Math.round(1e4 * probabilities[row * classes.length + label]) / 1e4);

/** The task's rows with what the models say of them after the label, and the feature cells' columns at the end. */
export function withJudgements(
  rows: GridSource,
  numbers: Int32Array,
  value: Score,
  { features, manifest }: Scored,
  split: SplitName,
): GridSource {
  const judged = judgedColumns(value);
  const made = features.flatMap(({ name, value: { splits } }) =>
    splits[split].columns.map((column) => ({ ...column, name: `${name}.${column.name}` }) as Column),
  );
  const at = rows.columns.findIndex((column) => column.name === manifest.label.column) + 1;
  const placed = <T>(own: T[], between: T[], after: T[]): T[] => [
    ...own.slice(0, at),
    ...between,
    ...own.slice(at),
    ...after,
  ];
  const heads = (columns: Column[]) => columns.map(({ name, kind }) => ({ name, kind }));
  return {
    rows: rows.rows,
    columns: placed(rows.columns, heads(judged), heads(made)),
    page: async (start, count, signal) => {
      const page = await rows.page(start, count, signal);
      const wanted = numbers.subarray(start, start + count);
      const own = (columns: Column[]) => takeRows({ rows: value.labels.length, columns }, wanted).columns;
      return { rows: page.rows, columns: placed(page.columns, own(judged), own(made)) };
    },
  };
}
