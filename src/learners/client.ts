import { type Caller, type CallOptions, createCaller, Fault, isAbort, type WorkerPort, workerPort } from "../base";
import type { Interval } from "../scoring";
import { DECODING } from "./drive";
import type { Exported, FittedModel } from "./export";
import { checkRequest, type FitRequest, type FitResult, fitPlanned } from "./fit";
import type { InputColumn } from "./inputs";
import type { ModelInputs } from "./model-inputs";
import type { Sidecar } from "./model-manifest";
import type { LearnerCalls } from "./protocol";
import type { Executor } from "./run";
import type { DropRequest, RowChange } from "./shuffled";
import { packDataset, packInputs } from "./wire";

export interface Learners {
  /**
   * Fits on the training rows and predicts every split, in the workers. An abort rejects at once with an AbortError.
   * @throws Fault `learner-input`, `learner-settings`, `worker-died`
   */
  fitPredict(request: FitRequest, options?: Options): Promise<FitResult>;
  /**
   * Fits again, by the same seed to the same model, and writes it as an .onnx file with its sidecar; the models that it
   * reads go into the same file.
   * @throws Fault `learner-input` for a model that it reads and that was not fitted here, and those of `fitPredict`
   */
  exportModel(model: Exportable, name: string, options?: Options): Promise<Exported>;
  /**
   * Encodes rows as a trained model's sidecar says, in a worker: the inputs of its ONNX file.
   * @throws Fault `learner-input` for a column that is missing or of another kind, those of pictures, `worker-died`
   */
  encode(request: { sidecar: Sidecar; columns: InputColumn[] }, options?: Options): Promise<ModelInputs>;
  /**
   * Keeps rows of a trained model in a worker, to encode them again and again with some of their columns changed.
   * @throws Fault `learner-input`, those of pictures, `worker-died`
   */
  hold(request: { sidecar: Sidecar; columns: InputColumn[] }, options?: Options): Promise<HeldRows>;
  /** How much worse rows score with a column shuffled than as they are, with its interval. */
  drop(request: DropRequest, options?: Options): Promise<Interval>;
  dispose(): void;
}

export interface HeldRows {
  encode(change: RowChange, options?: Options): Promise<ModelInputs>;
  release(): void;
}

/** What fits a model again, and the models that it reads, by the names that it knows them by. */
export interface Exportable {
  request: FitRequest;
  models: Record<string, Exportable>;
}

type Options = Pick<CallOptions, "signal" | "onProgress">;

/** A worker that has not answered so long after a stop is terminated; the next call starts another. */
const ANSWER_MS = 500;

/**
 * A few workers that each can do any job of a plan. The second is started when a plan first has work for it. `spawn` starts
 * a worker, on its first call and after each death.
 */
export function createLearners({
  spawn = spawnWorker,
  workers = 2,
}: {
  spawn?: () => WorkerPort;
  workers?: number;
} = {}): Learners {
  const team = Array.from({ length: workers }, () => createMate(spawn));
  let lastId = 0;

  const fitPredict: Learners["fitPredict"] = async (request, { signal, onProgress } = {}) => {
    checkRequest(request);
    const id = ++lastId;
    const { classes, labels, pairs, train, predict } = request;
    const rows = { classes, labels, pairs, train, predict };
    const open = (mate: Mate, options: Options) => {
      const transfer: Transferable[] = [];
      return mate.ask("open", { id, request: packDataset(rows, transfer) }, { ...options, transfer });
    };
    const decoding = train.some((column) => column.as === "image") ? DECODING : 0;
    const [first] = team;
    try {
      const opened = await open(first, {
        signal,
        onProgress: ({ done, note }) => onProgress?.({ done: done * decoding, note }),
      });
      return await fitPlanned(request, {
        ...opened,
        executors: team.map((mate, i) => executorOf(mate, id, i === 0 ? undefined : open)),
        blend: (blending, options) => first.ask("blend", blending, options),
        now: () => performance.now(),
        signal,
        onProgress: onProgress && ((step) => onProgress({ ...step, done: decoding + (1 - decoding) * step.done })),
      });
    } finally {
      for (const mate of team) mate.tell("close", { id });
    }
  };

  return {
    fitPredict,
    exportModel: async (model, name, options) => {
      const fitted = await fitAgain(model, fitPredict, options);
      return team[0].ask("export", { model: fitted, name }, options);
    },
    encode: async ({ sidecar, columns }, options) => {
      const transfer: Transferable[] = [];
      const packed = packInputs(columns, transfer);
      return team[0].ask("encode", { sidecar, columns: packed }, { ...options, transfer });
    },
    hold: async ({ sidecar, columns }, options) => {
      const id = ++lastId;
      const transfer: Transferable[] = [];
      const packed = packInputs(columns, transfer);
      await team[0].ask("hold", { id, sidecar, columns: packed }, { ...options, transfer });
      return {
        encode: async (change, given) => {
          const moved: Transferable[] = [];
          const replaced = packInputs(change.replaced, moved);
          return team[0].ask("encodeHeld", { id, change: { ...change, replaced } }, { ...given, transfer: moved });
        },
        release: () => team[0].tell("release", { id }),
      };
    },
    drop: (request, options) => team[0].ask("drop", request, options),
    dispose() {
      for (const mate of team) mate.dispose();
    },
  };
}

