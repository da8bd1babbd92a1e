/// <reference path="./virtual.d.ts" />
import { abortError, type Caller, createCaller, Fault, throwIfAborted } from "../base";
import { type Compiled, compile } from "./compile";
import { embeddableColumns } from "./embedding";
import { jobFor, type Prepared } from "./job";
import { type FrameHost, type FrameLink, startFrame } from "./link";
import { loadParsers } from "./parsers";
import type {
  CellProtocol,
  EmbeddedColumns,
  NeedsEmbeddings,
  Output,
  RunOptions,
  RunRequest,
  RunResult,
  Sandbox,
} from "./protocol";
import { readEnvelope, readResult } from "./reply";
import { TOOLBOX_NAMES } from "./toolbox/names";

/** A cell writes a few hundred outputs at the most; whoever sends more has other things in mind. */
const MOST_HEARD = 1_000;

/** A worker of the frame, fresh or spare. */
interface CellWorker {
  call: Caller<CellProtocol>;
  /** Called by the run that takes the worker. */
  take(listener: (output: Output) => void): void;
  end(fault: Fault): void;
}

/**
 * Makes the place where user code runs: one hidden frame in `host`, made at the first run and again whenever it dies,
 * and a worker of its own for every run, of which one spare is kept ready.
 */
export function createSandbox({ host }: { host: FrameHost }): Sandbox {
  let frame: Promise<FrameLink> | undefined;
  let spare: Promise<CellWorker> | undefined;
  let isDisposed = false;

  const forget = () => {
    frame = undefined;
    spare = undefined;
  };

  const frameUp = (): Promise<FrameLink> => {
    if (isDisposed) return Promise.reject(new Fault("sandbox-died", "The sandbox was closed"));
    frame ??= (async () => {
      const { default: workerText } = await import("virtual:sandbox-worker");
      const link = await startFrame(host, workerText);
      link.onDeath(forget);
      if (isDisposed) link.dispose();
      return link;
    })();
    frame.catch(forget); // the next run tries again
    return frame;
  };

  const startWorker = async (): Promise<CellWorker> => workerOf(await frameUp());

  const refill = (): void => {
    if (isDisposed) return;
    spare ??= startWorker();
    spare.catch(() => {
      spare = undefined;
    });
  };

  const take = (): Promise<CellWorker> => {
    const ready = spare ?? startWorker();
    spare = undefined;
    return ready;
  };

  return {
    async run(request, options) {
      throwIfAborted(options.signal);
      const where = { cell: request.cell };
      let compiled: Compiled | undefined;
      try {
        await loadParsers();
        compiled = compile(request.source, TOOLBOX_NAMES);
        const embedded = new Map<string, EmbeddedColumns>();
        for (;;) {
          const { result, embeddable } = await runOnce(request, compiled, embedded, options);
          if (result.kind !== "needs") return result;
          const { signal, onProgress, embed } = options;
          for (const column of asked(result, request, embedded)) {
            if (!embed) throw new Fault("code-embedding", "Nothing can be embedded here");
            embedded.set(column, await embed(column, embeddable, { signal, onProgress }));
          }
        }
      } catch (error) {
        throw error instanceof Fault ? placed(error, compiled).at(where) : error;
      }
    },

    async warm() {
      refill();
      await spare;
    },

    dispose() {
      isDisposed = true;
      frame?.then((link) => link.dispose()).catch(() => {});
      forget();
    },
  };

  async function runOnce(
    request: RunRequest,
    compiled: Compiled,
    embedded: ReadonlyMap<string, EmbeddedColumns>,
    options: RunOptions,
  ): Promise<Ran> {
    const taken = take();
    const worker = await untilAborted(taken, options.signal, () => giveBack(taken));
    try {
      return await runIn(worker, request, compiled, embedded, options);
    } finally {
      worker.end(new Fault("sandbox-died", "The cell's worker was stopped"));
      refill();
    }
  }

  /** An unused worker whose run was stopped before it began. */
  function giveBack(taken: Promise<CellWorker>): void {
    if (spare) taken.then((worker) => worker.end(new Fault("sandbox-died", "Not needed"))).catch(() => {});
    else spare = taken;
  }
}

