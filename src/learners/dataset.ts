import type { PictureTensor } from "./cnn/pictures";
import { type EncoderOptions, encode, type FittedEncoder, fitEncoder, sharedRows } from "./encoder";
import { type Expansion, expand, fitExpansion } from "./expand";
import type { FeatureTable } from "./feature-table";
import { type FittedFeature, featuresOf, fitFeatures } from "./features";
import { foldGroups } from "./groups";
import {
  type Breathe,
  type InputColumn,
  input,
  type PreparedColumn,
  prepareColumns,
  rowsOfColumn,
  saysNothing,
} from "./inputs";
import type { Matrix } from "./matrix";
import { PictureStore } from "./pictures";
import { createPixels, type Pixels } from "./pixels";
import { scaled } from "./steps";

/** The training rows and what is to be predicted. */
export interface DatasetRequest {
  classes: string[];
  /** Of the training rows: indices into `classes`. */
  labels: Int32Array;
  /** Rows are pairs of records: columns `left_…` and `right_…` are compared. */
  pairs: boolean;
  train: InputColumn[];
  /** The same columns of the other splits. */
  predict: Record<string, InputColumn[]>;
}

/** What a plan is made of: plain facts of the training rows. */
export interface Facts {
  rows: number;
  classes: string[];
  /** Rows to predict, all splits together. */
  predicted: number;
  pairs: boolean;
  columns: ColumnFacts[];
  /** Picture columns as they came, where there is a picture in them. */
  pictures: string[];
}

export interface ColumnFacts {
  name: string;
  as: PreparedColumn["as"];
  /** Distinct values of a categorical column; the length of a vector. */
  size: number;
  /** UTF-16 units of the mean text. */
  length: number;
}

/** A dataset in a worker: its columns, and each encoding of them made once, for every member of a plan and every fold. */
export interface Dataset {
  classes: string[];
  labels: Int32Array;
  facts: Facts;
  expansion: Expansion;
  /** Of the training rows: those of one number stay in one fold. */
  groups?: Int32Array;
  /** The picture columns as they came, by split: what a network sees. Their pixels are there after `loadPixels`. */
  pictures(split: string, rows?: Int32Array): PictureTensor;
  /** Decodes the distinct pictures of all splits, once. */
  loadPixels(breathe: Breathe): Promise<void>;
  /** The prepared columns by split; the training rows are `train`. */
  splits: Record<string, PreparedColumn[]>;
  /** Rows of a split. */
  rows(split: string): number;
  matrices(columns: readonly string[], options: EncoderOptions): Generator<number, Encoded<FittedEncoder, Matrix>>;
  tables(columns: readonly string[]): Generator<number, Encoded<FittedFeature[], FeatureTable>>;
}

export interface Encoded<F, M> {
  encoder: F;
  of: Record<string, M>;
}

/**
 * Checks the rows and decodes their pictures.
 * @throws Fault `learner-input`, those of pictures
 */
export async function openDataset(
  request: DatasetRequest,
  breathe: Breathe,
  store = new PictureStore(),
): Promise<Dataset> {
  checkLabels(request);
  const given = { train: request.train, ...request.predict };
  const parts = Object.keys(given).length;
  const prepared: Record<string, PreparedColumn[]> = {};
  let done = 0;
  for (const [split, columns] of Object.entries(given)) {
    prepared[split] = await prepareColumns(columns, (share) => breathe((READING * (done + share)) / parts), store);
    sharedRows(prepared[split]);
    done++;
  }
  checkRows(prepared.train, request.labels.length);
  const rest = (done: number) => breathe(READING + (1 - READING) * done);
  const expansion = await breathing(fitExpansion(prepared.train, request.pairs), (done) => rest(done / (parts + 1)));
  const splits: Record<string, PreparedColumn[]> = {};
  for (const [i, [name, own]] of Object.entries(prepared).entries())
    splits[name] = await breathing(expand(expansion, own), (done) => rest((1 + i + done) / (parts + 1)));
  const { train, ...predicted } = prepared;
  const pixels = createPixels(prepared);
  return datasetOf(request, expansion, splits, pixels, foldGroups(train, Object.values(predicted), request.pairs));
}

/** How much of opening goes to reading; the rest goes to comparing pairs, where there are any. */
const READING = 0.5;

async function breathing<T>(steps: Generator<number, T>, breathe: Breathe): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe(step.value);
  }
}

