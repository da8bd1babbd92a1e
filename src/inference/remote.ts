import {
  type Caller,
  type CallOptions,
  createCaller,
  Fault,
  type Hash,
  isAbort,
  throwIfAborted,
  type WorkerPort,
} from "../base";
import type { Prepared, Recipe } from "./embedding/recipe";
import { CRASH } from "./faults";
import type { InferenceProtocol, Provider } from "./protocol";
import type { ModelInfo, Tensors } from "./tensors";
import { buffersOf } from "./tensors";

/** A model as the page keeps it, to give it to a runtime that was restarted. */
export interface StoredModel {
  id: string;
  hash: Hash;
  bytes: Uint8Array;
  recipe?: Recipe;
}

export interface RunOptions extends CallOptions {
  /** After this long without an answer the runtime counts as hung. */
  patienceMs?: number;
}

/** One runtime in its worker, started when it is first needed and again after it was stopped or died. */
export interface Remote {
  /** Why this runtime cannot be had, if it cannot; `software` where it is one without a GPU behind it. */
  boot(options: CallOptions): Promise<InferenceProtocol["boot"]["result"]>;
  load(model: StoredModel, options: RunOptions): Promise<ModelInfo>;
  prepare(
    model: StoredModel,
    values: readonly (string | Uint8Array)[],
    options: CallOptions & { recipe?: Recipe },
  ): Promise<Prepared>;
  run(model: StoredModel, feeds: Tensors, options: RunOptions): Promise<{ outputs: Tensors; ms: number }>;
  release(hash: Hash): Promise<void>;
  stop(): void;
}

/** How long an aborted run may take to stop by itself before its worker is stopped. */
const PATIENCE_MS = 500;

interface Live {
  port: WorkerPort;
  call: Caller<InferenceProtocol>;
  loaded: Map<Hash, ModelInfo>;
  booted: InferenceProtocol["boot"]["result"];
}

/** Its methods are called one at a time. */
export function createRemote(provider: Provider, spawn: (provider: Provider) => WorkerPort): Remote {
  let live: Live | undefined;

  const stop = (which: Pick<Live, "port"> | undefined) => {
    if (live?.port === which?.port) live = undefined;
    which?.port.terminate(new Fault("engine-stopped", "The model engine was stopped"));
  };

  async function start(options: CallOptions): Promise<Live> {
    if (live) return live;
    const port = spawn(provider);
    const call = createCaller<InferenceProtocol>(port);
    port.onDeath(() => {
      if (live?.port === port) live = undefined;
    });
    try {
      const booted = await call("boot", { provider }, { onProgress: options.onProgress, signal: options.signal });
      const started = { port, call, loaded: new Map(), booted };
      live = started;
      return started;
    } catch (error) {
      stop({ port });
      throw error;
    }
  }

  /** Makes good what an abort, a crash or a hang leaves behind. */
  async function guarded<T>(worker: Live, job: () => Promise<T>): Promise<T> {
    try {
      return await job();
    } catch (error) {
      if (isAbort(error)) {
        const settled = worker.call("settled", undefined).catch(() => undefined);
        if ((await withPatience(settled, PATIENCE_MS)) === "late") stop(worker);
        throw error;
      }
      const dead = live !== worker;
      const crashed = error instanceof Fault && error.code === CRASH;
      if (crashed) stop(worker);
      if (!crashed && !(dead && error instanceof Fault && error.code === "worker-died")) throw error;
      throw new Fault("engine-restarted", `The model engine broke down: ${error.message}`, {
        hint: "It restarts by itself. If it happens again, run the model with a smaller batch.",
        cause: error,
      });
    }
  }

  /** Ends a worker that gives no answer in time. */
  async function inTime<T>(worker: Live, answer: Promise<T>, patienceMs: number | undefined): Promise<T> {
    if (patienceMs === undefined) return answer;
    answer.catch(() => {});
    const given = await withPatience(answer, patienceMs);
    if (given !== "late") return given;
    stop(worker);
    throw new Fault("engine-hung", `it gave no answer for ${Math.round(patienceMs / 1000)} s`);
  }

  async function load(worker: Live, model: StoredModel, options: RunOptions): Promise<ModelInfo> {
    const known = worker.loaded.get(model.hash);
    if (known) return known;
    const { id, hash, bytes, recipe } = model;
    const loading = { id, hash, bytes, ...(recipe && { recipe }) };
    const info = await guarded(worker, () =>
      inTime(worker, worker.call("load", loading, { signal: options.signal }), options.patienceMs),
    );
    worker.loaded.set(hash, info);
    return info;
  }

  return {
    boot: async (options) => (await start(options)).booted,
    load: async (model, options) => load(await start(options), model, options),
    prepare: async (model, values, options) => {
      const worker = await start(options);
      await load(worker, model, options);
      const { signal, recipe } = options;
      return guarded(worker, () =>
        worker.call("prepare", { hash: model.hash, values, ...(recipe && { recipe }) }, { signal }),
      );
    },
    run: async (model, feeds, options) => {
      const worker = await start(options);
      await load(worker, model, options);
      throwIfAborted(options.signal);
      return guarded(worker, async () => {
        const { id, hash } = model;
        const transfer = buffersOf(feeds);
        const running = worker.call("run", { id, hash, feeds }, { signal: options.signal, transfer });
        return inTime(worker, running, options.patienceMs);
      });
    },
    release: async (hash) => {
      if (live?.loaded.delete(hash)) await live.call("release", { hash });
    },
    stop: () => stop(live),
  };
}

async function withPatience<T>(work: Promise<T>, ms: number): Promise<T | "late"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
