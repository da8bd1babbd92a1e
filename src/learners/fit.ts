import type { Progress } from "../base";
import { type EncoderOptions, encode, type FittedEncoder, fitEncoder, sharedRows, widthsOf } from "./encoder";
import { type Breathe, type InputColumn, input, type PreparedColumn, prepareColumns, rowsOfColumn } from "./inputs";
import { fitLinear, type LinearModel, predictLinear, priors } from "./linear";
import type { Matrix } from "./matrix";
import { readLearnerName, readSettings } from "./settings";

export interface FitRequest {
  /** One of `LEARNERS`; checked here, since it is a text in a notebook. */
  learner: string;
  settings: Record<string, unknown>;
  seed: number;
  classes: string[];
  /** Of the training rows: indices into `classes`. */
  labels: Int32Array;
  train: InputColumn[];
  /** The same columns of every split to predict. */
  predict: Record<string, InputColumn[]>;
}

export interface FitResult {
  /** By split: rows x classes, row-major; every row sums to one. */
  probabilities: Record<string, Float64Array>;
  classes: string[];
  /** Encoded width: sparse and dense features together. */
  features: number;
  fitMs: number;
  predictMs: number;
  /** Training rows. */
  rows: number;
  /** What a reader should know, like a column that was left out. */
  notes: string[];
}

export type Model =
  | { learner: "majority"; classes: string[]; shares: Float64Array }
  | { learner: "linear"; classes: string[]; encoder: FittedEncoder; weights: LinearModel };

/** A request whose pictures are decoded: what is left is synchronous and the same everywhere. */
export interface PreparedRequest extends Omit<FitRequest, "train" | "predict"> {
  train: PreparedColumn[];
  predict: Record<string, PreparedColumn[]>;
}

/** How many classes or features would no longer fit into a tab's memory, as 32-bit weights. */
const MOST_WEIGHTS = 150_000_000;

/**
 * Checks a request and decodes its pictures.
 * @throws Fault `learner-input`, `learner-settings`
 */
export async function prepareRequest(request: FitRequest, breathe: Breathe): Promise<PreparedRequest> {
  readSettings(readLearnerName(request.learner), request.settings);
  const parts = 1 + Object.keys(request.predict).length;
  let done = 0;
  const prepare = async (columns: InputColumn[]) => {
    const prepared = await prepareColumns(columns, (share) => breathe((done + share) / parts));
    done++;
    return prepared;
  };
  const train = await prepare(request.train);
  const predict: Record<string, PreparedColumn[]> = {};
  for (const [split, columns] of Object.entries(request.predict)) predict[split] = await prepare(columns);
  return { ...request, train, predict };
}

/**
 * Fits on the training rows and predicts every split: the whole learner, synchronous, in steps of a few milliseconds.
 * `now` is a clock in milliseconds, for the times reported.
 * @throws Fault `learner-input`, `learner-settings`
 */
export function* fitPredict(request: PreparedRequest, now: () => number): Generator<Progress, FitResult> {
  const started = now();
  const model = yield* within(0, 0.85, fitModel(request));
  const fitted = now();
  const probabilities: Record<string, Float64Array> = {};
  const splits = Object.entries(request.predict);
  for (const [index, [split, columns]] of splits.entries()) {
    const from = 0.85 + (0.15 * index) / splits.length;
    const steps = predictModel(model, columns, request.labels.length);
    probabilities[split] = yield* within(from, from + 0.15 / splits.length, noted(`predicting ${split}`, steps));
  }
  const widths = model.learner === "linear" ? widthsOf(model.encoder) : { sparse: 0, dense: 0 };
  return {
    probabilities,
    classes: request.classes,
    features: widths.sparse + widths.dense,
    fitMs: fitted - started,
    predictMs: now() - fitted,
    rows: request.labels.length,
    notes: notesOf(model),
  };
}

/** Fits a learner on the training rows. Yields progress. */
export function* fitModel(request: Omit<PreparedRequest, "predict">): Generator<Progress, Model> {
  const learner = readLearnerName(request.learner);
  const settings = readSettings(learner, request.settings);
  checkLabels(request);
  const { labels, classes, seed } = request;
  if (learner === "majority") return { learner, classes, shares: priors(labels, classes.length) };
  checkTrain(request);
  const { encoder, matrix } = yield* within(
    0,
    0.3,
    encodeTrain(request.train, encoderOptions(settings, labels.length)),
  );
  checkWidth(matrix, classes);
  const options = {
    epochs: settings.epochs === "auto" ? autoEpochs(labels.length) : settings.epochs,
    rate: numberOf(settings.rate),
    l2: settings.l2 === "auto" ? autoPenalty(labels.length) : settings.l2,
    seed,
  };
  const weights = yield* within(0.3, 1, counted(fitLinear(matrix, labels, classes.length, options), options.epochs));
  return { learner, classes, encoder, weights };
}

