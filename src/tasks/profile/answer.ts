import { type Column, columnOf, type Table } from "../../table";
import { SPLIT_NAMES, type SplitName } from "../manifest";

/** One value a split. */
export type PerSplit<T> = Record<SplitName, T>;

export function perSplit<T>(make: (split: SplitName) => T): PerSplit<T> {
  return { train: make("train"), validation: make("validation"), test: make("test") };
}

/** An engine's answer, read by the names that the question gave its columns; another shape is a bug. */
export interface Answer {
  rows: number;
  /** NaN where it is missing. */
  number(column: string, row: number): number;
  /** As `number`, with 0 in place of NaN. */
  count(column: string, row: number): number;
  text(column: string, row: number): string | null;
  split(row: number): SplitName;
}

export function answerOf(table: Table): Answer {
  const columns = new Map<string, Column>();
  const column = (name: string): Column => {
    const known = columns.get(name) ?? columnOf(table, name);
    if (!known) throw new Error(`the answer has no column ${name}`);
    columns.set(name, known);
    return known;
  };
  const number = (name: string, row: number): number => {
    const { kind, values } = column(name);
    if (kind === "number") return values[row];
    const value = values[row];
    return value === null || value === undefined ? Number.NaN : Number(value);
  };
  const text = (name: string, row: number): string | null => {
    const value = column(name).values[row];
    return value === null || value === undefined ? null : String(value);
  };
  return {
    rows: table.rows,
    number,
    text,
    count: (name, row) => number(name, row) || 0,
    split: (row) => {
      const name = text("split", row);
      const split = SPLIT_NAMES.find((each) => each === name);
      if (!split) throw new Error(`the answer names a split "${name}"`);
      return split;
    },
  };
}
