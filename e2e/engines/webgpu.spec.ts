import type {} from "../../tools/harness/main";
import { encoded, expect, onSoftwareGpu, test } from "./harness";
import { FLOAT, INT64, onnxModel, STRING } from "./tiny-onnx";

onSoftwareGpu();

const net = onnxModel({
  inputs: [["x", FLOAT, ["n", 3]]],
  outputs: [["probabilities", FLOAT, ["n", 2]]],
  constants: {
    w: { dims: [3, 16], floats: Array.from({ length: 48 }, (_, i) => Math.sin(i)) },
    v: { dims: [16, 2], floats: Array.from({ length: 32 }, (_, i) => Math.cos(i)) },
  },
  nodes: [
    { op: "MatMul", inputs: ["x", "w"], outputs: ["hidden"] },
    { op: "Relu", inputs: ["hidden"], outputs: ["active"] },
    { op: "MatMul", inputs: ["active", "v"], outputs: ["scores"] },
    { op: "Softmax", inputs: ["scores"], outputs: ["probabilities"] },
  ],
});

/** Random numbers: no two runs agree. */
const dice = onnxModel({
  inputs: [["x", FLOAT, ["n", 3]]],
  outputs: [["y", FLOAT, ["n", 3]]],
  nodes: [{ op: "RandomUniformLike", inputs: ["x"], outputs: ["y"] }],
});

const words = onnxModel({
  inputs: [["word", STRING, ["n"]]],
  outputs: [["number", INT64, ["n"]]],
  nodes: [
    {
      op: "LabelEncoder",
      domain: "ai.onnx.ml",
      inputs: ["word"],
      outputs: ["number"],
      attributes: { keys_strings: ["a"], values_int64s: [7] },
    },
  ],
});

/** An operator of the standard that only the WASM build has. */
const twice = onnxModel({
  inputs: [["word", STRING, ["n"]]],
  outputs: [["words", STRING, ["n"]]],
  nodes: [{ op: "StringConcat", inputs: ["word", "word"], outputs: ["words"] }],
  opset: 20,
});

const FULL = /^the GPU failed \(.*more memory than the GPU has\)$/;

const models = { net: encoded(net), dice: encoded(dice), words: encoded(words), twice: encoded(twice) };

declare global {
  interface Window {
    gpu: {
      inference: ReturnType<Window["harness"]["createInference"]>;
      x: { type: "float32"; dims: number[]; data: Float32Array<ArrayBuffer> };
    };
  }
}

for (const jspi of [true, false]) {
  test(`runs on the GPU once it agrees with WASM, ${jspi ? "with" : "without"} JSPI`, async ({ open, context }) => {
    if (!jspi) {
      // Workers have their own WebAssembly object: what tells the builds apart is taken away at the head of the worker.
      await context.route(/worker-.*\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `delete WebAssembly.Suspending;${await response.text()}` });
      });
    }
    const page = await open("plain");
    const asked: string[] = [];
    page.context().on("request", (request) => asked.push(request.url()));
    const result = await page.evaluate(async (models) => {
      const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const inference = window.harness.createInference();
      await inference.load({ id: "net", bytes: bytes(models.net) });
      const data = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i));
      const x = { type: "float32" as const, dims: [1000, 3], data };
      const clock = async <T>(work: () => Promise<T>) => {
        const started = performance.now();
        return [await work(), Math.round(performance.now() - started)] as const;
      };
      const wasm = await inference.run("net", { x }, { provider: "wasm" });
      const [gpu, first] = await clock(() => inference.run("net", { x }, { provider: "webgpu" }));
      const [again, second] = await clock(() => inference.run("net", { x }, { provider: "webgpu" }));
      const values = wasm.outputs.probabilities.data as Float32Array;
      const largest = (other: typeof gpu) => {
        const found = other.outputs.probabilities.data as Float32Array;
        return values.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
      };
      Object.assign(window, { gpu: { inference, x } });
      return {
        providers: [wasm.provider, gpu.provider, again.provider],
        reason: gpu.reason,
        differences: [largest(gpu), largest(again)],
        times: { first, second, loadMs: gpu.loadMs, runMs: again.runMs, wasmMs: wasm.runMs },
      };
    }, models);
    console.log(jspi ? "jspi" : "asyncify", "ms", result.times);
    expect(result.providers).toEqual(["wasm", "webgpu", "webgpu"]);
    expect(result.reason).toMatch(/^the GPU agrees with WASM on 8 rows \(largest difference \d/);
    expect(Math.max(...result.differences)).toBeLessThan(1e-5);
    expect(asked.some((url) => url.includes(jspi ? ".jspi-" : ".asyncify-"))).toBe(true);
  });
}

