import type { Progress } from "../base";
import { dropOf, type Interval, type Judged, type Metric } from "../scoring";
import { type InputColumn, type PreparedColumn, pickRows } from "./inputs";

/** What is changed of kept rows before they are encoded. */
export interface RowChange {
  /** For each row, the row whose values it takes in the shuffled columns. */
  order: Int32Array;
  /** Columns that are shuffled together, so that what they tell of one another stays. */
  shuffled: readonly string[];
  /** Columns that come anew, in place of those of their names. */
  replaced: readonly InputColumn[];
}

/** The rows with the change. @param replaced the change's own, prepared */
export function changedColumns(
  columns: readonly PreparedColumn[],
  { order, shuffled }: Pick<RowChange, "order" | "shuffled">,
  replaced: readonly PreparedColumn[],
): PreparedColumn[] {
  return columns.map((column) => {
    const other = replaced.find((each) => each.name === column.name);
    if (other) return other;
    return shuffled.includes(column.name) ? pickRows(column, order) : column;
  });
}

/** Probabilities of the same rows as they are and with a column shuffled, a round each: rows x classes. */
export interface DropRequest {
  labels: Int32Array;
  classes: string[];
  threshold?: number;
  metric: Metric;
  seed: number;
  base: Float32Array;
  shuffled: Float32Array[];
}

export function weigh({
  labels,
  classes,
  threshold,
  metric,
  seed,
  base,
  shuffled,
}: DropRequest): Generator<Progress, Interval> {
  const judged = (probabilities: Float32Array): Judged => ({
    labels,
    classes,
    probabilities: Float64Array.from(probabilities),
    ...(threshold !== undefined && { threshold }),
  });
  return dropOf(judged(base), shuffled.map(judged), metric, seed);
}