/** One after the other; a model that two others read is fitted once. */
async function fitAgain(
  model: Exportable,
  fitPredict: Learners["fitPredict"],
  options?: Options,
): Promise<FittedModel> {
  const all = modelsOf(model);
  const fitted = new Map<Exportable, FittedModel>();
  for (const [i, each] of all.entries()) {
    // The rows to predict have a say in the folds: without them the fit would be another one.
    const { fitted: plan } = await fitPredict(
      { ...each.request, keep: true },
      {
        ...options,
        onProgress: (step) => options?.onProgress?.({ ...step, done: (i + step.done) / all.length }),
      },
    );
    if (!plan) throw new Error("the fit was not kept");
    const read = Object.entries(each.models).map(([name, other]) => [name, fitted.get(other) as FittedModel]);
    const inputs = each.request.train.map(({ name, as }) => ({ name, as }));
    fitted.set(each, { plan, inputs, models: Object.fromEntries(read) });
  }
  return fitted.get(model) as FittedModel;
}

/** The model and those that it reads, each once and after those that it reads itself. */
function modelsOf(model: Exportable, found = new Set<Exportable>()): Exportable[] {
  for (const other of Object.values(model.models)) modelsOf(other, found);
  return [...found.add(model)];
}

/** `open` sends the rows before the first job, where the worker does not have them yet. */
function executorOf(
  mate: Mate,
  id: number,
  open: ((mate: Mate, options: Options) => Promise<unknown>) | undefined,
): Executor {
  let opened: Promise<unknown> | undefined;
  return {
    run: async (job, options) => {
      opened ??= open?.(mate, { signal: options.signal });
      await opened;
      return mate.ask("job", { id, job }, options);
    },
  };
}

interface Mate {
  ask<M extends keyof LearnerCalls & string>(
    method: M,
    args: LearnerCalls[M]["args"],
    options?: CallOptions,
  ): Promise<LearnerCalls[M]["result"]>;
  /** Says something to a worker that is there, whatever it answers. */
  tell<M extends keyof LearnerCalls & string>(method: M, args: LearnerCalls[M]["args"]): void;
  dispose(): void;
}

function createMate(spawn: () => WorkerPort): Mate {
  let current: { port: WorkerPort; call: Caller<LearnerCalls> } | undefined;
  let disposed = false;

  const start = () => {
    if (disposed) throw new Fault("worker-died", "The learners are closed");
    if (current) return current;
    const port = spawn();
    const started = { port, call: createCaller<LearnerCalls>(port) };
    port.onDeath(() => {
      if (current === started) current = undefined;
    });
    current = started;
    return started;
  };

  /** A worker between two slices answers a ping within a slice; one that is stuck in a computation never does. */
  const terminateUnlessAnswering = (started: { port: WorkerPort; call: Caller<LearnerCalls> }) => {
    const timer = setTimeout(
      () => started.port.terminate(new Fault("worker-died", "The learners were stopped", { hint: "Run again." })),
      ANSWER_MS,
    );
    started.call("ping", null).then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
  };

  return {
    ask: async (method, args, options = {}) => {
      const started = start();
      try {
        return await started.call(method, args, options);
      } catch (error) {
        if (isAbort(error) && current === started) terminateUnlessAnswering(started);
        throw error;
      }
    },
    tell: (method, args) => {
      current?.call(method, args).catch(() => {}); // a dead worker has nothing left to say it to
    },
    dispose() {
      disposed = true;
      current?.port.terminate(new Fault("worker-died", "The learners are closed"));
    },
  };
}

function spawnWorker(): WorkerPort {
  return workerPort(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }), "learners");
}
