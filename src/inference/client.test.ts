import { describe, expect, it } from "vitest";
import { Fault, type Port, serveCalls, type WorkerPort } from "../base";
import { createInference } from "./client";
import type { InferenceProtocol, Provider } from "./protocol";
import type { Tensors } from "./tensors";

/** Doubles of the two workers: the model doubles its input; the GPU may be missing, of software, wrong, or fail late. */
function doubles(gpu: {
  missing?: string;
  software?: boolean;
  error?: number;
  failsAfter?: number;
  diesAfter?: number;
  /** Those of the model. */
  operators?: string[];
}) {
  const log: string[] = [];
  let gpuRuns = 0;
  const spawn = (provider: Provider): WorkerPort => {
    const toWorker: ((message: unknown) => void)[] = [];
    const toPage: ((message: unknown) => void)[] = [];
    const deaths: ((fault: Fault) => void)[] = [];
    const loaded = new Set<string>();
    let alive = true;
    let hangs = false;
    const side = (mine: typeof toPage, theirs: typeof toPage): Port => ({
      post: (message) => queueMicrotask(() => alive && theirs.forEach((listener) => void listener(message))),
      listen: (listener) => mine.push(listener),
      onDeath: (listener) => deaths.push(listener),
    });
    const terminate = (fault: Fault) => {
      if (!alive) return;
      alive = false;
      log.push(`${provider} ended`);
      for (const listener of deaths) listener(fault);
    };
    serveCalls<InferenceProtocol>(side(toWorker, toPage), {
      boot: () => {
        log.push(`${provider} boot`);
        if (provider === "wasm") return { ready: true, software: false };
        return gpu.missing ? { ready: false, reason: gpu.missing } : { ready: true, software: !!gpu.software };
      },
      load: ({ hash, id }) => {
        log.push(`${provider} load ${id}`);
        loaded.add(hash);
        const slot = { type: "float32", shape: ["n"] };
        return {
          inputs: [{ ...slot, name: "x" }],
          outputs: [{ ...slot, name: "y" }],
          operators: gpu.operators ?? [],
          metadata: {},
          loadMs: 1,
        };
      },
      prepare: () => ({ kind: "text", ids: new Int32Array(0), lengths: new Int32Array(0) }),
      run: ({ hash, feeds }) => {
        if (!loaded.has(hash)) throw new Error("not loaded");
        log.push(`${provider} run ${feeds.x.dims[0]}`);
        if (feeds.x.data[0] === -1) {
          hangs = true;
          return new Promise(() => {});
        }
        if (provider === "webgpu" && ++gpuRuns > (gpu.failsAfter ?? 99)) throw new Fault("model-failed", "device lost");
        if (provider === "webgpu" && gpuRuns > (gpu.diesAfter ?? 99)) terminate(new Fault("worker-died", "it stopped"));
        const bias = provider === "webgpu" ? (gpu.error ?? 0) : 0;
        const data = Float32Array.from(feeds.x.data as Float32Array, (value) => 2 * value + bias);
        return { outputs: { y: { ...feeds.x, data } }, ms: 1 };
      },
      release: () => void log.push(`${provider} release`) as undefined,
      settled: () => (hangs ? new Promise(() => {}) : undefined),
    });
    return { ...side(toPage, toWorker), terminate };
  };
  return { log, spawn };
}

const feeds = (rows: number): Tensors => ({
  x: { type: "float32", dims: [rows], data: Float32Array.from({ length: rows }, (_, i) => i) },
});

async function opened(gpu: Parameters<typeof doubles>[0] = {}, bytes = new Uint8Array(1_000_000)) {
  const { log, spawn } = doubles(gpu);
  const inference = createInference({ spawn });
  await inference.load({ id: "m", bytes });
  return { inference, log };
}

