import { suggest } from "../base";
import { categoricalWidths, type FittedCategorical, fitCategorical, writeCategorical } from "./categorical";
import { IMAGE_FEATURES } from "./image";
import { input, type PictureColumn, type PreparedColumn, rowsOfColumn } from "./inputs";
import { type Matrix, MatrixBuilder, type Sink } from "./matrix";
import { type FittedNumeric, fitNumeric, numericWidths, writeNumeric } from "./numeric";
import { blockWidth, fitBlock, type ReadRow, type StandardBlock, writeBlock } from "./standard";
import { scaled } from "./steps";
import { type FittedText, fitText, textWidths, writeText } from "./text";

/** Changes whenever equal columns would be encoded to other numbers; sidecars of another version are stale. */
export const ENCODER_VERSION = 2;

export type FittedColumn =
  | FittedNumeric
  | FittedCategorical
  | FittedText
  | ({ kind: "image"; name: string } & StandardBlock)
  | ({ kind: "vector"; name: string } & StandardBlock)
  | { kind: "unused"; name: string; reason: string };

/** What an encoder learnt from the training rows: plain data that JSON keeps. Columns are in the order of the inputs. */
export interface FittedEncoder {
  version: number;
  columns: FittedColumn[];
}

export interface EncoderOptions {
  numericBins: number;
  clip: number;
  mostCategories: number;
  textBits: number;
  leastTexts: number;
}

/** So many rows are encoded between two yields: a few milliseconds of work. */
const ROWS_A_STEP = 32;

/** Learns the encoding of every column from the training rows. Yields the share done. */
export function* fitEncoder(
  columns: readonly PreparedColumn[],
  options: EncoderOptions,
): Generator<number, FittedEncoder> {
  const fitted: FittedColumn[] = [];
  for (const column of columns) {
    const from = fitted.length / columns.length;
    fitted.push(
      (yield* scaled(from, from + 1 / columns.length, fitColumn(column, options))) ?? {
        kind: "unused",
        name: column.name,
        reason: `"${column.name}" is left out: its training rows say nothing (no values, one value, or as many as rows)`,
      },
    );
    yield fitted.length / columns.length;
  }
  return { version: ENCODER_VERSION, columns: fitted };
}

function* fitColumn(column: PreparedColumn, options: EncoderOptions): Generator<number, FittedColumn | undefined> {
  const { name } = column;
  switch (column.as) {
    case "numeric":
      return fitNumeric(name, column.values, { bins: options.numericBins, clip: options.clip });
    case "categorical":
      return fitCategorical(name, column.values, { most: options.mostCategories });
    case "text":
      return yield* fitText(name, column.values, { bits: options.textBits, leastTexts: options.leastTexts });
    case "vector": {
      const length = vectorLength(name, column.values);
      const block = length > 0 && fitBlock(column.values.length, length, readVector(name, column.values, length));
      return block ? { kind: "vector", name, ...block } : undefined;
    }
    case "picture": {
      const block = fitBlock(column.index.length, IMAGE_FEATURES, readPicture(column));
      return block && { kind: "image", name, ...block };
    }
  }
}

/** Widths of the encoded rows. */
export function widthsOf(encoder: FittedEncoder): { sparse: number; dense: number } {
  let sparse = 0;
  let dense = 0;
  for (const column of encoder.columns) {
    const widths = columnWidths(column);
    sparse += widths.sparse;
    dense += widths.dense;
  }
  return { sparse, dense };
}

function columnWidths(fitted: FittedColumn): { sparse: number; dense: number } {
  switch (fitted.kind) {
    case "numeric":
      return numericWidths(fitted);
    case "categorical":
      return categoricalWidths(fitted);
    case "text":
      return textWidths(fitted);
    case "image":
    case "vector":
      return { sparse: 0, dense: blockWidth(fitted) };
    case "unused":
      return { sparse: 0, dense: 0 };
  }
}

/**
 * Encodes rows by a fitted encoder. Columns are matched by position and name. Yields the share done.
 * @throws Fault `learner-input` when a column is missing, of another kind, or of another length than the rest
 */
