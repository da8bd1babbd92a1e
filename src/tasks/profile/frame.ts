import { type Modality, SPLIT_NAMES, type SplitName, type TaskManifest, type Track } from "../manifest";
import { literal, quoted } from "./quote";

/** A column of a split's rows as the engine holds it, with DuckDB's name of its type. */
export interface Source {
  name: string;
  type: string;
}

/** A column as a reader knows it. In a matching task it has two sources, `left_…` and `right_…`, profiled together. */
export interface ProfiledColumn {
  name: string;
  modality: Modality;
  description: string;
  sources: readonly Source[];
}

/** What is profiled: the columns of a task's three splits, as they are in the engine. */
export interface Frame {
  task: string;
  track: Track;
  /** Empty where the rows have no label. */
  label: string;
  columns: readonly ProfiledColumn[];
  /** What a split's rows are read from, where that is not the split's own table. */
  parts?: Record<SplitName, string>;
}

/** The frame of a task whose rows are loaded; `columns` are those of its train table. */
export function frameOf(manifest: TaskManifest, columns: readonly Source[]): Frame {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const source = (name: string): Source => ({ name, type: types.get(name) ?? "VARCHAR" });
  const { track } = manifest;
  return {
    task: manifest.id,
    track,
    label: manifest.label.column,
    columns: manifest.columns.map(({ name, modality, description }) => ({
      name,
      modality,
      description: description ?? "",
      sources: track === "matching" ? [source(`left_${name}`), source(`right_${name}`)] : [source(name)],
    })),
  };
}

const WHOLE = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/i;
const FLOATING = /^(FLOAT|DOUBLE|REAL)$/i;

/**
 * A source's value as its modality needs it: a number without NaN and infinity, a text, or a picture's encoded bytes.
 * What cannot be read so is NULL, which counts as missing.
 */
export function valueSql(modality: Modality, { name, type }: Source): string {
  const column = quoted(name);
  switch (modality) {
    case "numeric":
      if (WHOLE.test(type)) return column;
      if (FLOATING.test(type)) return `case when isfinite(${column}) then ${column} end`;
      return `try_cast(${column} as double)`;
    case "image":
      if (/^STRUCT/i.test(type)) return `${column}.bytes`;
      return /^BLOB$/i.test(type) ? column : "null::blob";
    case "text":
    case "categorical":
      return /^VARCHAR$/i.test(type) ? column : `${column}::varchar`;
  }
}

/**
 * The rows of the splits under each other: `split`, `label` (a text, NULL in test) and the columns' values as `c0`,
 * `c1`, … In a matching task every pair gives two rows, one a side.
 */
export function stackedSql(
  frame: Frame,
  columns: readonly ProfiledColumn[],
  splits: readonly SplitName[] = SPLIT_NAMES,
): string {
  const sides = frame.track === "matching" ? [0, 1] : [0];
  const parts = splits.flatMap((split) =>
    sides.map((side) => {
      const values = columns.map(
        ({ modality, sources }, i) => `${valueSql(modality, sources[side] ?? sources[0])} as c${i}`,
      );
      return `select ${[`${literal(split)} as split`, `${labelSql(frame, split)} as label`, ...values].join(", ")} from ${rowsFrom(frame, split)}`;
    }),
  );
  return `(${parts.join(" union all ")})`;
}

/** What follows FROM for the rows of a split. */
export function rowsFrom(frame: Frame, split: SplitName): string {
  return frame.parts?.[split] ?? split;
}

/** The label as a text; the test split has none. */
export function labelSql(frame: Frame, split: SplitName): string {
  return split === "test" || frame.label === "" ? "null::varchar" : `${quoted(frame.label)}::varchar`;
}