test("what the GPU has no operator for, or other numbers, runs on WASM by itself, and says why", async ({ open }) => {
  const page = await open("plain");
  const runs = await page.evaluate(async (models) => {
    const inference = window.harness.createInference();
    for (const [id, text] of Object.entries(models))
      await inference.load({ id, bytes: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) });
    const x = { type: "float32" as const, dims: [100, 3], data: Float32Array.from({ length: 300 }, (_, i) => i) };
    const word = { type: "string" as const, dims: [2], data: ["a", "b"] };
    const given = { dice: { x }, words: { word }, twice: { word } };
    const told: Record<string, { provider: string; reason: string; values: string[] }> = {};
    for (const [id, feeds] of Object.entries(given)) {
      const { provider, reason, outputs } = await inference.run(id, feeds, { provider: "webgpu" });
      told[id] = { provider, reason, values: Array.from(Object.values(outputs)[0].data, String) };
    }
    return told;
  }, models);
  expect(runs.dice).toMatchObject({
    provider: "wasm",
    reason: expect.stringMatching(/^the GPU differs from WASM on 8/),
  });
  expect(runs.words).toEqual({
    provider: "wasm",
    reason: "the GPU's runtime has no LabelEncoder",
    values: ["7", "-1"],
  });
  expect(runs.twice).toEqual({
    provider: "wasm",
    reason: 'the GPU failed (Cannot run "twice": the operator StringConcat is not known here)',
    values: ["aa", "bb"],
  });
});

test("a lost GPU falls back to WASM by itself, and says why, without a word on the console", async ({
  open,
  browser,
}) => {
  const page = await open("plain");
  const before = await page.evaluate(async (net) => {
    const inference = window.harness.createInference();
    const x = { type: "float32" as const, dims: [100, 3], data: Float32Array.from({ length: 300 }, (_, i) => i) };
    await inference.load({ id: "net", bytes: Uint8Array.from(atob(net), (letter) => letter.charCodeAt(0)) });
    Object.assign(window, { gpu: { inference, x } });
    return (await inference.run("net", { x }, { provider: "webgpu" })).provider;
  }, models.net);
  expect(before).toBe("webgpu");

  // The GPU's process dies, as with a driver that resets: every device is lost.
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.crashGpuProcess" as never).catch(() => {});
  const after = await page.evaluate(async () => {
    const { inference, x } = window.gpu;
    const run = await inference.run("net", { x }, { provider: "webgpu" });
    const wasm = await inference.run("net", { x }, { provider: "wasm" });
    const found = run.outputs.probabilities.data as Float32Array;
    const right = (wasm.outputs.probabilities.data as Float32Array).every(
      (value, i) => Math.abs(value - found[i]) < 1e-5,
    );
    return { provider: run.provider, reason: run.reason, right };
  });
  expect(after.right).toBe(true);
  expect(after.provider).toBe("wasm");
  expect(after.reason).toBe('the GPU failed ("net" lost the GPU before its results were read)');
});

/** A buffer larger than `most` bytes that is of `kind`, an expression on its descriptor, cannot be allocated. */
const SHORTAGES = [
  { of: "weights", kind: "d.usage & GPUBufferUsage.STORAGE", most: 64, reason: FULL },
  { of: "the values between the nodes", kind: "d.usage & GPUBufferUsage.STORAGE", most: 3e5, reason: FULL },
  { of: "the way back", kind: "d.usage & GPUBufferUsage.MAP_READ", most: 3e5, reason: FULL },
  {
    of: "the way there",
    kind: "d.mappedAtCreation",
    most: 3e5,
    reason: /^the GPU failed \(The model engine broke down/,
  },
];

for (const { of, kind, most, reason } of SHORTAGES) {
  test(`a failed allocation for ${of} falls back to WASM by itself with its values, and says why`, async ({
    open,
    context,
  }) => {
    await context.route(/worker-.*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `(${shortOfMemory})((d) => ${kind}, ${most});${await response.text()}` });
    });
    const page = await open("plain");
    const result = await page.evaluate(async (net) => {
      const inference = window.harness.createInference();
      await inference.load({ id: "net", bytes: Uint8Array.from(atob(net), (letter) => letter.charCodeAt(0)) });
      const run = (rows: number, provider: "wasm" | "webgpu") => {
        const data = Float32Array.from({ length: rows * 3 }, (_, i) => Math.sin(i));
        return inference.run("net", { x: { type: "float32", dims: [rows, 3], data } }, { provider, batch: rows });
      };
      const few = await run(100, "webgpu");
      const many = await run(40_000, "webgpu");
      const again = await run(100, "webgpu");
      const values = (await run(40_000, "wasm")).outputs.probabilities.data as Float32Array;
      const found = many.outputs.probabilities.data as Float32Array;
      return {
        few: few.provider,
        many: [many.provider, again.provider, again.reason === many.reason],
        reason: many.reason,
        rows: found.length / 2,
        same: values.every((value, i) => value === found[i]),
      };
    }, models.net);
    expect(result.few).toBe(of === "weights" ? "wasm" : "webgpu");
    expect(result.many).toEqual(["wasm", "wasm", true]);
    expect(result.reason).toMatch(reason);
    expect([result.rows, result.same]).toEqual([40_000, true]);
  });
}

/**
 * Runs at the head of a worker. As the specification has it, a buffer that cannot be allocated is invalid and an error of
 * the device, heard by no scope of validation; one to be written by the tab at once throws.
 */
function shortOfMemory(isShort: (descriptor: GPUBufferDescriptor) => unknown, most: number): void {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    if (descriptor.size <= most || !isShort(descriptor)) return createBuffer.call(this, descriptor);
    if (descriptor.mappedAtCreation) throw new RangeError("createBuffer failed, size is too large");
    this.pushErrorScope("validation");
    const invalid = createBuffer.call(this, { ...descriptor, size: this.limits.maxBufferSize + 4 });
    this.popErrorScope();
    const error = new GPUOutOfMemoryError("Out of memory");
    this.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    return invalid;
  };
}
