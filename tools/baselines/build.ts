import * as ort from "onnxruntime-web";
import { hashOf } from "../../src/base";
import {
  encode,
  encodeForModel,
  exportModel,
  type FittedEncoder,
  type ModelEntry,
  predictModel,
  quantisedWeights,
  runToEnd,
  widthsOf,
} from "../../src/learners";
import { score } from "../../src/scoring";
import { featureColumns } from "../../src/tasks";
import { inputOf, type Rows, readTaskRows, type TaskRows } from "./data";
import { type Baseline, CODE, SEED } from "./suite";
import { type ColumnFilter, fitMajority, type LinearFit, predict, train } from "./train";

export interface Built {
  entry: ModelEntry;
  onnx: Uint8Array;
  sidecar: string;
}

/** Sparse weights above this are stored as bytes. */
const MOST_BYTES = 1_000_000;

const VARIANTS: readonly { name: string; filter: ColumnFilter }[] = [
  { name: "text", filter: (column) => column.as === "text" },
  { name: "image", filter: (column) => column.as === "picture" },
  { name: "numbers and categories", filter: (column) => column.as === "numeric" || column.as === "categorical" },
];

/** Trains a baseline and its single-modality variants, measures them on validation, and writes nothing. */
export async function build(baseline: Baseline, samples: string, say: (line: string) => void): Promise<Built> {
  const data = await readTaskRows(samples, baseline.task);
  const variants = [
    {
      name: "majority",
      ...measure(
        data,
        predict(fitMajority(data.train, data.classes), data.validation, () => true),
      ),
    },
  ];
  for (const { name, filter } of VARIANTS) {
    if (!data.train.columns.some(filter)) continue;
    const { model, penalty } = train(data.train, data.classes, filter);
    variants.push({ name, ...measure(data, predict(model, data.validation, filter)) });
    say(`${name}: ${shown(variants[variants.length - 1])} (penalty ${penalty})`);
  }
  const fusion = train(data.train, data.classes, () => true);
  const model = smaller(fusion.model);
  const own = predict(model.fit, data.validation, () => true);
  const validation = measure(data, own);
  say(`all: ${shown(validation)} (penalty ${fusion.penalty}, log loss over folds ${fusion.foldLogLoss.toFixed(4)})`);

  const inputs = featureColumns(data.task).map(inputOf);
  const exported = exportModel(fusion.model, { name: baseline.id, inputs, quantised: model.quantised });
  const sidecar = `${JSON.stringify(exported.sidecar)}\n`;
  await checkOnnx(exported.onnx, model.fit, data.validation);
  const files = { file: `${baseline.id}.onnx`, sidecar: `${baseline.id}.json` };
  return {
    onnx: exported.onnx,
    sidecar,
    entry: {
      ...baseline,
      ...files,
      sha256: hashOf(exported.onnx),
      bytes: exported.onnx.length,
      sidecarSha256: hashOf(sidecar),
      inputs: describeInputs(fusion.model.encoder),
      classes: data.classes,
      trained: { dataSha256: data.dataSha256, rows: data.train.ids.length, code: CODE },
      scores: { validation, variants },
    },
  };
}

type Measured = ModelEntry["scores"]["validation"];

function measure({ task, classes, validation }: TaskRows, probabilities: Float64Array): Measured {
  const { primary } = score({
    track: task.track,
    metric: task.metric,
    labels: validation.labels,
    probabilities,
    classes,
    seed: SEED,
  });
  return { metric: primary.metric, value: primary.value, low: primary.low, high: primary.high };
}

/** Rounds the sparse weights where that is needed for the size; what is measured is what ships. */
function smaller(fit: LinearFit): { fit: LinearFit; quantised: boolean } {
  if (fit.weights.sparse.byteLength <= MOST_BYTES) return { fit, quantised: false };
  return { fit: { ...fit, weights: quantisedWeights(fit.weights) }, quantised: true };
}

/** Probabilities of the file may differ from the tab's own by this much. */
const TOLERANCE = 1e-5;

/** Runs the very file in ONNX Runtime and compares: a model that says something else is never written. */
async function checkOnnx(onnx: Uint8Array, model: LinearFit, rows: Rows): Promise<void> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx);
  const feeds = encodeForModel(runToEnd(encode(model.encoder, rows.columns)));
  const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]);
  const { probabilities } = await session.run(Object.fromEntries(tensors));
  const own = runToEnd(predictModel(model, rows.columns));
  const difference = Array.from(probabilities.data as Float32Array).reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - own[i])),
    0,
  );
  if (!(difference <= TOLERANCE))
    throw new Error(`the ONNX file is off by ${difference} from the model that it was made of`);
}

function describeInputs(encoder: FittedEncoder): ModelEntry["inputs"] {
  const { sparse, dense } = widthsOf(encoder);
  const inputs: ModelEntry["inputs"] = [];
  if (sparse > 0) {
    inputs.push(
      { name: "ids", type: "int32", shape: "N x L", meaning: `features below ${sparse}, padded with 0` },
      { name: "weights", type: "float32", shape: "N x L", meaning: "their weights, padded with 0" },
    );
  }
  if (dense > 0)
    inputs.push({ name: "dense", type: "float32", shape: `N x ${dense}`, meaning: "standardised numbers" });
  return inputs;
}

export const shown = ({ metric, value, low, high }: Measured): string =>
  `${metric} ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
