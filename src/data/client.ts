import {
  type Caller,
  type CallOptions,
  createCaller,
  Fault,
  isAbort,
  throwIfAborted,
  untilAborted,
  type WorkerPort,
  workerPort,
} from "../base";
import { type EngineCode, engineCode } from "./engine-code";
import { CRASH, EXHAUSTED } from "./faults";
import { createJournal, type Step } from "./journal";
import type { DataProtocol, Relation, TableFile } from "./protocol";
import { checkStatement } from "./statement";

/** Where SQL is run. The data engine stays behind this, so that an engine elsewhere can be a second implementation. */
export interface DataEngine {
  /** Starts the engine ahead of `open`, while the files are still on their way. */
  warm(options?: CallOptions): Promise<void>;
  /** As `warm`, and then does once what `open` and the first statements will do, so that the engine's code is compiled. */
  rehearse(options?: CallOptions): Promise<void>;
  /**
   * Loads the files as tables, in their order, then locks the engine: no file, URL or setting can be reached after. Calling
   * it again replaces everything.
   *
   * `glance` is awaited first, where all files are Parquet and not large: they can be asked for before they are loaded, which
   * takes longer. It is the app's own, as the engine is not locked yet, and whatever fails in it is as if it had not been.
   * @throws Fault `file-damaged` naming the file; the engine then holds nothing
   */
  open(files: readonly TableFile[], options?: CallOptions & { glance?: Glance }): Promise<Relation[]>;
  /**
   * One reading statement to Arrow IPC bytes (stream format).
   * @throws Fault `sql-…` with the line and column in `sql`, `engine-restarted` after a crash
   */
  query(sql: string, options?: CallOptions): Promise<Uint8Array>;
  /** Keeps the result of one reading statement as table `name`, in place of what had the name before. */
  keep(name: string, sql: string, options?: CallOptions): Promise<Relation>;
  /** Makes view `name` show the table `target`. */
  alias(name: string, target: string): Promise<void>;
  /** Puts a table given as Arrow IPC bytes (stream format) into the engine. */
  put(name: string, arrow: Uint8Array, options?: CallOptions): Promise<Relation>;
  /** Removes a table or view; a name that is not there is no fault. */
  drop(name: string): Promise<void>;
  dispose(): void;
}

/** Looks at files that are views of their tables' names for as long as it does; what it keeps goes when a table takes the name. */
export type Glance = (views: readonly Relation[], engine: Pick<DataEngine, "query" | "keep">) => Promise<void>;

/** Larger files are loaded one after another at once, so that never all of them are in the engine's memory beside a table. */
const GLANCE_BYTES = 64e6;

/** How long an aborted statement may take to stop by itself before its worker is stopped. */
const PATIENCE_MS = 500;

interface Live {
  call: Caller<DataProtocol>;
  port: WorkerPort;
  /** A Fault once the worker is gone. */
  gone?: Fault;
}

/**
 * DuckDB in a worker. Calls wait for each other; an aborted call rejects at once, and the engine is free again within half
 * a second: by itself, or by a new worker, which is brought back to the same state on the next call.
 */
