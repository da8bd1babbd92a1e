import {
  type CallOptions,
  Fault,
  type Hash,
  isAbort,
  type Progress,
  suggest,
  throwIfAborted,
  untilAborted,
  type WorkerPort,
  workerPort,
} from "../base";
import { digestOf } from "./digest";
import type { Prepared, Recipe } from "./embedding/recipe";
import { brokenModel } from "./faults";
import { batchFeeds, batchOutputs, type Plan, planRun } from "./plan";
import type { Provider } from "./protocol";
import { createRemote, type Remote, type StoredModel } from "./remote";
import { emptyOutputs, joinRows, largestDifference, type ModelInfo, type Tensors } from "./tensors";

export interface RunResult {
  outputs: Tensors;
  /** What really ran. */
  provider: Provider;
  /** Why this one, in words for the reader. */
  reason: string;
  /** Milliseconds that opening the model took in this runtime. */
  loadMs: number;
  /** Milliseconds that the model itself ran, over all batches. */
  runMs: number;
}

export interface InferenceRunOptions extends CallOptions {
  provider: "auto" | Provider;
  /** Rows a batch; up to 1,024, fewer of wide ones, unless said. A model of a fixed number of rows ignores it. */
  batch?: number;
  /** Rows of the whole job that this run is a part of, by which `auto` decides whether a GPU is worth it. */
  rowsInAll?: number;
}

/** Runs ONNX models, one thing at a time. */
export interface Inference {
  /**
   * Opens a model; one that is open already, by the hash of its bytes, is not opened again. One that takes longer than
   * `patienceMs` is given up, and its worker with it.
   * @throws Fault `model-damaged`, `model-unsupported`, `model-memory`
   */
  load(
    model: { id: string; bytes: Uint8Array; recipe?: Recipe },
    options?: CallOptions & { patienceMs?: number },
  ): Promise<ModelInfo>;
  /** Texts or encoded pictures as the input of an opened encoder: by the recipe that it came with, or another one. */
  prepare(
    id: string,
    values: readonly (string | Uint8Array)[],
    options?: CallOptions & { recipe?: Recipe },
  ): Promise<Prepared>;
  /**
   * Runs an opened model on rows, cut into batches along the first axis.
   *
   * `webgpu` runs on the GPU if there is one and it agrees with WASM on the first rows of this very model (largest absolute
   * difference of 1e-4); `auto` also asks for work that is worth it and a GPU that is not one of software. Otherwise, and
   * whenever the GPU fails, WASM runs, and the reason says so. A GPU that failed a model is not asked again for it until the
   * model is released.
   * @throws Fault `model-input`, `model-failed`, `model-memory`, `model-unknown`
   */
  run(id: string, feeds: Tensors, options: InferenceRunOptions): Promise<RunResult>;
  /** Gives a model's memory back. */
  release(id: string): Promise<void>;
  /** Gives back everything, the runtimes' own memory too; they start again when they are next needed. */
  clear(): Promise<void>;
  dispose(): void;
}

/** Rows on which a GPU has to agree with WASM before it is trusted with a model, and how closely. */
const PARITY_ROWS = 8;
const PARITY_LIMIT = 1e-4;
/** `auto` uses a GPU from here on: rows times bytes of the model. A rule and not a stopwatch, so that runs repeat. */
const WORTHWHILE = 2e9;
/** Operators of trees and of texts: no build for the GPU has them (ml.md 2), so none is fetched to find that out. */
const CLASSIC = "ai.onnx.ml:";
/** A first run compiles shaders, up to 9 s without a GPU (ml.md 1.3). */
const GPU_PATIENCE_MS = 60_000;

type Verdict = { use: true; reason: string } | { use: false; reason: string };

