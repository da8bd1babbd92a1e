import { type Caller, type CallOptions, createCaller, Fault, isAbort, type WorkerPort, workerPort } from "../base";
import type { FitRequest, FitResult } from "./fit";
import type { InputColumn } from "./inputs";
import type { Matrix } from "./matrix";
import type { Sidecar } from "./model-manifest";
import type { LearnerCalls } from "./protocol";

export interface Learners {
  /**
   * Fits on the training rows and predicts every split, in the worker. An abort rejects at once with an AbortError.
   * @throws Fault `learner-input`, `learner-settings`, `worker-died`
   */
  fitPredict(request: FitRequest, options?: Options): Promise<FitResult>;
  /**
   * Encodes rows as a trained model's sidecar says, in the worker; `encodeForModel` makes them the model's inputs.
   * @throws Fault `learner-input` for a column that is missing or of another kind, those of pictures, `worker-died`
   */
  encode(request: { sidecar: Sidecar; columns: InputColumn[] }, options?: Options): Promise<Matrix>;
  dispose(): void;
}

type Options = Pick<CallOptions, "signal" | "onProgress">;

/** A worker that has not answered so long after a stop is terminated; the next call starts another. */
const ANSWER_MS = 500;

/** `spawn` starts the worker, on the first call and after each death. */
export function createLearners({ spawn = spawnWorker }: { spawn?: () => WorkerPort } = {}): Learners {
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

  const ask = async <M extends "fitPredict" | "encode">(
    method: M,
    args: LearnerCalls[M]["args"],
    options: Options = {},
  ): Promise<LearnerCalls[M]["result"]> => {
    const started = start();
    try {
      return await started.call(method, args, options);
    } catch (error) {
      if (isAbort(error) && current === started) terminateUnlessAnswering(started);
      throw error;
    }
  };

  return {
    fitPredict: (request, options) => ask("fitPredict", request, options),
    encode: ({ sidecar, columns }, options) => ask("encode", { encoder: sidecar.encoder, columns }, options),
    dispose() {
      disposed = true;
      current?.port.terminate(new Fault("worker-died", "The learners are closed"));
    },
  };
}

function spawnWorker(): WorkerPort {
  return workerPort(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }), "learners");
}
