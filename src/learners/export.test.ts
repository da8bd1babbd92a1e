import { encode as encodePng } from "fast-png";
import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { exportPlan, type FittedModel } from "./export";
import type { FitRequest } from "./fit";
import { type InputColumn, predictionsAsInput, prepareColumns } from "./inputs";
import { encodeForModel, type ModelInputs, picturesForModel } from "./model-inputs";
import { readModelManifest } from "./model-list";
import { readSidecar } from "./model-manifest";
import { runFitPredict } from "./serve";
import { runToEnd } from "./steps";

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
/** Pictures: a bar of one of two colours on nothing; the third class mostly has none. Two columns, as records of a pair have. */
const pictures = ["front", "back"].map(
  (name): InputColumn => ({
    name,
    as: "image",
    column: {
      kind: "bytes",
      name,
      values: Array.from(labels, (label) => (label === 2 && random() < 0.7 ? null : bar(label))),
    },
  }),
);

function bar(label: number): Uint8Array {
  const size = 16;
  const data = new Uint8Array(size * size * 4);
  const line = 2 + Math.floor(random() * 10);
  for (let at = line * size * 4; at < (line + 3) * size * 4; at += 4) {
    data.set([label === 0 ? 250 : 20, 90, label === 1 ? 220 : 10, random() < 0.2 ? 130 : 255], at);
  }
  return encodePng({ width: size, height: size, data, channels: 4, depth: 8 });
}

const CLASSES = ["oak", "elm", "ash"];
const part = (input: InputColumn, from: number, to: number): InputColumn => ({
  ...input,
  column: { ...input.column, values: input.column.values.slice(from, to) } as InputColumn["column"],
});

const run = (request: FitRequest) => runFitPredict(request, { now: () => 0, pause: async () => {} }, {});

/** A fit of all rows but the last fifty, and what the tab says of those. */
async function fitted(
  learner: string,
  settings: Record<string, unknown> = {},
  read = columns,
  two = false,
  outOfFold = false,
) {
  const classes = two ? CLASSES.slice(0, 2) : CLASSES;
  const train = read.map((input) => part(input, 0, 150));
  const rows = read.map((input) => part(input, 150, 200));
  const own = labels.slice(0, 150).map((label) => label % classes.length);
  const result = await run({
    ...{ learner, settings, seed: 1, classes, labels: own, pairs: false, metric: "accuracy" },
    ...{ outOfFold, keep: true, models: [], train, predict: { validation: rows } },
  });
  if (!result.fitted) throw new Error("the fit was not kept");
  const inputs = train.map(({ name, as }) => ({ name, as }));
  const model: FittedModel = { plan: result.fitted, inputs, models: {} };
  return { plan: result.fitted, model, inputs, result, own: result.probabilities.validation, rows };
}

async function runOnnx(onnx: Uint8Array, feeds: ModelInputs, output: string): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(onnx);
  const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]);
  return (await session.run(Object.fromEntries(tensors)))[output].data as Float32Array;
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

async function probabilitiesOf(onnx: Uint8Array, sidecar: unknown, rows: InputColumn[]): Promise<Float32Array> {
  const read = readSidecar(JSON.parse(JSON.stringify(sidecar)), "trees.json");
  const prepared = await prepareColumns(rows, async () => {});
  const feeds = await picturesForModel(read, prepared, async () => {});
  return runOnnx(onnx, { ...feeds, ...runToEnd(encodeForModel(read, prepared)) }, read.output);
}