export function createInference(options: { spawn?: (provider: Provider) => WorkerPort } = {}): Inference {
  const spawn = options.spawn ?? spawnWorker;
  const wasm = createRemote("wasm", spawn);
  const gpu = createRemote("webgpu", spawn);
  const models = new Map<string, StoredModel>();
  const verdicts = new Map<Hash, Verdict>();
  let disposed = false;
  let tail: Promise<unknown> = Promise.resolve();

  /** One job after another. The caller of an aborted one is let go at once; the next waits until its worker is calm. */
  function inTurn<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    const turn = tail.then(() => {
      throwIfAborted(signal);
      if (disposed) throw new Fault("engine-stopped", "The model engine was stopped");
      return job();
    });
    tail = turn.catch(() => {});
    return untilAborted(turn, signal);
  }

  function modelOf(id: string): StoredModel {
    const model = models.get(id);
    if (model) return model;
    throw new Fault("model-unknown", `The model "${id}" is not open`, { hint: suggest(id, [...models.keys()]) });
  }

  async function runAll(
    remote: Remote,
    model: StoredModel,
    plan: Plan,
    feeds: Tensors,
    { signal, onProgress }: CallOptions,
    patienceMs?: number,
  ): Promise<{ outputs: Tensors; runMs: number }> {
    const parts: Tensors[] = [];
    let runMs = 0;
    for (const range of plan.batches) {
      throwIfAborted(signal);
      const result = await remote.run(model, batchFeeds(plan, feeds, range), { signal, patienceMs });
      runMs += result.ms;
      parts.push(batchOutputs(plan, result.outputs, range));
      onProgress?.(progressOf(range.to, plan.rows));
    }
    const names = Object.keys(parts[0]);
    return {
      outputs: Object.fromEntries(names.map((name) => [name, joinRows(parts.map((part) => part[name]))])),
      runMs,
    };
  }

  /** Whether the GPU may run this model: an adapter, a device, all its operators, and the same numbers as WASM. */
  async function judge(model: StoredModel, info: ModelInfo, feeds: Tensors, call: CallOptions): Promise<Verdict> {
    const known = verdicts.get(model.hash);
    if (known) return known;
    const booted = await gpu.boot(call);
    if (!booted.ready) return { use: false, reason: booted.reason };
    await gpu.load(model, call);
    const all = planRun(info, feeds);
    const few = Math.min(all.rows, PARITY_ROWS);
    const first = batchFeeds({ ...all, padTo: 0 }, feeds, { from: 0, to: few });
    const plan = planRun(info, first);
    const quiet = { signal: call.signal };
    const expected = await runAll(wasm, model, plan, first, quiet);
    const found = await runAll(gpu, model, plan, first, quiet, GPU_PATIENCE_MS);
    const difference = largestDifference(expected.outputs, found.outputs);
    const same = difference <= PARITY_LIMIT;
    const measured = `on ${few} rows (largest difference ${difference.toExponential(1)})`;
    const verdict: Verdict = same
      ? { use: true, reason: `the GPU agrees with WASM ${measured}` }
      : { use: false, reason: `the GPU differs from WASM ${measured}` };
    verdicts.set(model.hash, verdict);
    return verdict;
  }

  /** A run on the GPU, or the reason why there is none. Only an abort comes out of it as an error. */
  async function tryGpu(
    model: StoredModel,
    info: ModelInfo,
    plan: Plan,
    feeds: Tensors,
    call: InferenceRunOptions,
  ): Promise<RunResult | string> {
    try {
      const isAuto = call.provider === "auto";
      if (isAuto && (call.rowsInAll ?? plan.rows) * model.bytes.length < WORTHWHILE)
        return "the work is too small to gain from a GPU";
      const classic = info.operators.find((operator) => operator.startsWith(CLASSIC));
      if (classic) return `the GPU's runtime has no ${classic.slice(CLASSIC.length)}`;
      if (isAuto) {
        const booted = await gpu.boot(call);
        if (booted.ready && booted.software) return "the browser's GPU is one of software";
      }
      const verdict = await judge(model, info, feeds, call);
      if (!verdict.use) return verdict.reason;
      const { outputs, runMs } = await runAll(gpu, model, plan, feeds, call, GPU_PATIENCE_MS);
      const { loadMs } = await gpu.load(model, call);
      return { outputs, provider: "webgpu", reason: verdict.reason, loadMs, runMs };
    } catch (error) {
      if (isAbort(error)) throw error;
      // Whatever went wrong on the GPU, only a fresh worker recovers for sure (ml.md 0.2).
      gpu.stop();
      const told = error instanceof Error ? error.message : String(error);
      const reason = `the GPU failed (${told.length > 120 ? `${told.slice(0, 120)}…` : told})`;
      verdicts.set(model.hash, { use: false, reason });
      return reason;
    }
  }

  return {
    load: async ({ id, bytes, recipe }, call = {}) => {
      const broken = brokenModel(id, bytes);
      if (broken) throw broken;
      return inTurn(call.signal, async () => {
        const model = { id, bytes, hash: await digestOf(bytes), ...(recipe && { recipe }) };
        const info = await wasm.load(model, call);
        const before = models.get(id);
        models.set(id, model);
        if (before) await dropUnused(before.hash);
        return info;
      });
    },

    prepare: (id, values, call = {}) => inTurn(call.signal, () => wasm.prepare(modelOf(id), values, call)),

    run: (id, feeds, call) =>
      inTurn(call.signal, async () => {
        const model = modelOf(id);
        const info = await wasm.load(model, call);
        const plan = planRun(info, feeds, call.batch);
        if (plan.rows === 0)
          return {
            outputs: emptyOutputs(info),
            provider: "wasm",
            reason: "there are no rows",
            loadMs: info.loadMs,
            runMs: 0,
          };
        const tried = call.provider === "wasm" ? "asked for" : await tryGpu(model, info, plan, feeds, call);
        if (typeof tried !== "string") return tried;
        const { outputs, runMs } = await runAll(wasm, model, plan, feeds, call);
        return { outputs, provider: "wasm", reason: tried, loadMs: info.loadMs, runMs };
      }),

    release: (id) =>
      inTurn(undefined, async () => {
        const model = models.get(id);
        models.delete(id);
        if (model) await dropUnused(model.hash);
      }),

    clear: () =>
      inTurn(undefined, async () => {
        models.clear();
        verdicts.clear();
        wasm.stop();
        gpu.stop();
      }),

    dispose: () => {
      disposed = true;
      wasm.stop();
      gpu.stop();
      models.clear();
    },
  };

  async function dropUnused(hash: Hash): Promise<void> {
    for (const model of models.values()) if (model.hash === hash) return;
    verdicts.delete(hash);
    await Promise.all([wasm.release(hash), gpu.release(hash)]);
  }
}

function progressOf(done: number, rows: number): Progress {
  return { done: done / rows, note: `${done.toLocaleString("en")} of ${rows.toLocaleString("en")} rows` };
}

function spawnWorker(provider: Provider): WorkerPort {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: `inference ${provider}` });
  return workerPort(worker, "model engine's");
}