export function createEngine(options: { spawn?: () => WorkerPort; code?: EngineCode } = {}): DataEngine {
  const { spawn = spawnWorker, code = engineCode } = options;
  const journal = createJournal();
  let files: readonly TableFile[] = [];
  let live: Live | undefined;
  /** A started engine that has loaded nothing yet. */
  let fresh: Live | undefined;
  let disposed = false;
  let tail: Promise<unknown> = Promise.resolve();

  async function start(callOptions: CallOptions): Promise<Live> {
    const port = spawn();
    const started: Live = { port, call: createCaller<DataProtocol>(port) };
    port.onDeath((fault) => {
      started.gone = fault;
      if (live === started) live = undefined;
    });
    live = started;
    try {
      const { onProgress } = callOptions;
      await code.boot((wasm) => started.call("boot", { wasm }, { onProgress }), onProgress);
    } catch (error) {
      stop(started);
      throw error;
    }
    return started;
  }

  function stop(worker: Live | undefined): void {
    worker?.port.terminate(new Fault("engine-stopped", "The data engine was stopped"));
    if (live === worker) live = undefined;
  }

  /** The worker after the glance: the same, or a new one where something failed, and what it has of the files. */
  async function glanced(
    worker: Live,
    opened: readonly TableFile[],
    { signal, glance }: CallOptions & { glance?: Glance },
  ): Promise<{ worker: Live; has: ReadonlySet<string> }> {
    const has = new Set<string>();
    const size = opened.reduce((sum, file) => sum + file.bytes.length, 0);
    if (!glance || size > GLANCE_BYTES || opened.some((file) => file.format !== "parquet")) return { worker, has };
    const asking = <T>(sql: string, ask: () => Promise<T>): Promise<T> => {
      checkStatement(sql);
      return ask();
    };
    try {
      const views: Relation[] = [];
      for (const file of opened) {
        views.push(await worker.call("glance", file, { signal }));
        has.add(file.table);
      }
      await glance(views, {
        query: (sql) => asking(sql, () => worker.call("query", { sql, known: [] }, { signal })),
        keep: (name, sql) => asking(sql, () => worker.call("keep", { name, sql, known: [] }, { signal })),
      });
      return { worker, has };
    } catch {
      // Loading says what is wrong with a file, in an engine that nothing happened to.
      stop(worker);
      throwIfAborted(signal);
      return { worker: await start({ signal }), has: new Set() };
    }
  }

  /** The engine as it was left: running, or started again and brought back. */
  async function ready(callOptions: CallOptions): Promise<Live> {
    if (live && live === fresh) await live.call("lock", undefined); // nothing runs in an open engine
    fresh = undefined;
    if (live) return live;
    const started = await start(callOptions);
    for (const file of files) await started.call("load", file);
    await started.call("lock", undefined);
    for (const step of journal.plan()) {
      try {
        await repeat(started, step);
      } catch (error) {
        journal.forget(step.name);
        if (!live) throw restarted(error, `while "${step.name}" was being restored`);
      }
    }
    return started;
  }

  async function repeat({ call }: Live, step: Step): Promise<void> {
    const known = journal.names();
    switch (step.kind) {
      case "keep":
        await call("keep", { name: step.name, sql: step.sql, known });
        return;
      case "put":
        await call("put", { name: step.name, arrow: step.arrow });
        return;
      case "alias":
        await call("alias", { name: step.name, target: step.target, known });
        return;
      case "drop":
        await call("drop", { name: step.name });
    }
  }

  /** After an abort: waits until the statement has stopped by itself, or stops its worker. */
  async function calm(worker: Live): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), PATIENCE_MS);
    });
    const answer = await Promise.race([worker.call("settled", undefined).catch(() => "gone" as const), patience]);
    clearTimeout(timer);
    if (answer === "late") stop(worker);
  }

  /** Runs a job on the restored engine; makes good what an abort or a crash leaves behind. */
  async function attempt<T>(callOptions: CallOptions, job: (worker: Live) => Promise<T>): Promise<T> {
    const worker = await ready(callOptions);
    throwIfAborted(callOptions.signal);
    try {
      return await job(worker);
    } catch (error) {
      if (isAbort(error)) await calm(worker);
      const crashed = error instanceof Fault && error.code === CRASH;
      if (crashed || (error instanceof Fault && error.code === EXHAUSTED)) stop(worker);
      const died = worker.gone !== undefined && error === worker.gone && !disposed;
      if (crashed || died) throw restarted(error, "on this statement");
      throw error;
    }
  }

  /** One job after another. The caller of an aborted one is let go at once; the next waits until the engine is calm. */
  function inTurn<T>(callOptions: CallOptions, job: () => Promise<T>): Promise<T> {
    const { signal } = callOptions;
    const turn = tail.then(() => {
      throwIfAborted(signal);
      if (disposed) throw new Fault("engine-stopped", "The data engine was stopped");
      return job();
    });
    tail = turn.catch(() => {});
    return untilAborted(turn, signal);
  }

  return {
    warm: (callOptions = {}) =>
      inTurn(callOptions, async () => {
        if (!live) fresh = await start(callOptions);
      }),

    rehearse: (callOptions = {}) =>
      inTurn(callOptions, async () => {
        if (live) return;
        fresh = await start(callOptions);
        await fresh.call("rehearse", undefined, { signal: callOptions.signal });
      }),

    open: (opened, callOptions = {}) =>
      inTurn(callOptions, async () => {
        const warmed = fresh !== undefined && fresh === live ? fresh : undefined;
        fresh = undefined;
        if (!warmed) stop(live);
        files = [];
        journal.start([]);
        const { onProgress, signal } = callOptions;
        // Starting the engine is taken as the first of the steps, each file as one more.
        const steps = opened.length + 1;
        const started =
          warmed ??
          (await start({ onProgress: onProgress && (({ done, note }) => onProgress({ done: done / steps, note })) }));
        const { worker, has } = await glanced(started, opened, callOptions);
        const relations: Relation[] = [];
        try {
          for (const [index, file] of opened.entries()) {
            throwIfAborted(signal);
            const size = (file.bytes.length / 1e6).toFixed(1);
            onProgress?.({
              done: (index + 1) / steps,
              note: `${file.file} (${size} MB), ${index + 1} of ${opened.length}`,
            });
            const { bytes, ...rest } = file;
            relations.push(await worker.call("load", has.has(file.table) ? rest : { ...rest, bytes }, { signal }));
          }
          await worker.call("lock", undefined);
        } catch (error) {
          stop(worker);
          throw error;
        }
        files = [...opened];
        journal.start(opened.map((file) => file.table));
        const rows = relations.reduce((sum, relation) => sum + relation.rows, 0);
        onProgress?.({ done: 1, note: `${rows.toLocaleString("en")} rows in ${relations.length} tables` });
        return relations;
      }),

    query: async (sql, callOptions = {}) => {
      checkStatement(sql);
      return inTurn(callOptions, () =>
        attempt(callOptions, ({ call }) =>
          call("query", { sql, known: journal.names() }, { signal: callOptions.signal }),
        ),
      );
    },

    keep: async (name, sql, callOptions = {}) => {
      checkStatement(sql);
      return inTurn(callOptions, () =>
        attempt(callOptions, async ({ call }) => {
          const known = journal.names();
          const relation = await call("keep", { name, sql, known }, { signal: callOptions.signal });
          journal.record({ kind: "keep", name, sql });
          return relation;
        }),
      );
    },

    alias: (name, target) =>
      inTurn({}, () =>
        attempt({}, async ({ call }) => {
          await call("alias", { name, target, known: journal.names() });
          if (name.toLowerCase() !== target.toLowerCase()) journal.record({ kind: "alias", name, target });
        }),
      ),

    put: (name, arrow, callOptions = {}) =>
      inTurn(callOptions, () =>
        attempt(callOptions, async ({ call }) => {
          const relation = await call("put", { name, arrow }, { signal: callOptions.signal });
          journal.record({ kind: "put", name, arrow });
          return relation;
        }),
      ),

    drop: (name) =>
      inTurn({}, () =>
        attempt({}, async ({ call }) => {
          await call("drop", { name });
          journal.record({ kind: "drop", name });
        }),
      ),

    dispose: () => {
      disposed = true;
      stop(live);
      files = [];
      journal.start([]);
    },
  };
}

function restarted(error: unknown, when: string): Fault {
  const detail = error instanceof Error && error.message ? `: ${error.message}` : "";
  return new Fault("engine-restarted", `The data engine broke down ${when}${detail}`, {
    hint: "It restarts by itself, and tables are kept. If it happens again, read fewer rows or columns at once.",
    cause: error,
  });
}

export function spawnWorker(): WorkerPort {
  return workerPort(new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "data" }), "data");
}
