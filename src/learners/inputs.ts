import { Fault } from "../base";
import type { Column } from "../table";
import { PictureStore } from "./pictures";
import { log } from "./portable";

/** How a column is encoded. `image` reads encoded pictures, `vector` numbers of one length. */
export type InputKind = "numeric" | "categorical" | "text" | "image" | "vector";

export interface InputColumn {
  name: string;
  as: InputKind;
  column: Column;
}

/** Pictures by their numbers in a store; -1 where the picture is missing. */
export interface PictureColumn {
  name: string;
  as: "picture";
  index: Int32Array;
  store: PictureStore;
}

/** A column ready for the encoders: what they need asynchronous work for is done. */
export type PreparedColumn =
  | { name: string; as: "numeric"; values: Float64Array }
  | { name: string; as: "categorical" | "text"; values: (string | null)[] }
  | { name: string; as: "vector"; values: (Float32Array | null)[] }
  | PictureColumn;

export const rowsOfColumn = (column: PreparedColumn): number =>
  column.as === "picture" ? column.index.length : column.values.length;

/** Lets other work (a stop, above all) have its turn; the clock and the macrotask belong to the caller. */
export type Breathe = (done: number) => Promise<void>;

/**
 * Checks the columns and decodes their pictures.
 * @throws Fault `learner-input` naming the column, and the row where there is one
 */
export async function prepareColumns(
  inputs: readonly InputColumn[],
  breathe: Breathe,
  store = new PictureStore(),
): Promise<PreparedColumn[]> {
  const prepared: PreparedColumn[] = [];
  for (const [index, input] of inputs.entries()) {
    if (input.as === "image") {
      prepared.push(await decoded(input, store, (done) => breathe((index + done) / inputs.length)));
    } else prepared.push(plain(input));
    await breathe((index + 1) / inputs.length);
  }
  return prepared;
}

function plain({ name, as, column }: InputColumn): PreparedColumn {
  switch (as) {
    case "numeric":
      return { name, as, values: numbersOf(name, column) };
    case "categorical":
    case "text":
      return { name, as, values: textsOf(name, as, column) };
    case "vector":
      if (column.kind !== "vector") throw wrongKind(name, as, column, "an array of numbers in every row");
      return { name, as, values: column.values };
    case "image":
      throw new Error("pictures are decoded, not taken as they are");
  }
}

/** More of a text column's values than this must read as numbers; the rest counts as missing. */
const NUMBER_SHARE = 0.9;

function numbersOf(name: string, column: Column): Float64Array {
  if (column.kind === "number") return column.values;
  if (column.kind === "boolean") {
    return Float64Array.from(column.values, (value) => (value === null ? Number.NaN : Number(value)));
  }
  if (column.kind !== "string") throw wrongKind(name, "numeric", column, "numbers");
  let present = 0;
  const misread: number[] = [];
  const values = Float64Array.from(column.values, (value, row) => {
    const text = value?.trim() ?? "";
    if (text === "") return Number.NaN;
    present++;
    const number = Number(text);
    if (Number.isNaN(number)) misread.push(row);
    return number;
  });
  if (misread.length > present * (1 - NUMBER_SHARE)) {
    throw input(`Cannot read "${name}" as numbers: row ${misread[0] + 1} holds ${quoted(column.values[misread[0]])}`, {
      hint: "Make it a categorical or a text column, or turn it into numbers in a feature cell.",
    });
  }
  return values;
}

function textsOf(name: string, as: "categorical" | "text", column: Column): (string | null)[] {
  if (column.kind === "string") return column.values;
  if (column.kind === "boolean") return column.values.map((value) => (value === null ? null : String(value)));
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
  throw wrongKind(name, as, column, "text, numbers or truth values");
}

async function decoded({ name, column }: InputColumn, store: PictureStore, breathe: Breathe): Promise<PictureColumn> {
  if (column.kind !== "bytes") throw wrongKind(name, "image", column, "encoded pictures");
  const rows = column.values.length;
  const index = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    const bytes = column.values[row];
    if (bytes) index[row] = await store.add(bytes, name, row);
    if (row % 16 === 0) await breathe(row / rows);
  }
  return { name, as: "picture", index, store };
}

function wrongKind(name: string, as: InputKind, column: Column, expected: string): Fault {
  return input(`Cannot use "${name}" as ${as}: it holds ${column.kind} values, not ${expected}`, {
    hint: "Correct the column's modality, or make the feature in a feature cell.",
  });
}

/** Of columns without any information, by their names. A member of an ensemble that meets it is left out. */
export function saysNothing(names: string): Fault {
  return new Fault(NOTHING, `Cannot train: no column says anything about the rows (${names})`, {
    hint: "Every one is empty, constant, or different in every row. Add a feature, or use the learner majority.",
  });
}

export const NOTHING = "learner-nothing";

export function input(message: string, options: { hint?: string } = {}): Fault {
  return new Fault("learner-input", message, options);
}

function quoted(value: string | null): string {
  const text = value ?? "";
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** Another model's predictions as an input: the logarithms of its probabilities, centred, a vector a row. */
export function predictionsAsInput(name: string, probabilities: Float32Array, classes: number): InputColumn {
  const rows = probabilities.length / classes;
  const values = Array.from({ length: rows }, (_, row) => {
    const own = Float32Array.from(probabilities.subarray(row * classes, (row + 1) * classes), (probability) =>
      log(Math.max(LEAST_PROBABILITY, probability)),
    );
    const mean = own.reduce((sum, value) => sum + value, 0) / classes;
    return own.map((value) => value - mean);
  });
  return { name, as: "vector", column: { kind: "vector", name, values } };
}

export const LEAST_PROBABILITY = 1e-6;

/** The rows with these numbers. */
export function pickRows(column: PreparedColumn, rows: Int32Array): PreparedColumn {
  switch (column.as) {
    case "numeric":
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) };
    case "picture":
      return { ...column, index: rows.map((row) => column.index[row]) };
    case "vector":
      return { ...column, values: Array.from(rows, (row) => column.values[row]) };
    default:
      return { ...column, values: Array.from(rows, (row) => column.values[row]) };
  }
}
