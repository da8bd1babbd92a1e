import type { Page } from "@playwright/test";
import type {} from "../../tools/harness/main";
import { encoded, expect, test } from "./harness";
import { FLOAT, INT64, onnxModel, type Size, STRING } from "./tiny-onnx";

/** Three numbers to the probabilities of two classes. */
const classifier = (rows: Size) =>
  onnxModel({
    inputs: [["x", FLOAT, [rows, 3]]],
    outputs: [["probabilities", FLOAT, [rows, 2]]],
    constants: { w: { dims: [3, 2], floats: [1, -1, 0.5, 0.25, -2, 3] } },
    nodes: [
      { op: "MatMul", inputs: ["x", "w"], outputs: ["scores"] },
      { op: "Softmax", inputs: ["scores"], outputs: ["probabilities"] },
    ],
  });

/** Texts to numbers, by an operator that only the WASM build has. */
const encoder = onnxModel({
  inputs: [["word", STRING, ["n"]]],
  outputs: [["number", INT64, ["n"]]],
  nodes: [
    {
      op: "LabelEncoder",
      domain: "ai.onnx.ml",
      inputs: ["word"],
      outputs: ["number"],
      attributes: { keys_strings: ["école", "日本"], values_int64s: [7, 8], default_int64: -1 },
    },
  ],
});

/** Minutes of work in one batch: rows times 40 products with a matrix of 2048 x 2048, made by the model itself. */
const slow = onnxModel({
  inputs: [["x", FLOAT, ["n", 2048]]],
  outputs: [["y40", FLOAT, ["n", 2048]]],
  constants: { shape: { dims: [2], ints: [2048, 2048] } },
  nodes: [
    { op: "ConstantOfShape", inputs: ["shape"], outputs: ["w"] },
    ...Array.from({ length: 40 }, (_, i) => ({
      op: "MatMul",
      inputs: [i ? `y${i}` : "x", "w"],
      outputs: [`y${i + 1}`],
    })),
  ],
});

const models: Record<string, Uint8Array> = {
  classifier: classifier("n"),
  fixed: classifier(4),
  encoder,
  slow,
  unknown: onnxModel({
    inputs: [["x", FLOAT, ["n", 3]]],
    outputs: [["y", FLOAT, ["n", 3]]],
    nodes: [{ op: "Frobnicate", inputs: ["x"], outputs: ["y"] }],
  }),
  newer: onnxModel({
    inputs: [["x", FLOAT, ["n", 3]]],
    outputs: [["y", FLOAT, ["n", 3]]],
    nodes: [{ op: "Relu", inputs: ["x"], outputs: ["y"] }],
    opset: 99,
  }),
  sums: onnxModel({
    inputs: [["x", FLOAT, ["n", 3]]],
    outputs: [["total", FLOAT, []]],
    nodes: [{ op: "ReduceSum", inputs: ["x"], outputs: ["total"], attributes: { keepdims: 0 } }],
  }),
  empty: new Uint8Array(0),
  text: new TextEncoder().encode("this is not a model, and longer than a few bytes"),
  truncated: classifier("n").slice(0, -40),
};

declare global {
  interface Window {
    inference: ReturnType<Window["harness"]["createInference"]>;
    models: Record<string, Uint8Array<ArrayBuffer>>;
    faultOf: (work: Promise<unknown>) => Promise<{ name: string; code?: string; message: string } | undefined>;
  }
}

async function prepare(page: Page) {
  await page.evaluate(
    (models) => {
      const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      window.inference = window.harness.createInference();
      window.models = Object.fromEntries(Object.entries(models).map(([name, text]) => [name, bytes(text)]));
      window.faultOf = (work) =>
        work.then(
          () => undefined,
          (error) => ({ name: error.name, code: error.code, message: error.message, hint: error.hint }),
        );
    },
    Object.fromEntries(Object.entries(models).map(([name, bytes]) => [name, encoded(bytes)])),
  );
}