function datasetOf(
  { classes, labels, pairs, train }: DatasetRequest,
  expansion: Expansion,
  splits: Record<string, PreparedColumn[]>,
  pixels: Pixels,
  groups: Int32Array | undefined,
): Dataset {
  const kept = new Map<string, unknown>();
  const rows = (split: string): number => {
    if (split === "train") return labels.length;
    return splits[split].length > 0 ? rowsOfColumn(splits[split][0]) : 0;
  };
  const only = (split: string, columns: readonly string[]) =>
    splits[split].filter((column) => columns.includes(column.name));

  function* encodings<F, M>(
    key: string,
    columns: readonly string[],
    learn: (train: PreparedColumn[]) => Generator<number, F>,
    apply: (encoder: F, own: PreparedColumn[]) => Generator<number, M>,
  ): Generator<number, Encoded<F, M>> {
    const known = kept.get(key) as Encoded<F, M> | undefined;
    if (known) return known;
    const names = Object.keys(splits);
    const share = 1 / (names.length + 1);
    const encoder = yield* scaled(0, share, learn(only("train", columns)));
    const of: Record<string, M> = {};
    for (const [i, split] of names.entries())
      of[split] = yield* scaled((i + 1) * share, (i + 2) * share, apply(encoder, only(split, columns)));
    const made = { encoder, of };
    kept.set(key, made);
    return made;
  }

  return {
    classes,
    labels,
    expansion,
    groups,
    splits,
    rows,
    facts: { ...factsOf({ classes, labels, pairs, train }, splits, rows), pictures: pixels.names },
    pictures: pixels.tensor,
    loadPixels: pixels.load,
    matrices: (columns, options) =>
      encodings(
        `matrix ${JSON.stringify([columns, options])}`,
        columns,
        (own) => fitMatrixEncoder(own, options),
        (encoder, own) => encode(encoder, own),
      ),
    tables: (columns) =>
      encodings(
        `table ${JSON.stringify(columns)}`,
        columns,
        (own) => fitFeatures(own),
        (encoder, own) => featuresOf(encoder, own),
      ),
  };
}

/** @throws Fault `learner-input` where no column says anything */
function* fitMatrixEncoder(
  columns: readonly PreparedColumn[],
  options: EncoderOptions,
): Generator<number, FittedEncoder> {
  const encoder = yield* fitEncoder(columns, options);
  if (encoder.columns.some((column) => column.kind !== "unused")) return encoder;
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  throw saysNothing(names);
}

function factsOf(
  { classes, labels, pairs }: Pick<DatasetRequest, "classes" | "labels" | "pairs" | "train">,
  splits: Record<string, PreparedColumn[]>,
  rows: (split: string) => number,
): Omit<Facts, "pictures"> {
  const predicted = Object.keys(splits).filter((split) => split !== "train");
  return {
    rows: labels.length,
    classes,
    predicted: predicted.reduce((sum, split) => sum + rows(split), 0),
    pairs,
    columns: splits.train.map(columnFacts),
  };
}

function columnFacts(column: PreparedColumn): ColumnFacts {
  const { name, as } = column;
  const plain = { name, as, size: 0, length: 0 };
  if (as === "categorical") return { ...plain, size: new Set(column.values).size };
  if (as === "vector") return { ...plain, size: column.values.find((value) => value !== null)?.length ?? 0 };
  if (as !== "text") return plain;
  const total = column.values.reduce((sum, value) => sum + (value?.length ?? 0), 0);
  return { ...plain, length: total / Math.max(1, column.values.length) };
}

function checkLabels({ labels, classes }: Pick<DatasetRequest, "labels" | "classes">): void {
  if (labels.length === 0) throw input("Cannot train: there are no training rows");
  if (classes.length < 2) throw input(`Cannot train: there are ${classes.length} classes, at least two are needed`);
  const row = labels.findIndex((label) => !(label >= 0 && label < classes.length));
  if (row >= 0) {
    throw input(`Cannot train: row ${row + 1} has no label of the ${classes.length} classes`, {
      hint: "Leave out rows without a label, or correct the task's classes.",
    });
  }
}

function checkRows(train: readonly PreparedColumn[], labels: number): void {
  const rows = sharedRows(train);
  if (train.length > 0 && rows !== labels) throw input(`Cannot train: ${rows} rows of features and ${labels} labels`);
}
