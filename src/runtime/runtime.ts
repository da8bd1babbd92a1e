import { abortError, Fault, type FaultData, faultDataOf, type Hash, isAbort, type Progress } from "../base";
import type { Graph } from "./graph";
import { dueByItself, type Plan, planRun } from "./plan";
import { type CellState, lastOf, type Result, type Status, statusOf } from "./state";

/** What a cell's kind does: from the values that it reads to its own. */
export type Evaluate<V> = (
  id: string,
  inputs: ReadonlyMap<string, V>,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void; key: Hash },
) => Promise<V>;

/** The present graph and keys; the runtime asks anew whenever it needs them, so that an edit is seen at once. */
export interface Present {
  graph: Graph;
  keys: ReadonlyMap<string, Hash>;
}

export interface RuntimeOptions<V> {
  present: () => Present;
  evaluate: Evaluate<V>;
  onChange: (id: string, state: CellState<V>) => void;
  /** Cells that run only when asked for (R13). */
  held?: () => ReadonlySet<string>;
  /** Milliseconds, only for `tookMs`. */
  now: () => number;
  /** How many results are kept by key. */
  kept?: number;
  /** What a result holds on to, piece by piece with its bytes; results may share pieces. */
  piecesOf?: (value: V) => Iterable<[piece: object, bytes: number]>;
  /** So many bytes are kept for results that no cell shows. */
  keptBytes?: number;
  /** Called for a result that is kept no longer and shown nowhere. */
  onForget?: (value: V) => void;
}

export interface Runtime<V> {
  state(id: string): CellState<V>;
  status(id: string): Status;
  /** Resolves when every cell of the plan has settled; a stop resolves it too. */
  run(wanted: readonly string[] | "all"): Promise<void>;
  /** R13: runs what is due after an edit. */
  runDue(): Promise<void>;
  stop(): void;
  running(): boolean;
  /** After an edit: ends runs of outdated texts, gives cells whose key is known their result (R9), forgets cells that are gone. */
  refresh(): void;
  dispose(): void;
}