for (const host of ["isolated", "plain"] as const) {
  test(`opens a model once and runs it in batches, on the ${host} host`, async ({ open }) => {
    const page = await open(host);
    await prepare(page);
    const result = await page.evaluate(async () => {
      const { inference, models } = window;
      const notes: string[] = [];
      const started = performance.now();
      const info = await inference.load(
        { id: "m", bytes: models.classifier },
        { onProgress: ({ note }) => notes.push(String(note)) },
      );
      const cold = performance.now() - started;
      const again = performance.now();
      await inference.load({ id: "same", bytes: models.classifier.slice() });
      const warm = performance.now() - again;
      const data = Float32Array.from({ length: 3 * 1000 }, (_, i) => Math.sin(i));
      const steps: string[] = [];
      const feeds = { x: { type: "float32" as const, dims: [1000, 3], data } };
      const options = { provider: "wasm" as const, batch: 300 };
      const run = await inference.run("m", feeds, { ...options, onProgress: ({ note }) => steps.push(String(note)) });
      const whole = await inference.run("same", feeds, { ...options, batch: 1000 });
      const none = await inference.run(
        "m",
        { x: { type: "float32", dims: [0, 3], data: new Float32Array(0) } },
        options,
      );
      const { probabilities } = run.outputs;
      const sums = Array.from(
        { length: 1000 },
        (_, i) => Number(probabilities.data[2 * i]) + Number(probabilities.data[2 * i + 1]),
      );
      return {
        info,
        notes,
        steps,
        dims: probabilities.dims,
        first: [Number(probabilities.data[0]), Number(probabilities.data[1])],
        same: probabilities.data.every((value, i) => value === whole.outputs.probabilities.data[i]),
        sums: Math.max(...sums.map((sum) => Math.abs(sum - 1))),
        none: none.outputs.probabilities.dims,
        provider: [run.provider, run.reason],
        times: { cold, warm, runMs: run.runMs },
      };
    });
    console.log(host, "ms", result.times);
    expect(result.info.inputs).toEqual([{ name: "x", type: "float32", shape: ["n", 3] }]);
    expect(result.info.outputs).toEqual([{ name: "probabilities", type: "float32", shape: ["n", 2] }]);
    expect(result.notes.some((note) => /model engine: [\d.]+ of 14\.2 MB/.test(note))).toBe(true);
    expect(result.steps).toEqual([
      "300 of 1,000 rows",
      "600 of 1,000 rows",
      "900 of 1,000 rows",
      "1,000 of 1,000 rows",
    ]);
    expect(result.dims).toEqual([1000, 2]);
    // x = (0, sin 1, sin 2): scores 0.5 sin 1 - 2 sin 2 and 0.25 sin 1 + 3 sin 2
    const [a, b] = [0.5 * Math.sin(1) - 2 * Math.sin(2), 0.25 * Math.sin(1) + 3 * Math.sin(2)].map(Math.exp);
    expect(result.first[0]).toBeCloseTo(a / (a + b), 6);
    expect(result.same).toBe(true);
    expect(result.sums).toBeLessThan(1e-6);
    expect(result.none).toEqual([0, 2]);
    expect(result.provider).toEqual(["wasm", "asked for"]);
  });
}

test("runs models of a fixed number of rows, of texts, and of one value for all rows", async ({ open }) => {
  const page = await open("plain");
  await prepare(page);
  const result = await page.evaluate(async () => {
    const { inference, models } = window;
    for (const id of ["classifier", "fixed", "encoder", "sums"]) await inference.load({ id, bytes: models[id] });
    const x = { type: "float32" as const, dims: [10, 3], data: Float32Array.from({ length: 30 }, (_, i) => i / 10) };
    const wasm = { provider: "wasm" as const };
    const free = (await inference.run("classifier", { x }, wasm)).outputs.probabilities;
    const fixed = (await inference.run("fixed", { x }, wasm)).outputs.probabilities;
    const word = { type: "string" as const, dims: [3], data: ["日本", "école", "?"] };
    const number = (await inference.run("encoder", { word }, { ...wasm, batch: 2 })).outputs.number;
    return {
      same: [free.dims.join(), fixed.dims.join(), free.data.every((value, i) => value === fixed.data[i])],
      number: Array.from(number.data, String),
      total: Number((await inference.run("sums", { x }, wasm)).outputs.total.data[0]),
      cut: await window.faultOf(inference.run("sums", { x }, { ...wasm, batch: 5 })),
    };
  });
  expect(result.same).toEqual(["10,2", "10,2", true]);
  expect(result.number).toEqual(["8", "7", "-1"]);
  expect(result.total).toBeCloseTo(43.5, 4);
  expect(result.cut).toMatchObject({ code: "model-unsupported" });
});

