import * as ort from "onnxruntime-web";
import { hashOf } from "../../src/base";
import {
  encodeForModel,
  exportPlan,
  type FitResult,
  type FittedPlan,
  type ModelEntry,
  type ModelInputs,
  OUTPUT_NAME,
  prepareColumns,
  runToEnd,
  type Sidecar,
} from "../../src/learners";
import { featureColumns } from "../../src/tasks";
import { inputOf, type Rows, readTaskRows, type TaskRows } from "./data";
import { type Baseline, type Candidate, CODE } from "./suite";
import { type ColumnFilter, fitted, foldLoss, type Measured, measure, thresholdOf } from "./train";

export interface Built {
  entry: ModelEntry;
  onnx: Uint8Array;
  sidecar: string;
}

/** Sparse weights above this are stored as bytes. */
const MOST_BYTES = 1_000_000;

const VARIANTS: readonly { name: string; filter: ColumnFilter }[] = [
  { name: "text", filter: (column) => column.as === "text" },
  { name: "image", filter: (column) => column.as === "image" },
  { name: "numbers and categories", filter: (column) => column.as === "numeric" || column.as === "categorical" },
];

/** Trains a baseline and its single-modality variants, measures them on validation, and writes nothing. */
export async function build(baseline: Baseline, samples: string, say: (line: string) => void): Promise<Built> {
  const data = await readTaskRows(samples, baseline.task);
  const light = (column: { as: string }) => column.as !== "image";
  const majority = await fitted(data, { learner: "majority", settings: {} }, light);
  const variants = [{ name: "majority", ...measure(data, majority.probabilities.validation, undefined) }];
  for (const { name, filter } of VARIANTS) {
    if (!data.train.columns.some(filter)) continue;
    const { result } = await best(data, baseline, filter);
    const validation = measure(data, result.probabilities.validation, thresholdOf(result, data));
    variants.push({ name, ...validation });
    say(`${name}: ${shown(validation)}`);
  }
  const { candidate, loss } = await best(data, baseline, () => true);
  const result = await fitted(data, candidate, () => true, true);
  const threshold = thresholdOf(result, data);
  const { onnx, sidecar, quantised } = exported(baseline, data, result);
  const probabilities = await runOnnx(onnx, sidecar, data.validation);
  if (!quantised) checkParity(probabilities, result.probabilities.validation);
  const validation = measure(data, probabilities, threshold);
  say(`all: ${shown(validation)} (${wordsOf(candidate)}, log loss over folds ${loss.toFixed(4)})`);
  const text = `${JSON.stringify(sidecar)}\n`;
  const { id, title, task } = baseline;
  return {
    onnx,
    sidecar: text,
    entry: {
      kind: "classifier",
      id,
      title,
      task,
      reads: "all",
      file: `${id}.onnx`,
      sidecar: `${id}.json`,
      sha256: hashOf(onnx),
      bytes: onnx.length,
      sidecarSha256: hashOf(text),
      inputs: await describeInputs(sidecar, data.validation),
      classes: data.classes,
      ...(threshold !== undefined && { threshold }),
      trained: { dataSha256: data.dataSha256, rows: data.train.ids.length, code: CODE },
      scores: { validation, variants },
    },
  };
}

interface Best {
  candidate: Candidate;
  result: FitResult;
  loss: number;
}

/** The candidate with the least log loss over the folds of the training rows: validation plays no part. */
async function best(data: TaskRows, { candidates }: Baseline, filter: ColumnFilter): Promise<Best> {
  const tried: Best[] = [];
  for (const candidate of candidates) {
    const result = await fitted(data, candidate, filter);
    tried.push({ candidate, result, loss: foldLoss(result, data) });
  }
  return tried.reduce((one, other) => (other.loss < one.loss ? other : one));
}

function exported({ id }: Baseline, { task }: TaskRows, result: FitResult) {
  const { fitted: plan } = result;
  if (!plan) throw new Error("the fit was not kept");
  const quantised = sparseBytes(plan) > MOST_BYTES;
  const inputs = featureColumns(task).map(inputOf);
  return { ...exportPlan(plan, { name: id, inputs, quantised }), quantised };
}

const sparseBytes = ({ members }: FittedPlan): number =>
  members.reduce((sum, { fitted }) => sum + (fitted.learner === "linear" ? fitted.model.sparse.byteLength : 0), 0);

/** The inputs of the model for rows, as the tab would make them. */
export async function inputsFor(sidecar: Sidecar, rows: Rows): Promise<ModelInputs> {
  return runToEnd(encodeForModel(sidecar, await prepareColumns(rows.columns, async () => {})));
}

/** So many rows at a time, as in the tab: a padded batch of all rows might not fit into memory. */
const BATCH = 1024;

/** Runs the very file in ONNX Runtime: rows x classes. */
export async function runOnnx(onnx: Uint8Array, sidecar: Sidecar, rows: Rows): Promise<Float64Array> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx);
  const inputs = Object.entries(await inputsFor(sidecar, rows));
  const parts: number[] = [];
  for (let from = 0; from < rows.ids.length; from += BATCH) {
    const to = Math.min(rows.ids.length, from + BATCH);
    const feeds = inputs.map(([name, { type, data, dims }]) => {
      const size = data.length / dims[0];
      return [name, new ort.Tensor(type, data.slice(from * size, to * size), [to - from, ...dims.slice(1)])];
    });
    const output = await session.run(Object.fromEntries(feeds));
    parts.push(...(output[OUTPUT_NAME].data as Float32Array));
  }
  await session.release();
  return Float64Array.from(parts);
}

/** Probabilities of the file may differ from the tab's own by this much. */
const TOLERANCE = 1e-5;

/** A model that says something else than it was made of is never written. */
function checkParity(onnx: Float64Array, own: Float64Array): void {
  const difference = onnx.reduce((largest, value, i) => Math.max(largest, Math.abs(value - own[i])), 0);
  if (!(difference <= TOLERANCE))
    throw new Error(`the ONNX file is off by ${difference} from the model that it was made of`);
}

async function describeInputs(sidecar: Sidecar, { columns, ids, labels }: Rows): Promise<ModelEntry["inputs"]> {
  const first = {
    ids: ids.slice(0, 1),
    labels: labels.slice(0, 1),
    columns: columns.map((input) => ({
      ...input,
      column: { ...input.column, values: input.column.values.slice(0, 1) },
    })),
  };
  const inputs = await inputsFor(sidecar, first as Rows);
  return Object.entries(inputs).map(([name, { type, dims }]) => {
    const padded = /(ids|weights)$/.test(name);
    return {
      name,
      type,
      shape: ["N", ...(padded ? ["L"] : dims.slice(1))].join(" x "),
      meaning: padded ? "features of texts and categories, padded with 0" : "numbers",
    };
  });
}

const wordsOf = ({ learner, settings }: Candidate): string =>
  [learner, ...Object.entries(settings).map(([name, value]) => `${name} ${value}`)].join(", ");

export const shown = ({ metric, value, low, high }: Measured): string =>
  `${metric} ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
