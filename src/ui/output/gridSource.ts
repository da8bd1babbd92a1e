import { type ColumnKind, sliceTable, type Table } from "../../table";
import type { Modality } from "../../tasks";

export interface GridColumn {
  name: string;
  kind: ColumnKind;
  modality?: Modality;
}

/** Pictures, vectors and structures have no values that a chart could count. */
export function isChartable({ kind }: Pick<GridColumn, "kind">): boolean {
  return kind === "number" || kind === "string" || kind === "boolean";
}

/** What a grid shows: how much there is, and the way to a page of it. */
export interface GridSource {
  rows: number;
  columns: GridColumn[];
  page(start: number, count: number, signal: AbortSignal): Promise<Table>;
  /** All rows, where they are in memory anyway: the grid then fetches no pages. */
  table?: Table;
}

/** A table in memory as a grid's source. Keep the result while the table stays the same (`useMemo`). */
export function sourceOf(table: Table, modalities: Record<string, Modality | undefined> = {}): GridSource {
  return {
    rows: table.rows,
    columns: table.columns.map(({ name, kind }) => ({ name, kind, modality: modalities[name] })),
    page: async (start, count) => sliceTable(table, start, start + count),
    table,
  };
}