/** Probabilities of every row, rows x classes. `majority` needs the number of rows where there are no columns. */
export function* predictModel(
  model: Model,
  columns: readonly PreparedColumn[],
  rowsWithout = 0,
): Generator<number, Float64Array> {
  if (model.learner === "majority") {
    const rows = columns.length > 0 ? rowsOfColumn(columns[0]) : rowsWithout;
    const probabilities = new Float64Array(rows * model.shares.length);
    for (let row = 0; row < rows; row++) probabilities.set(model.shares, row * model.shares.length);
    return probabilities;
  }
  const matrix = yield* scaled(0, 0.7, encode(model.encoder, columns));
  return yield* scaled(0.7, 1, predictLinear(model.weights, matrix));
}

/** Small data needs many passes until the steps have summed up; large data is seen often enough in a few. */
function autoEpochs(rows: number): number {
  return Math.min(20, Math.max(5, Math.ceil(50_000 / rows)));
}

/** The penalty that keeps its weight against the sum over the rows, as scikit-learn's C = 10 does. */
function autoPenalty(rows: number): number {
  return 1 / (10 * rows);
}

export function encoderOptions(settings: Record<string, number | "auto">, rows: number): EncoderOptions {
  return {
    numericBins: numberOf(settings.numeric_bins),
    clip: numberOf(settings.clip),
    mostCategories: numberOf(settings.max_categories),
    textBits: numberOf(settings.text_bits),
    // A gram of one text among thousands is noise that only costs memory; among hundreds it is most of the signal.
    leastTexts: settings.text_min_rows === "auto" ? (rows < 5000 ? 1 : 2) : settings.text_min_rows,
  };
}

function* encodeTrain(
  columns: readonly PreparedColumn[],
  options: EncoderOptions,
): Generator<Progress, { encoder: FittedEncoder; matrix: Matrix }> {
  const encoder = yield* noted("reading the columns", scaled(0, 0.5, fitEncoder(columns, options)));
  if (encoder.columns.every((column) => column.kind === "unused")) {
    throw input(`Cannot train: no column says anything about the rows (${names(columns)})`, {
      hint: "Every one is empty, constant, or different in every row. Add a feature, or use the learner majority.",
    });
  }
  const matrix = yield* noted("encoding the rows", scaled(0.5, 1, encode(encoder, columns)));
  return { encoder, matrix };
}

function checkLabels({ labels, classes }: Pick<FitRequest, "labels" | "classes">): void {
  if (labels.length === 0) throw input("Cannot train: there are no training rows");
  if (classes.length < 2) throw input(`Cannot train: there are ${classes.length} classes, at least two are needed`);
  const row = labels.findIndex((label) => !(label >= 0 && label < classes.length));
  if (row >= 0) {
    throw input(`Cannot train: row ${row + 1} has no label of the ${classes.length} classes`, {
      hint: "Leave out rows without a label, or correct the task's classes.",
    });
  }
}

function checkTrain({ labels, classes, train }: Omit<PreparedRequest, "predict">): void {
  if (train.length === 0)
    throw input("Cannot train without inputs", { hint: "Name columns or feature cells in inputs." });
  const rows = sharedRows(train);
  if (rows !== labels.length) throw input(`Cannot train: ${rows} rows of features and ${labels.length} labels`);
  if (labels.every((label) => label === labels[0])) {
    throw input(`Cannot train: every training row has the label "${classes[labels[0]]}"`, {
      hint: "A learner needs rows of at least two classes.",
    });
  }
}

function checkWidth(matrix: Matrix, classes: readonly string[]): void {
  const width = matrix.sparseWidth + matrix.denseWidth;
  if (width * classes.length <= MOST_WEIGHTS) return;
  throw input(`Cannot train: ${width} features times ${classes.length} classes do not fit into memory`, {
    hint: "Lower text_bits or max_categories, or raise text_min_rows.",
  });
}

function notesOf(model: Model): string[] {
  if (model.learner === "majority") return [];
  return model.encoder.columns.flatMap((column) => (column.kind === "unused" ? [column.reason] : []));
}

const names = (columns: readonly PreparedColumn[]): string => columns.map((column) => `"${column.name}"`).join(", ");

function numberOf(value: number | "auto"): number {
  if (value === "auto") throw new Error("a setting without a number of its own");
  return value;
}

/** A part's progress as its place in the whole. */
function* within<T>(from: number, to: number, steps: Generator<Progress, T>): Generator<Progress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { ...step.value, done: from + (to - from) * step.value.done };
  }
}

function* scaled<T>(from: number, to: number, steps: Generator<number, T>): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** The same steps with a note for the reader. */
export function* noted<T>(note: string, steps: Generator<number, T>): Generator<Progress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { done: step.value, note };
  }
}

function* counted<T>(steps: Generator<number, T>, epochs: number): Generator<Progress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { done: step.value, note: `pass ${Math.floor(step.value * epochs) + 1} of ${epochs}` };
  }
}

/** Runs steps to their end at once: for Node and tests. */
export function runToEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