export function* encode(encoder: FittedEncoder, columns: readonly PreparedColumn[]): Generator<number, Matrix> {
  const rows = sharedRows(columns);
  const { sparse, dense } = widthsOf(encoder);
  const builder = new MatrixBuilder(rows, sparse, dense);
  let sparseBase = 0;
  let denseBase = 0;
  const writers = encoder.columns.map((fitted, index) => {
    const own = { sparse: sparseBase, dense: denseBase, write: writerOf(fitted, columnFor(fitted, columns, index)) };
    const widths = columnWidths(fitted);
    sparseBase += widths.sparse;
    denseBase += widths.dense;
    return own;
  });
  for (let row = 0; row < rows; row++) {
    for (const writer of writers) {
      builder.startColumn(writer.sparse, writer.dense);
      writer.write(row, builder);
    }
    builder.endRow();
    if (row % ROWS_A_STEP === 0) yield row / rows;
  }
  return builder.build();
}

/** @throws Fault `learner-input` when the columns have different lengths */
export function sharedRows(columns: readonly PreparedColumn[]): number {
  const rows = columns.length === 0 ? 0 : rowsOfColumn(columns[0]);
  for (const column of columns) {
    if (rowsOfColumn(column) === rows) continue;
    throw input(
      `Cannot encode "${column.name}": it has ${rowsOfColumn(column)} rows, "${columns[0].name}" has ${rows}`,
    );
  }
  return rows;
}

function columnFor(fitted: FittedColumn, columns: readonly PreparedColumn[], index: number): PreparedColumn {
  const column =
    columns[index]?.name === fitted.name ? columns[index] : columns.find((one) => one.name === fitted.name);
  if (column) return column;
  throw input(`Cannot encode: the column "${fitted.name}" that was there in training is missing`, {
    hint: suggest(
      fitted.name,
      columns.map((one) => one.name),
    ),
  });
}

function writerOf(fitted: FittedColumn, column: PreparedColumn): (row: number, sink: Sink) => void {
  if (fitted.kind === "unused") return () => {};
  if (fitted.kind === "numeric" && column.as === "numeric") return writeNumeric(fitted, column.values);
  if (fitted.kind === "categorical" && column.as === "categorical") return writeCategorical(fitted, column.values);
  if (fitted.kind === "text" && column.as === "text") return writeText(fitted, column.values);
  if (fitted.kind === "image" && column.as === "picture") return writeBlock(fitted, readPicture(column));
  if (fitted.kind === "vector" && column.as === "vector") {
    return writeBlock(fitted, readVector(column.name, column.values, fitted.mean.length));
  }
  throw input(`Cannot encode "${fitted.name}": it was ${fitted.kind} in training and is ${column.as} now`);
}

function readPicture({ index, store }: PictureColumn): ReadRow {
  return (row, out) => {
    const number = index[row];
    if (number < 0) return false;
    out.set(store.features.subarray(number * IMAGE_FEATURES, (number + 1) * IMAGE_FEATURES));
    return true;
  };
}

/** The first vector's length; 0 where all rows are missing. */
function vectorLength(name: string, values: readonly (Float32Array | null)[]): number {
  const first = values.find((value) => value !== null);
  if (first && first.length === 0) throw input(`Cannot use "${name}" as vector: its vectors are empty`);
  return first?.length ?? 0;
}

function readVector(name: string, values: readonly (Float32Array | null)[], length: number): ReadRow {
  return (row, out) => {
    const value = values[row];
    if (value === null) return false;
    if (value.length !== length) {
      throw input(`Cannot use "${name}" as vector: row ${row + 1} has ${value.length} numbers, others have ${length}`, {
        hint: "Every row needs the same length, or null.",
      });
    }
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(value[i])) {
        throw input(`Cannot use "${name}" as vector: row ${row + 1} holds ${value[i]} at position ${i}`, {
          hint: "Vectors hold finite numbers; use null for a missing vector.",
        });
      }
      out[i] = value[i];
    }
    return true;
  };
}