describe("inference", () => {
  it("opens equal bytes once, and forgets them with the last name", async () => {
    const { inference, log } = await opened();
    await inference.load({ id: "other", bytes: new Uint8Array(1_000_000) });
    await inference.release("m");
    await inference.run("other", feeds(2), { provider: "wasm" });
    await inference.release("other");
    await inference.release("never");
    expect(log).toEqual(["wasm boot", "wasm load m", "wasm run 2", "wasm release"]);
    await expect(inference.run("other", feeds(1), { provider: "wasm" })).rejects.toMatchObject({
      code: "model-unknown",
    });
  });

  it("runs on the GPU only what agrees on the first rows, asked once for a model", async () => {
    const { inference, log } = await opened();
    const result = await inference.run("m", feeds(20), { provider: "webgpu", batch: 15 });
    expect(result).toMatchObject({ provider: "webgpu", reason: expect.stringContaining("agrees with WASM on 8 rows") });
    expect(result.outputs.y.data).toEqual(Float32Array.from({ length: 20 }, (_, i) => 2 * i));
    await inference.run("m", feeds(3), { provider: "webgpu" });
    expect(log).toEqual([
      "wasm boot",
      "wasm load m",
      "webgpu boot",
      "webgpu load m",
      "wasm run 8",
      "webgpu run 8",
      "webgpu run 15",
      "webgpu run 5",
      "webgpu run 3",
    ]);
  });

  it.each([
    ["there is none", { missing: "the browser offers no GPU" }, /^the browser offers no GPU$/],
    ["its numbers differ", { error: 0.001 }, /^the GPU differs from WASM on 8 rows \(largest difference 1.0e-3\)/],
    ["it fails in the middle", { failsAfter: 2 }, /^the GPU failed \(device lost\)/],
    ["its worker dies", { diesAfter: 2 }, /^the GPU failed \(The model engine broke down/],
  ])("falls back to WASM for all rows where %s", async (_, gpu, reason) => {
    const { inference, log } = await opened(gpu);
    const result = await inference.run("m", feeds(20), { provider: "webgpu", batch: 10 });
    expect(result).toMatchObject({ provider: "wasm", reason: expect.stringMatching(reason) });
    expect(result.outputs.y.data).toEqual(Float32Array.from({ length: 20 }, (_, i) => 2 * i));
    const before = log.filter((line) => line.startsWith("webgpu run")).length;
    expect(await inference.run("m", feeds(20), { provider: "webgpu" })).toMatchObject({ provider: "wasm" });
    expect(log.filter((line) => line.startsWith("webgpu run"))).toHaveLength(before);
  });

  it("chooses by the size of the work, and takes no GPU of software, when left to choose", async () => {
    const small = await opened();
    expect(await small.inference.run("m", feeds(1999), { provider: "auto" })).toMatchObject({ provider: "wasm" });
    expect(small.log).not.toContain("webgpu boot");
    expect(await small.inference.run("m", feeds(2000), { provider: "auto" })).toMatchObject({ provider: "webgpu" });
    const soft = await opened({ software: true });
    expect(await soft.inference.run("m", feeds(2000), { provider: "auto" })).toMatchObject({
      provider: "wasm",
      reason: "the browser's GPU is one of software",
    });
    expect(await soft.inference.run("m", feeds(2000), { provider: "webgpu" })).toMatchObject({ provider: "webgpu" });
  });

  it("asks no GPU for a model of trees: its builds have none", async () => {
    const { inference, log } = await opened({ operators: ["MatMul", "ai.onnx.ml:TreeEnsembleRegressor"] });
    for (const provider of ["webgpu", "auto"] as const)
      expect(await inference.run("m", feeds(2000), { provider })).toMatchObject({
        provider: "wasm",
        reason: "the GPU's runtime has no TreeEnsembleRegressor",
      });
    expect(log).not.toContain("webgpu boot");
  });

  it("lets an aborted call go at once, ends what does not stop, and opens the model again", async () => {
    const { inference, log } = await opened();
    const stop = new AbortController();
    const hanging: Tensors = { x: { type: "float32", dims: [1], data: Float32Array.of(-1) } };
    const running = inference.run("m", hanging, { provider: "wasm", signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    const started = performance.now();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - started).toBeLessThan(300);
    await inference.run("m", feeds(1), { provider: "wasm" });
    const opening = ["wasm boot", "wasm load m", "wasm run 1"];
    expect(log).toEqual([...opening, "wasm ended", ...opening]);
  });

  it("gives no rows for no rows", async () => {
    const { inference, log } = await opened();
    const { outputs } = await inference.run("m", feeds(0), { provider: "webgpu" });
    expect(outputs.y).toEqual({ type: "float32", dims: [0], data: new Float32Array(0) });
    expect(log).toEqual(["wasm boot", "wasm load m"]);
  });

  it("is over when it is disposed of", async () => {
    const { inference } = await opened();
    inference.dispose();
    await expect(inference.run("m", feeds(1), { provider: "wasm" })).rejects.toMatchObject({ code: "engine-stopped" });
  });
});
