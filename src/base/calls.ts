import { abortError, Fault, type FaultData, faultDataOf, isAbort } from "./fault";
import { memoryFault, OUT_OF_MEMORY } from "./memory";
import { work } from "./work";

/** A worker's protocol: method name to argument and result. Types only; both sides import it. */
export type Protocol = Record<string, { args: unknown; result: unknown }>;

/** How far a long step is: `done` in [0, 1], and a note with numbers for the reader. */
export interface Progress {
  done: number;
  note?: string;
}

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  transfer?: Transferable[];
}

/** One end of a message channel. The calls know no transport: a Worker, a MessagePort and a test double all fit. */
export interface Port {
  post(message: unknown, transfer?: Transferable[]): void;
  listen(listener: (message: unknown) => void): void;
  /** Called at most once, when the other end is gone and will never answer. */
  onDeath(listener: (fault: Fault) => void): void;
}

type Request = { id: number; kind: "call"; method: string; args: unknown } | { id: number; kind: "abort" };
type Reply =
  | { id: number; kind: "result"; value: unknown }
  | { id: number; kind: "fault"; fault: FaultData }
  | { id: number; kind: "aborted" }
  | { id: number; kind: "progress"; progress: Progress };

export type Caller<P extends Protocol> = <M extends keyof P & string>(
  method: M,
  args: P[M]["args"],
  options?: CallOptions,
) => Promise<P[M]["result"]>;

/**
 * The calling end. Every open call is rejected with the port's fault when the other end dies, and every later call too;
 * an aborted signal rejects at once with an AbortError and tells the other end.
 */
export function createCaller<P extends Protocol>(port: Port): Caller<P> {
  const open = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void; onProgress?: CallOptions["onProgress"] }
  >();
  let death: Fault | undefined;
  let lastId = 0;

  port.onDeath((fault) => {
    death = fault;
    for (const call of open.values()) call.reject(fault);
    open.clear();
  });
  port.listen((message) => {
    const reply = message as Reply;
    const call = open.get(reply.id);
    if (!call) return;
    if (reply.kind === "progress") {
      call.onProgress?.(reply.progress);
      return;
    }
    open.delete(reply.id);
    if (reply.kind === "result") call.resolve(reply.value);
    else if (reply.kind === "aborted") call.reject(abortError());
    else call.reject(reply.fault.code === "bug" ? new Error(reply.fault.message) : Fault.from(reply.fault));
  });

  return (method, args, options = {}) =>
    new Promise((resolve, reject) => {
      if (death) return reject(death);
      const { signal } = options;
      if (signal?.aborted) return reject(abortError());
      const id = ++lastId;
      const abort = () => {
        if (!open.delete(id)) return;
        settle();
        port.post({ id, kind: "abort" } satisfies Request);
        reject(abortError());
      };
      const end = work.begin();
      const settle = () => {
        signal?.removeEventListener("abort", abort);
        end();
      };
      open.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as never);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress: options.onProgress,
      });
      signal?.addEventListener("abort", abort, { once: true });
      try {
        port.post({ id, kind: "call", method, args } satisfies Request, options.transfer);
      } catch (error) {
        open.delete(id);
        settle();
        reject(error as Error);
      }
    });
}

/** What a handler may use beside its arguments. `transfer` names buffers of the result to move instead of copying. */
export interface Serving {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
  transfer: (buffers: Transferable[]) => void;
}

export type Handlers<P extends Protocol> = {
  [M in keyof P & string]: (args: P[M]["args"], serving: Serving) => P[M]["result"] | Promise<P[M]["result"]>;
};

/** The serving end: answers calls until the port dies. A handler's abort is answered as an abort, not as a fault. */
export function serveCalls<P extends Protocol>(port: Port, handlers: Handlers<P>): void {
  const running = new Map<number, AbortController>();
  port.listen((message) => {
    const request = message as Request;
    if (request.kind === "abort") {
      running.get(request.id)?.abort();
      return;
    }
    if (request.kind !== "call") return;
    const { id, method, args } = request;
    const controller = new AbortController();
    running.set(id, controller);
    let buffers: Transferable[] = [];
    const serving: Serving = {
      signal: controller.signal,
      progress: (progress) => port.post({ id, kind: "progress", progress } satisfies Reply),
      transfer: (moved) => {
        buffers = moved;
      },
    };
    Promise.resolve()
      .then(() => handlers[method](args as never, serving))
      .then((value) => port.post({ id, kind: "result", value } satisfies Reply, buffers))
      .catch((error: unknown) => {
        const reply: Reply = isAbort(error)
          ? { id, kind: "aborted" }
          : { id, kind: "fault", fault: faultDataOf(memoryFault(error) ?? error) };
        port.post(reply);
      })
      .finally(() => running.delete(id));
  });
}

/** The page's end of a worker. Terminating it, or its crash, is the port's death. */
export interface WorkerPort extends Port {
  terminate(fault: Fault): void;
}

export function workerPort(worker: Worker, name: string): WorkerPort {
  let listeners: ((fault: Fault) => void)[] = [];
  const die = (fault: Fault) => {
    worker.terminate();
    const told = listeners;
    listeners = [];
    for (const listener of told) listener(fault);
  };
  worker.addEventListener("error", (event) => {
    die(
      new Fault("worker-died", `The ${name} worker stopped: ${event.message || "it could not be loaded"}`, {
        hint: "Run again: it restarts by itself.",
      }),
    );
  });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (listener) =>
      worker.addEventListener("message", ({ data }) => {
        listener(data);
        if (!saysOutOfMemory(data)) return;
        die(
          new Fault("worker-died", `The ${name} worker was stopped: its memory ran out`, {
            hint: "Run again: it restarts by itself.",
          }),
        );
      }),
    onDeath: (listener) => listeners.push(listener),
    terminate: die,
  };
}

/** Memory that a worker has grown to is given back only by its end. */
function saysOutOfMemory(message: unknown): boolean {
  const reply = message as Reply;
  return reply.kind === "fault" && reply.fault.code === OUT_OF_MEMORY;
}

/** A worker's own end of its channel. */
export function ownPort(scope: DedicatedPort): Port {
  return {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen: (listener) => scope.addEventListener("message", (event) => listener(event.data)),
    onDeath: () => {},
  };
}

/** What `self` of a dedicated worker, and a MessagePort, offer. */
export interface DedicatedPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}
