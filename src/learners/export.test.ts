import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { exportPlan } from "./export";
import type { InputColumn } from "./inputs";
import { prepareColumns } from "./inputs";
import { encodeForModel, type ModelInputs } from "./model-inputs";
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
const inputs = columns.map(({ name, as }) => ({ name, as }));

/** A fit of all rows but the last fifty, and what the tab says of those. */
async function fitted(learner: string, settings: Record<string, unknown> = {}) {
  const part = (from: number, to: number) =>
    columns.map((input) => ({
      ...input,
      column: { ...input.column, values: input.column.values.slice(from, to) } as InputColumn["column"],
    }));
  const request = {
    learner,
    settings,
    seed: 1,
    classes: ["oak", "elm", "ash"],
    labels: labels.slice(0, 150),
    pairs: false,
    metric: "accuracy",
    outOfFold: false,
    keep: true,
    models: [],
    train: part(0, 150),
    predict: { validation: part(150, 200) },
  };
  const result = await runFitPredict(request, { now: () => 0, pause: async () => {} }, {});
  if (!result.fitted) throw new Error("the fit was not kept");
  return { plan: result.fitted, own: result.probabilities.validation, rows: part(150, 200) };
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
  return runOnnx(onnx, runToEnd(encodeForModel(read, prepared)), read.output);
}

describe("an exported model", () => {
  it.each(["linear", "gbdt", "auto"])("gives the tab's own probabilities to 1e-5: %s", async (learner) => {
    const { plan, own, rows } = await fitted(learner, learner === "auto" ? { effort: "quick" } : {});
    const { onnx, sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const probabilities = await probabilitiesOf(onnx, sidecar, rows);
    expect(probabilities.length).toBe(50 * 3);
    expect(largestDifference(probabilities, own)).toBeLessThan(1e-5);
  });

  it("quantised is near them, and smaller", async () => {
    const { plan, own, rows } = await fitted("linear");
    const exact = exportPlan(plan, { name: "trees", inputs, quantised: false });
    const { onnx, sidecar } = exportPlan(plan, { name: "trees", inputs, quantised: true });
    const difference = largestDifference(await probabilitiesOf(onnx, sidecar, rows), own);
    expect(difference).toBeLessThan(0.01);
    expect(difference).toBeGreaterThan(1e-6);
    expect(onnx.length).toBeLessThan(exact.onnx.length);
  });

  it("says which learner has no ONNX form", async () => {
    const { plan } = await fitted("majority");
    expect(() => exportPlan(plan, { name: "trees", inputs, quantised: false })).toThrow(
      "Cannot export majority: majority has no ONNX form",
    );
  });
});

describe("a sidecar", () => {
  it("of another encoder version is stale; damaged ones name the path", async () => {
    const { plan } = await fitted("linear");
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