describe("an exported model", () => {
  const noTexts = columns.filter(({ as }) => as !== "text");
  const noNumbers = columns.filter(({ as }) => as === "text");
  const missing: InputColumn[] = columns.map((input) =>
    input.as === "text"
      ? { ...input, column: { kind: "string", name: input.name, values: Array.from(labels, () => null) } }
      : input,
  );

  it.each<[string, string, Record<string, unknown>, InputColumn[], boolean]>([
    ["majority", "majority", {}, columns, false],
    ["linear", "linear", {}, columns, false],
    ["gbdt", "gbdt", {}, columns, false],
    ["mlp", "mlp", { epochs: 5 }, columns, false],
    ["mlp of two classes", "mlp", { epochs: 5 }, columns, true],
    ["mlp without sparse features", "mlp", { epochs: 5, numeric_bins: 0 }, noTexts.slice(1), false],
    ["mlp without dense features", "mlp", { epochs: 5 }, noNumbers, false],
    ["knn", "knn", {}, columns, false],
    ["knn of two classes", "knn", {}, columns, true],
    ["knn without dense features", "knn", {}, noNumbers, false],
    ["knn without sparse features", "knn", {}, noTexts.slice(1), false],
    ["knn with more neighbours than rows", "knn", { neighbours: 500 }, columns, false],
    ["cnn of one picture", "cnn", { epochs: 1 }, pictures.slice(0, 1), false],
    ["cnn of two pictures", "cnn", { epochs: 1 }, pictures, true],
    ["auto", "auto", { effort: "quick" }, columns, false],
    ["auto of everything", "auto", { effort: "quick" }, [...columns, ...pictures], false],
    ["auto of two classes", "auto", { effort: "quick" }, columns, true],
    ["auto beside an empty column", "auto", { effort: "quick" }, missing, false],
  ])("gives the tab's own probabilities to 1e-5: %s", async (_, learner, settings, read, two) => {
    const { plan, own, rows, inputs } = await fitted(learner, settings, read, two);
    const { onnx, sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const probabilities = await probabilitiesOf(onnx, sidecar, rows);
    expect(probabilities.length).toBe(50 * plan.classes.length);
    expect(largestDifference(probabilities, own)).toBeLessThan(1e-5);
  });

  it("knows rows without a word, a number or a picture", async () => {
    const read = [...columns, ...pictures];
    const { plan, rows, inputs } = await fitted("cnn", { epochs: 1 }, read);
    const empty = rows.map((input): InputColumn => {
      const { name, column } = input;
      if (column.kind === "number")
        return { ...input, column: { ...column, values: column.values.map(() => Number.NaN) } };
      return { ...input, column: { ...column, name, values: column.values.map(() => null) } as InputColumn["column"] };
    });
    const { onnx, sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const probabilities = await probabilitiesOf(onnx, sidecar, empty);
    expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(probabilities.slice(0, 3)).toEqual(probabilities.slice(3, 6));
  });

  it("holds the models that it reads: members of a blend, and models read as columns", async () => {
    const words = await fitted("linear", {}, columns.slice(0, 1), false, true);
    const numbers = await fitted("knn", {}, columns.slice(1), false, true);
    const asColumn = (name: string, { result }: typeof words): InputColumn => {
      const all = new Float32Array(200 * 3);
      all.set(Float32Array.from(result.outOfFold?.probabilities ?? []));
      all.set(Float32Array.from(result.probabilities.validation), 150 * 3);
      return predictionsAsInput(name, all, 3);
    };
    const read = [columns[1], asColumn("words", words), columns[2], asColumn("numbers", numbers)];
    const models = { words: words.model, numbers: numbers.model };
    for (const learner of ["linear", "gbdt", "mlp"]) {
      const stacked = await fitted(learner, {}, read);
      const exported = exportPlan(stacked.plan, { name: "stack", inputs: stacked.inputs, quantised: false, models });
      expect(exported.sidecar.inputs.map(({ name }) => name).sort()).toEqual(["height", "leaf", "title"]);
      const said = await probabilitiesOf(exported.onnx, exported.sidecar, words.rows.concat(numbers.rows));
      expect(largestDifference(said, stacked.own), learner).toBeLessThan(1e-5);
    }
    const weights = { words: 0.25, numbers: 0.75 };
    const plan = { classes: CLASSES, expansion: { dates: [], words: [] }, members: [], weights };
    const exported = exportPlan(plan, { name: "blend", inputs: [], quantised: false, models });
    const said = await probabilitiesOf(exported.onnx, exported.sidecar, words.rows.concat(numbers.rows));
    const mean = words.own.map((value, i) => 0.25 * value + 0.75 * numbers.own[i]);
    expect(largestDifference(said, mean)).toBeLessThan(1e-5);
    expect(() => exportPlan(plan, { name: "blend", inputs: [], quantised: false })).toThrow(
      'Cannot export: the model "words" that it blends was not fitted here',
    );
  });

  it("quantised is near them, and smaller", async () => {
    const { plan, own, rows, inputs } = await fitted("linear");
    const exact = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const { onnx, sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: true });
    const difference = largestDifference(await probabilitiesOf(onnx, sidecar, rows), own);
    expect(difference).toBeLessThan(0.01);
    expect(difference).toBeGreaterThan(1e-6);
    expect(onnx.length).toBeLessThan(exact.onnx.length);
  });
});

describe("a sidecar", () => {
  it("of another encoder version is stale; damaged ones name the path", async () => {
    const { plan, inputs } = await fitted("linear");
    const { sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const older = structuredClone(sidecar);
    if (older.parts[0].kind === "matrix") older.parts[0].encoder.version = 0;
    expect(() => readSidecar(older, "trees.json")).toThrow("version 0");
    const broken = structuredClone(sidecar) as { parts: { encoder: { columns: { kind: string }[] } }[] };
    broken.parts[0].encoder.columns[1].kind = "magic";
    expect(() => readSidecar(broken, "trees.json")).toThrow("trees.json, at parts.0.encoder.columns.1.kind");
    expect(() => readSidecar({ ...sidecar, format: "polytab-sidecar/1" }, "trees.json")).toThrow("at format");
    expect(() => readModelManifest({ format: "polytab-models/2", models: [] }, "models.json")).toThrow("at format");
  });
});