function workerOf(link: FrameLink): CellWorker {
  const { port1: own, port2 } = new MessageChannel();
  const deathListeners: ((fault: Fault) => void)[] = [];
  let hear: ((output: Output) => void) | undefined;
  const end = (fault: Fault): void => {
    worker.stop();
    own.close();
    for (const listener of deathListeners.splice(0)) listener(fault);
  };
  const worker = link.start(port2, end);
  const call = createCaller<CellProtocol>({
    post: (message, transfer = []) => own.postMessage(message, transfer),
    listen(listener) {
      let outputs = 0;
      own.addEventListener("message", ({ data }) => {
        if ((data as { kind?: unknown } | null)?.kind === "output" && ++outputs > MOST_HEARD) return; // not even read
        const envelope = readEnvelope(data);
        if (envelope?.kind === "output") hear?.(envelope.output);
        else if (envelope) listener(envelope);
      });
      own.start();
    },
    onDeath: (listener) => deathListeners.push(listener),
  });
  return {
    call,
    take(listener) {
      hear = listener;
      worker.watch();
    },
    end,
  };
}

/** What came of a run, and of how many rows of each split it may have embeddings. */
interface Ran extends Pick<Prepared, "embeddable"> {
  result: RunResult | NeedsEmbeddings;
}

/** What a cell needs embedded, if it may: the task's columns, each once. @throws Fault `code-embedding` */
function asked(
  { columns }: NeedsEmbeddings,
  { cell, task }: RunRequest,
  embedded: ReadonlyMap<string, EmbeddedColumns>,
): string[] {
  const known = new Set(embeddableColumns(task));
  if (columns.every((column) => known.has(column) && !embedded.has(column))) return [...new Set(columns)];
  throw new Fault("code-embedding", `The cell "${cell}" asked for embeddings that the task does not have`);
}

async function runIn(
  worker: CellWorker,
  request: RunRequest,
  compiled: Compiled,
  embedded: ReadonlyMap<string, EmbeddedColumns>,
  options: RunOptions,
): Promise<Ran> {
  const { job, transfer, embeddable } = jobFor(request, compiled, embedded);
  const expected: Record<string, number> = {};
  for (const { name, table } of job.splits) expected[name] = name === "train" ? job.trainRows : table.rows;
  worker.take((output) => options.onOutput?.(output));
  const { timeoutMs } = options;
  const timer = timeoutMs !== undefined && setTimeout(() => worker.end(timeout(request.cell, timeoutMs)), timeoutMs);
  try {
    const { signal, onProgress } = options;
    const reply = await worker.call("run", job, { signal, onProgress, transfer });
    return { result: readResult(reply, expected, `what the cell "${request.cell}" returned`), embeddable };
  } finally {
    if (timer !== false) clearTimeout(timer);
  }
}

function timeout(cell: string, timeoutMs: number): Fault {
  return new Fault(
    "cell-timeout",
    `The cell "${cell}" was stopped after ${(timeoutMs / 1000).toLocaleString("en")} s`,
    {
      hint: "Look for a loop without an end, try it on fewer rows first, or give the cell more time.",
    },
  );
}

/** The worker places its faults in the generated module; the user wrote TypeScript. */
function placed(fault: Fault, compiled: Compiled | undefined): Fault {
  if (!compiled || fault.where?.line === undefined) return fault;
  const where = compiled.placeOf(fault.where.line, fault.where.column);
  return new Fault(fault.code, fault.message, { hint: fault.hint, where, cause: fault });
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, aborted: () => void): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      aborted();
      reject(abortError());
    };
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