test("says what is wrong with a model or its input", async ({ open }) => {
  const page = await open("plain");
  await prepare(page);
  const faults = await page.evaluate(async () => {
    const { inference, models, faultOf } = window;
    await inference.load({ id: "good", bytes: models.classifier });
    const load = (id: string) => faultOf(inference.load({ id: `${id}.onnx`, bytes: models[id] }));
    const x = { type: "float32" as const, dims: [2, 3], data: new Float32Array(6) };
    const run = (id: string, feeds: Parameters<typeof inference.run>[1]) =>
      faultOf(inference.run(id, feeds, { provider: "wasm" }));
    return {
      empty: await load("empty"),
      text: await load("text"),
      truncated: await load("truncated"),
      unknown: await load("unknown"),
      newer: await load("newer"),
      missing: await run("good", {}),
      extra: await run("good", { x, y: x }),
      type: await run("good", { x: { type: "int32", dims: [2, 3], data: new Int32Array(6) } }),
      dims: await run("good", { x: { ...x, dims: [3, 2] } }),
      length: await run("good", { x: { ...x, dims: [4, 3] } }),
      closed: await run("gone", { x }),
      fine: await run("good", { x }),
    };
  });
  expect(Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, fault?.code]))).toEqual({
    empty: "model-damaged",
    text: "model-damaged",
    truncated: "model-damaged",
    unknown: "model-unsupported",
    newer: "model-unsupported",
    missing: "model-input",
    extra: "model-input",
    type: "model-input",
    dims: "model-input",
    length: "model-input",
    closed: "model-unknown",
    fine: undefined,
  });
  expect(faults.unknown?.message).toContain("Frobnicate");
});

test("stops a long run at once, and runs other models after it", async ({ open }) => {
  const page = await open("plain");
  await prepare(page);
  const result = await page.evaluate(async () => {
    const { inference, models, faultOf } = window;
    await inference.load({ id: "slow", bytes: models.slow });
    await inference.load({ id: "quick", bytes: models.classifier });
    const x = { type: "float32" as const, dims: [4096, 2048], data: new Float32Array(4096 * 2048) };
    const small = { type: "float32" as const, dims: [1, 3], data: new Float32Array(3) };
    const took: Record<string, number[]> = {};
    for (const [name, batch] of [
      ["between batches", 1],
      ["in a batch", 4096],
    ] as const) {
      const stop = new AbortController();
      const running = faultOf(inference.run("slow", { x }, { provider: "wasm", batch, signal: stop.signal }));
      await new Promise((resolve) => setTimeout(resolve, 700));
      const started = performance.now();
      stop.abort();
      const end = await running;
      const rejected = performance.now() - started;
      if (end?.name !== "AbortError") throw new Error(JSON.stringify(end));
      await inference.run("quick", { x: small }, { provider: "wasm" });
      took[name] = [rejected, performance.now() - started];
    }
    return took;
  });
  console.log("stop: ms to the abort, ms to the next result", result);
  for (const [rejected, next] of Object.values(result)) {
    expect(rejected).toBeLessThan(500);
    expect(next).toBeLessThan(5000);
  }
});

test("without a GPU everything runs on WASM, and says why", async ({ open }) => {
  const page = await open("plain");
  await prepare(page);
  const result = await page.evaluate(async () => {
    const { inference, models } = window;
    await inference.load({ id: "m", bytes: models.classifier });
    const x = { type: "float32" as const, dims: [2, 3], data: new Float32Array(6) };
    const asked = await inference.run("m", { x }, { provider: "webgpu" });
    const auto = await inference.run("m", { x }, { provider: "auto" });
    return [asked.provider, asked.reason, auto.provider, auto.reason];
  });
  expect(result[0]).toBe("wasm");
  expect(result[1]).toMatch(/^the browser offers no GPU; its settings|^this browser has no WebGPU; a newer/);
  expect(result.slice(2)).toEqual(["wasm", "the work is too small to gain from a GPU"]);
});
