import { SPLIT_NAMES, type SplitName } from "../../src/tasks";
import { opaqueId } from "./draw";
import { type ColumnType, numberType, type OutTable, type TableColumn } from "./tables";
import type { Cell, Made, MatchRecord, SampleTask } from "./task";

export const LABEL = "label";

/** All that is written for a task: rows with an id, sorted by ids that tell nothing. */
export interface Layout {
  /** Each split with its label column. */
  splits: Record<SplitName, OutTable>;
  records?: OutTable;
}

/** The made task as tables. Ids are digests; the order of rows is the order of their (pairs: their records') ids. */
export function layOut(task: SampleTask, made: Made): Layout {
  return made.kind === "rows" ? layOutRows(task, made) : layOutPairs(task, made);
}

function layOutRows(task: SampleTask, made: Extract<Made, { kind: "rows" }>): Layout {
  const names = task.columns.map((column) => column.name);
  const columns: TableColumn[] = [
    { name: "id", type: "VARCHAR" },
    ...typed(
      task,
      made.rows.map((row) => row.cells),
    ),
    { name: LABEL, type: "VARCHAR" },
  ];
  const out = splitTables(columns);
  for (const row of made.rows) {
    out[row.split].rows.push([opaqueId(task.id, row.key), ...names.map((name) => cellOf(row.cells, name)), row.label]);
  }
  for (const name of SPLIT_NAMES) out[name].rows.sort(byCells(0));
  return { splits: out };
}

function layOutPairs(task: SampleTask, made: Extract<Made, { kind: "pairs" }>): Layout {
  const names = task.columns.map((column) => column.name);
  const records = new Map<string, { id: string; record: MatchRecord }>();
  for (const pair of made.pairs) {
    for (const record of [pair.left, pair.right]) {
      if (!records.has(record.key)) records.set(record.key, { id: opaqueId(`${task.id} record`, record.key), record });
    }
  }
  const types = typed(
    task,
    [...records.values()].map(({ record }) => record.cells),
  );
  const side = (prefix: string): TableColumn[] =>
    made.layout === "records"
      ? [{ name: `${prefix}_id`, type: "VARCHAR" }]
      : types.map((column) => ({ ...column, name: `${prefix}_${column.name}` }));
  const out = splitTables([
    { name: "id", type: "VARCHAR" },
    ...side("left"),
    ...side("right"),
    { name: LABEL, type: "INTEGER" },
  ]);
  const sortable: Record<SplitName, Cell[][]> = { train: [], validation: [], test: [] };
  for (const pair of made.pairs) {
    const ids = [pair.left, pair.right].map((record) => records.get(record.key)?.id ?? "");
    const sides =
      made.layout === "records"
        ? ids
        : [pair.left, pair.right].flatMap((record) => names.map((name) => cellOf(record.cells, name)));
    sortable[pair.left.split].push([...ids, opaqueId(task.id, ids.join(" ")), ...sides, pair.label]);
  }
  // Sorted by the left record: its repeated pictures fall into one row group, where Parquet's dictionary keeps them once.
  for (const name of SPLIT_NAMES) out[name].rows = sortable[name].sort(byCells(0, 1)).map((cells) => cells.slice(2));
  if (made.layout === "flat") return { splits: out };
  const rows = [...records.values()].map(({ id, record }) => [id, ...names.map((name) => cellOf(record.cells, name))]);
  return {
    splits: out,
    records: { columns: [{ name: "id", type: "VARCHAR" }, ...types], rows: rows.sort(byCells(0)) },
  };
}

function splitTables(columns: TableColumn[]): Record<SplitName, OutTable> {
  return { train: { columns, rows: [] }, validation: { columns, rows: [] }, test: { columns, rows: [] } };
}

function typed(task: SampleTask, cells: readonly Record<string, Cell>[]): TableColumn[] {
  return task.columns.map(({ name, modality }) => {
    const type: ColumnType =
      modality === "image"
        ? "PICTURE"
        : modality === "numeric"
          ? numberType(cells.map((row) => cellOf(row, name)))
          : "VARCHAR";
    return { name, type };
  });
}

function cellOf(cells: Record<string, Cell>, name: string): Cell {
  const value = cells[name];
  if (value === undefined) throw new Error(`A made row has no "${name}", only ${Object.keys(cells).join(", ")}`);
  return value;
}

function byCells(...at: number[]): (a: Cell[], b: Cell[]) => number {
  return (a, b) => {
    for (const i of at) {
      const [x, y] = [String(a[i]), String(b[i])];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

/** The table without its last column, and that column beside the ids. */
export function withoutLabel(table: OutTable): { features: OutTable; labels: { id: string; label: string }[] } {
  const last = table.columns.length - 1;
  if (table.columns[last].name !== LABEL)
    throw new Error(`The last column is "${table.columns[last].name}", not "${LABEL}"`);
  return {
    features: { columns: table.columns.slice(0, last), rows: table.rows.map((row) => row.slice(0, last)) },
    labels: table.rows.map((row) => ({ id: String(row[0]), label: String(row[last]) })),
  };
}