export function createRuntime<V>(options: RuntimeOptions<V>): Runtime<V> {
  const states = new Map<string, CellState<V>>();
  const results = new Map<Hash, Result<V>>();
  const kept = options.kept ?? 100;
  /** Runs under way: each has its own abort, so that a newer run of a cell can end an older one. */
  const active = new Map<string, { key: Hash; controller: AbortController; settled: Promise<void> }>();
  let session = new AbortController();

  const set = (id: string, state: CellState<V>): void => {
    states.set(id, state);
    options.onChange(id, state);
  };
  const state = (id: string): CellState<V> => states.get(id) ?? { status: "idle" };
  const status = (id: string): Status => statusOf(state(id), options.present().keys.get(id));
  const statuses = (): Map<string, Status> => new Map(options.present().graph.order.map((id) => [id, status(id)]));

  const remember = (result: Result<V>): void => {
    results.delete(result.key);
    results.set(result.key, result);
  };

  /** Forgets what is too much, once it is known what the cells show. */
  const trim = (): void => {
    const shown = new Set([...states.values()].map((each) => lastOf(each)?.key));
    for (const old of [...tooMany(shown), ...tooHeavy(shown)]) {
      if (results.delete(old.key)) options.onForget?.(old.value);
    }
  };

  /** Of results that no cell shows the oldest, where there are more than are kept. */
  const tooMany = (shown: ReadonlySet<Hash | undefined>): Result<V>[] =>
    [...results.values()].filter(({ key }) => !shown.has(key)).slice(0, Math.max(0, results.size - kept));

  /** Of results that no cell shows all but the newest that fit into `keptBytes`, what is shown elsewhere not counted. */
  const tooHeavy = (shown: ReadonlySet<Hash | undefined>): Result<V>[] => {
    const { piecesOf, keptBytes = Number.POSITIVE_INFINITY } = options;
    if (!piecesOf) return [];
    const all = [...results.values()];
    const held = new Set<object>();
    for (const { key, value } of all) if (shown.has(key)) for (const [piece] of piecesOf(value)) held.add(piece);
    let bytes = 0;
    return all.reverse().filter(({ key, value }) => {
      if (shown.has(key)) return false;
      for (const [piece, size] of piecesOf(value)) {
        if (!held.has(piece)) bytes += size;
        held.add(piece);
      }
      return bytes > keptBytes;
    });
  };

  const runCell = async (id: string, signal: AbortSignal): Promise<void> => {
    const { graph, keys } = options.present();
    const key = keys.get(id);
    if (key === undefined || signal.aborted) return unqueue(id);
    const known = results.get(key);
    if (known) return set(id, { status: "ready", last: known });
    const blocked = firstFailed(graph, id);
    if (blocked) return set(id, { status: "failed", key, fault: blocked, last: lastOf(state(id)) });

    const inputs = new Map<string, V>();
    for (const [name, parent] of graph.reads.get(id) ?? []) {
      const result = lastOf(state(parent));
      if (result) inputs.set(name, result.value);
    }
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    signal.addEventListener("abort", abort, { once: true });
    const since = options.now();
    set(id, { status: "running", done: 0, since, last: lastOf(state(id)) });
    const work = (async () => {
      const fresh = (): boolean => options.present().keys.get(id) === key && active.get(id)?.controller === controller;
      try {
        const value = await options.evaluate(id, inputs, {
          key,
          signal: controller.signal,
          onProgress: ({ done, note }) => {
            if (fresh() && state(id).status === "running")
              set(id, { status: "running", done, note, since, last: lastOf(state(id)) });
          },
        });
        if (controller.signal.aborted) throw abortError();
        const result = { value, key, tookMs: options.now() - since };
        remember(result);
        if (fresh()) set(id, { status: "ready", last: result });
        else settleBack(id, controller);
        trim();
      } catch (error) {
        if (controller.signal.aborted || !fresh()) settleBack(id, controller);
        else set(id, { status: "failed", key, fault: faultOf(error), last: lastOf(state(id)) });
      } finally {
        signal.removeEventListener("abort", abort);
        if (active.get(id)?.controller === controller) active.delete(id);
      }
    })();
    active.set(id, { key, controller, settled: work });
    await work;
  };

  /** After an abort or an edit during the run: back to the newest result there is. */
  const settleBack = (id: string, controller: AbortController): void => {
    const owner = active.get(id)?.controller;
    if (owner !== undefined && owner !== controller) return;
    if (!states.has(id)) return; // the cell is gone
    const last = lastOf(state(id));
    set(id, last ? { status: "ready", last } : { status: "idle" });
  };

  const firstFailed = (graph: Graph, id: string): FaultData | undefined => {
    for (const [name, parent] of graph.reads.get(id) ?? []) {
      const fault = graph.faults.get(parent);
      if (fault || status(parent) !== "ready") {
        return {
          code: "upstream",
          message: `Waits for "${name}", which ${fault || status(parent) === "failed" ? "failed" : "has no result"}`,
          hint: `Mend "${name}" first.`,
          where: { cell: name },
        };
      }
    }
    return undefined;
  };

  const execute = async (plan: Plan, signal: AbortSignal): Promise<void> => {
    for (const id of plan) {
      const running = active.get(id);
      if (running && running.key === options.present().keys.get(id)) continue;
      running?.controller.abort();
      set(id, { status: "queued", last: lastOf(state(id)) });
    }
    // Each cell waits for those of the plan that it reads; independent cells run side by side on their engines.
    const tasks = new Map<string, Promise<void>>();
    for (const id of plan) {
      const above = [...(options.present().graph.reads.get(id)?.values() ?? [])].map(
        (parent) => tasks.get(parent) ?? active.get(parent)?.settled,
      );
      const running = active.get(id);
      const shared = running && running.key === options.present().keys.get(id) ? running.settled : undefined;
      tasks.set(id, shared ?? Promise.all(above).then(() => runCell(id, signal)));
    }
    await Promise.all(tasks.values());
  };

  const held = (): ReadonlySet<string> => options.held?.() ?? new Set();
  const run = async (wanted: readonly string[] | "all"): Promise<void> => {
    const { signal } = session;
    const { graph } = options.present();
    const plan = planRun(graph, statuses(), wanted, held());
    for (const id of wanted === "all" ? graph.faults.keys() : wanted) {
      const fault = graph.faults.get(id);
      if (fault) set(id, { status: "failed", fault, key: undefined, last: lastOf(state(id)) });
    }
    await execute(plan, signal);
    if (signal.aborted) forgetQueue();
  };

  return {
    state,
    status,
    run,
    runDue: () => run(dueByItself(options.present().graph, statuses(), held())),
    stop: () => {
      session.abort();
      session = new AbortController();
      forgetQueue();
    },
    running: () => active.size > 0 || [...states.values()].some((each) => each.status === "queued"),
    refresh: () => {
      const { graph, keys } = options.present();
      const alive = new Set([...graph.order, ...graph.faults.keys()]);
      for (const [id, run] of active) if (keys.get(id) !== run.key) run.controller.abort();
      for (const id of states.keys()) {
        if (alive.has(id)) continue;
        states.delete(id);
        options.onChange(id, { status: "idle" });
      }
      for (const id of graph.order) {
        const key = keys.get(id);
        const known = key === undefined ? undefined : results.get(key);
        const now = state(id);
        if (known && now.status !== "queued" && now.status !== "running" && lastOf(now)?.key !== key)
          set(id, { status: "ready", last: known });
        else if (known && now.status === "failed") set(id, { status: "ready", last: known });
      }
    },
    dispose: () => {
      session.abort();
      for (const result of results.values()) options.onForget?.(result.value);
      results.clear();
      states.clear();
    },
  };

  function forgetQueue(): void {
    for (const id of states.keys()) unqueue(id);
  }

  function unqueue(id: string): void {
    const each = states.get(id);
    if (each?.status === "queued") set(id, each.last ? { status: "ready", last: each.last } : { status: "idle" });
  }
}

/** An abort that is not this run's own means that something it shared was stopped. */
function faultOf(error: unknown): FaultData {
  if (!isAbort(error)) return faultDataOf(error);
  return new Fault("stopped", "Something that this cell waited for was stopped", { hint: "Run it again." }).toData();
}
