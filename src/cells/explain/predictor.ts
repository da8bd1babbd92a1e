import { type Table, takeRows } from "../../table";
import type { Group } from "./groups";

/** A model that says what it thinks of rows some of whose values are dealt out to other rows. */
export interface Predictor {
  /** What can be shuffled. */
  groups: Group[];
  /**
   * One shuffling: `order` says from which of the drawn rows each takes its values, `wanted` which groups will be asked for.
   * The function gives the probabilities, rows x classes, with a group shuffled, or with none.
   */
  round(order: Int32Array, wanted: readonly Group[]): Promise<(group?: Group) => Promise<Float32Array>>;
  release(): Promise<void>;
}

/** The drawn rows of a table; the named columns have their values from other rows. */
export function movedRows(table: Table, rows: Int32Array, moved: Int32Array, columns: readonly string[]): Table {
  return {
    rows: rows.length,
    columns: table.columns.map(
      (column) =>
        takeRows({ rows: table.rows, columns: [column] }, columns.includes(column.name) ? moved : rows).columns[0],
    ),
  };
}
