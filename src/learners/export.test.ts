import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { encode } from "./encoder";
import { exportModel, quantisedWeights } from "./export";
import { fitModel, predictModel, runToEnd } from "./fit";
import { type InputColumn, prepareColumns } from "./inputs";
import { predictLinear } from "./linear";
import { encodeForModel } from "./model-inputs";
import { readModelManifest, readSidecar } from "./model-manifest";

ort.env.wasm.numThreads = 1;

const random = createRandom(9);
const rows = 200;
const labels = Int32Array.from({ length: rows }, () => Math.floor(random() * 3));
const columns: InputColumn[] = [
  {
    name: "title",
    as: "text",
    column: {
      kind: "string",
      name: "title",
      values: Array.from(labels, (label) => `${["oak", "elm", "ash"][label]} tree ${Math.floor(random() * 30)}`),
    },
  },
  {
    name: "height",
    as: "numeric",
    column: {
      kind: "number",
      name: "height",
      values: Float64Array.from(labels, (label) => (random() < 0.1 ? Number.NaN : label + random() * 2)),
    },
  },
  {
    name: "leaf",
    as: "vector",
    column: {
      kind: "vector",
      name: "leaf",
      values: Array.from(labels, (label) => Float32Array.from([random(), label * random()])),
    },
  },
];
const inputs = columns.map(({ name, as }) => ({ name, as }));

async function fitted() {
  const train = await prepareColumns(columns, async () => {});
  const model = runToEnd(
    fitModel({ learner: "linear", settings: {}, seed: 1, classes: ["oak", "elm", "ash"], labels, train }),
  );
  if (model.learner !== "linear") throw new Error("not linear");
  return { model, train };
}

async function runOnnx(
  onnx: Uint8Array,
  feeds: ReturnType<typeof encodeForModel>,
  output: string,
): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(onnx);
  const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]);
  return (await session.run(Object.fromEntries(tensors)))[output].data as Float32Array;
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe("an exported model", () => {
  it.each([false, true])("gives the tab's own probabilities to 1e-5 (quantised: %s)", async (quantised) => {
    const { model, train } = await fitted();
    const { onnx, sidecar } = exportModel(model, { name: "trees", inputs, quantised });
    const read = readSidecar(JSON.parse(JSON.stringify(sidecar)), "trees.json");
    const matrix = runToEnd(encode(read.encoder, train));
    const probabilities = await runOnnx(onnx, encodeForModel(matrix), read.output);
    const own = quantised
      ? runToEnd(predictLinear(quantisedWeights(model.weights), matrix))
      : runToEnd(predictModel(model, train));
    expect(probabilities.length).toBe(rows * 3);
    expect(largestDifference(probabilities, own)).toBeLessThan(1e-5);
  });

  it("leaves out an input for a part that no column has", async () => {
    const { model } = await fitted();
    const matrix = {
      rows: 2,
      sparseWidth: 0,
      ids: new Int32Array(0),
      weights: new Float32Array(0),
      offsets: new Uint32Array(3),
      denseWidth: 1,
      dense: new Float32Array(2),
    };
    expect(Object.keys(encodeForModel(matrix))).toEqual(["dense"]);
    expect(model.classes).toEqual(["oak", "elm", "ash"]);
  });
});

describe("a sidecar", () => {
  it("of another encoder version is stale; damaged ones name the path", async () => {
    const { model } = await fitted();
    const { sidecar } = exportModel(model, { name: "trees", inputs, quantised: false });
    const older = { ...sidecar, encoder: { ...sidecar.encoder, version: 0 } };
    expect(() => readSidecar(older, "trees.json")).toThrow("version 0");
    const broken = structuredClone(sidecar) as { encoder: { columns: { kind: string }[] } };
    broken.encoder.columns[1].kind = "magic";
    expect(() => readSidecar(broken, "trees.json")).toThrow("trees.json, at encoder.columns.1.kind");
    expect(() => readSidecar({ ...sidecar, inputs: inputs.slice(1) }, "trees.json")).toThrow(
      "not as many encoded columns",
    );
    expect(() => readModelManifest({ format: "polytab-models/2", models: [] }, "models.json")).toThrow("at format");
  });
});
