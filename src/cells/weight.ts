import type { Column, Table } from "../table";
import type { CellValue } from "./values";

/** A column's bytes in a table that lies in the engine, by its type: pictures and texts are the heavy ones. */
const BYTES_IN_ENGINE = 16;
const BYTES_OF_PICTURE = 1_000;

const known = new WeakMap<object, number>();

/**
 * What a result holds on to, piece by piece with its bytes: results share pieces (a model's holds the features that it was
 * fitted on), so what a set of results weighs is the sum over different pieces.
 */
export function* piecesOf(value: CellValue): Generator<[piece: object, bytes: number]> {
  switch (value.kind) {
    case "relation": {
      const width = value.relation.columns.reduce(
        (sum, { type }) => sum + (/BLOB/.test(type) ? BYTES_OF_PICTURE : BYTES_IN_ENGINE),
        0,
      );
      yield [value.relation, value.relation.rows * width];
      break;
    }
    case "features":
      for (const table of Object.values(value.splits)) yield* ofTable(table);
      break;
    case "plain":
      if (value.table) yield* ofTable(value.table);
      break;
    case "chart":
      yield* ofTable(value.table);
      break;
    case "predictions": {
      for (const numbers of Object.values(value.probabilities)) yield [numbers, numbers.byteLength];
      if (value.outOfFold) yield [value.outOfFold.probabilities, value.outOfFold.probabilities.byteLength];
      const request = value.exportable?.request;
      if (!request) break;
      for (const columns of [request.train, ...Object.values(request.predict)])
        for (const { column } of columns) yield [column.values, bytesOf(column)];
      break;
    }
    case "score":
      yield [value.labels, value.labels.byteLength];
  }
}

function* ofTable({ columns }: Table): Generator<[object, number]> {
  for (const column of columns) yield [column.values, bytesOf(column)];
}

/** A missing value and a reference take eight bytes; texts are counted by their length. */
function bytesOf(column: Column): number {
  const found = known.get(column.values);
  if (found !== undefined) return found;
  let bytes = column.values.length * 8;
  if (column.kind === "bytes" || column.kind === "vector")
    for (const value of column.values) bytes += value?.byteLength ?? 0;
  else if (column.kind === "string") for (const value of column.values) bytes += value?.length ?? 0;
  known.set(column.values, bytes);
  return bytes;
}
