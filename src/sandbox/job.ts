import { type Column, sliceTable, type Table } from "../table";
import type { Compiled } from "./compile";
import type { CellJob, RunRequest } from "./protocol";

/** A preview that carried more than this to its worker on every pause of the typist would not be live. */
const PREVIEW_BYTES = 16_000_000;
const PREVIEW_FIT_ROWS = 2_000;

/**
 * The request as the worker gets it, in memory of its own that is moved, not copied again. A preview without `fit`
 * carries only the rows it shows; one with a costly `fit` lets it see the first 2,000 rows.
 */
export function jobFor(request: RunRequest, compiled: Compiled): { job: CellJob; transfer: Transferable[] } {
  const { splits, task, rows } = request;
  const isPreview = rows !== undefined;
  const trainRows = Math.min(rows ?? splits.train.rows, splits.train.rows);
  const fits = /\bfit\b/.test(compiled.code);
  const fitRows = sizeOf(splits.train) > PREVIEW_BYTES ? PREVIEW_FIT_ROWS : splits.train.rows;
  const sentRows = isPreview ? Math.max(trainRows, fits ? fitRows : 0) : splits.train.rows;
  const names = isPreview ? (["train"] as const) : (["train", "validation", "test"] as const);

  const transfer: Transferable[] = [];
  const own = (table: Table): Table => ({
    rows: table.rows,
    columns: table.columns.map((column) => detached(column, transfer)),
  });
  return {
    job: {
      code: compiled.code,
      imports: compiled.imports,
      task,
      splits: names.map((name) => ({
        name,
        table: own(name === "train" ? sliceTable(splits.train, 0, sentRows) : splits[name]),
      })),
      trainLabels: fits ? request.trainLabels.slice(0, sentRows) : [],
      tables: Object.fromEntries(Object.entries(request.tables).map(([name, table]) => [name, own(table)])),
      seed: request.seed,
      trainRows,
      isPreview,
    },
    transfer,
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

/**
 * A copy of a column whose buffers can be moved. Views are packed first: cloning a few of them would clone the whole
 * buffer that they look into, which for a task's pictures is all of its pictures.
 */
function detached(column: Column, transfer: Transferable[]): Column {
  if (column.kind === "number") {
    const values = column.values.slice();
    transfer.push(values.buffer);
    return { ...column, values };
  }
  if (column.kind === "bytes") {
    const packed = new Uint8Array(column.values.reduce((sum, value) => sum + (value?.length ?? 0), 0));
    transfer.push(packed.buffer);
    return { ...column, values: packedInto(packed, column.values) };
  }
  if (column.kind === "vector") {
    const packed = new Float32Array(column.values.reduce((sum, value) => sum + (value?.length ?? 0), 0));
    transfer.push(packed.buffer);
    return { ...column, values: packedInto(packed, column.values) };
  }
  return column;
}

function packedInto<T extends Uint8Array | Float32Array>(packed: T, values: (T | null)[]): (T | null)[] {
  let at = 0;
  return values.map((value) => {
    if (!value) return null;
    packed.set(value, at);
    at += value.length;
    return packed.subarray(at - value.length, at) as T;
  });
}
