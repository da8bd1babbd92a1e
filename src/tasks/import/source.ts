import type { Column } from "../../table";
import type { SplitName } from "../manifest";

/** What a file can be: one split, or (for a matching task given as two tables and pair lists) one side's records. */
export type FileRole = SplitName | "left" | "right";

/** Something that the reader should know of what was read or decided. A warning may change what scores mean. */
export interface Note {
  kind: "note" | "warning";
  text: string;
  file?: string;
  /** Lines of the file, from 1; the first few where there are many. */
  lines?: number[];
}

/** A line that is no row of its table. */
export interface BadRow {
  line: number;
  /** What is wrong, as a clause: `has 5 fields, the header has 4`. */
  problem: string;
  /** How the line begins. */
  text: string;
}

/**
 * A column as its file holds it. `opened`: its bytes stay where the file was opened, under that name. `pictures`: they came
 * as files, and are here. `values` then name their content, equal where the bytes are.
 */
export type SourceColumn = Column & {
  opened?: { column: string; picture: boolean };
  pictures?: ReadonlyMap<string, Uint8Array>;
};

/** Whether its values stand for bytes. */
export function holdsBytes({ opened, pictures }: SourceColumn): boolean {
  return opened !== undefined || pictures !== undefined;
}

/** One file as it was read, before anything is decided about its columns. */
export interface SourceTable {
  role: FileRole;
  file: string;
  /** How it was read, for the reader: `CSV, UTF-8, separated by commas`. */
  how: string;
  rows: number;
  columns: SourceColumn[];
  /** CSV: the line on which each row begins. */
  lines?: Uint32Array;
  badRows: BadRow[];
  notes: Note[];
}

/** Where a row stands in its file, for a message: `line 12`, or `row 11` where the file has no lines. */
export function placeOfRow(table: Pick<SourceTable, "lines">, row: number): string {
  return table.lines ? `line ${table.lines[row]}` : `row ${row + 1}`;
}

/** `line 3, line 9 and 12 more`. */
export function listed(places: readonly string[], total = places.length, most = 5): string {
  const shown = places.slice(0, most);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest.toLocaleString("en")} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

/** `1 row`, `12 rows`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** A value as it is quoted in a message: in quotes, cut where it is long. */
export function shown(value: string, most = 40): string {
  const line = value.replace(/\s+/g, " ").trim();
  return `"${line.length > most ? `${line.slice(0, most)}…` : line}"`;
}
