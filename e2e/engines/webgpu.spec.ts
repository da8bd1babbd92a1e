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

const models = { net: encoded(net), dice: encoded(dice), words: encoded(words) };

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

test("a lost GPU falls back to WASM by itself, and says why, without a word on the console", async ({
  open,
  browser,
}) => {
  const page = await open("plain");
  const before = await page.evaluate(async (models) => {
    const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const inference = window.harness.createInference();
    const x = { type: "float32" as const, dims: [100, 3], data: Float32Array.from({ length: 300 }, (_, i) => i) };
    for (const [id, text] of Object.entries(models)) await inference.load({ id, bytes: bytes(text) });
    const word = { type: "string" as const, dims: [2], data: ["a", "b"] };
    const dice = await inference.run("dice", { x }, { provider: "webgpu" });
    const words = await inference.run("words", { word }, { provider: "webgpu" });
    const net = await inference.run("net", { x }, { provider: "webgpu" });
    Object.assign(window, { gpu: { inference, x } });
    return [dice, words, net].map(({ provider, reason }) => ({ provider, reason }));
  }, models);
  expect(before[0].provider).toBe("wasm");
  expect(before[0].reason).toMatch(/^the GPU differs from WASM/);
  expect(before[1].provider).toBe("wasm");
  expect(before[1].reason).toBe("the GPU's runtime has no LabelEncoder");
  expect(before[2].provider).toBe("webgpu");

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
  expect(after.reason).toMatch(/^the GPU failed/);
});
