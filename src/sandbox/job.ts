import { packColumn, packTable, sliceTable, type Table } from "../table";
import { mayRead } from "./columns-read";
import type { Compiled } from "./compile";
import type { EmbeddedColumns, PackedJob, RunRequest, SandboxSplit } from "./protocol";

/** A run as it crosses. */
export interface Prepared {
  job: PackedJob;
  transfer: Transferable[];
  /** How many rows of each split it carries once columns of it are embedded. */
  embeddable: Partial<Record<SandboxSplit, number>>;
}

/** A preview that carried more than this to its worker on every pause of the typist would not be live. */
const PREVIEW_BYTES = 16_000_000;
const PREVIEW_FIT_ROWS = 2_000;

/**
 * The request as the worker gets it, packed in memory of its own that is moved, not copied again: of the splits the
 * columns that the features can read and the vectors of those that they embed, whole tables of what the code names. A
 * preview without `fit` carries only the rows it shows; one with a costly `fit` lets it see the first 2,000 rows, and
 * embedding is costly: some 10 ms a text.
 */
export function jobFor(
  request: RunRequest,
  compiled: Compiled,
  embedded: ReadonlyMap<string, EmbeddedColumns> = new Map(),
): Prepared {
  const { splits, task, rows } = request;
  const isPreview = rows !== undefined;
  const only = (table: Table): Table => ({
    rows: table.rows,
    columns: table.columns.filter(({ name }) => mayRead(compiled.reads, name, task.track)),
  });
  const trainRows = Math.min(rows ?? splits.train.rows, splits.train.rows);
  const fits = /\bfit\b/.test(compiled.code);
  const carried = (isCostly: boolean): number => {
    if (!isPreview) return splits.train.rows;
    return Math.min(splits.train.rows, Math.max(trainRows, fits ? (isCostly ? PREVIEW_FIT_ROWS : Infinity) : 0));
  };
  const sentRows = carried(embedded.size > 0 || sizeOf(only(splits.train)) > PREVIEW_BYTES);
  const names = isPreview ? (["train"] as const) : (["train", "validation", "test"] as const);

  const transfer: Transferable[] = [];
  const own = (table: Table) => packTable(table, transfer);
  const rowsSent = (name: SandboxSplit, table: Table): Table =>
    name === "train" && sentRows < table.rows ? sliceTable(table, 0, sentRows) : table;
  const vectorsOf = (name: SandboxSplit): Table => {
    const columns = [...embedded.values()].flatMap((each) => each[name] ?? []);
    return { rows: splits[name].rows, columns };
  };
  const labels = fits ? request.trainLabels.slice(0, sentRows) : [];
  return {
    job: {
      code: compiled.code,
      imports: compiled.imports,
      task,
      splits: names.map((name) => ({
        name,
        table: own(rowsSent(name, only(splits[name]))),
        vectors: own(rowsSent(name, vectorsOf(name))),
      })),
      columns: splits.train.columns.map(({ name }) => name),
      trainLabels: packColumn({ kind: "string", name: task.label, values: labels }, transfer),
      tables: Object.fromEntries(Object.entries(request.tables).map(([name, table]) => [name, own(table)])),
      seed: request.seed,
      trainRows,
      isPreview,
    },
    transfer,
    embeddable: Object.fromEntries(names.map((name) => [name, name === "train" ? carried(true) : splits[name].rows])),
  };
}

/** Bytes, about. */
function sizeOf(table: Table): number {
  let bytes = 0;
  for (const column of table.columns) {
    if (column.kind === "bytes" || column.kind === "vector")
      for (const value of column.values) bytes += value?.byteLength ?? 0;
    else bytes += column.values.length * 16;
  }
  return bytes;
}
