import { Fault, type FaultData, faultDataOf, isAbort, type Progress, throwIfAborted } from "../../base";
import { CELL_DEFINITIONS, type CellValue, createCellContext, dataHashOf, type Engines } from "../../cells";
import { type CodeCell, editConfig, formatNotebook, looseConfig, type Notebook, setFront } from "../../notebook";
import type { RunDetail, ScoreRun, TaskResult } from "../../runs";
import { createRuntime, lastOf, type Runtime } from "../../runtime";
import type { TaskManifest } from "../../tasks";
import { enginesBeside } from "../engines";
import { type Derived, derive } from "../graph";
import { recordOf, taskOf } from "../runs/record";
import { loadTaskData } from "../task-loader";
import type { TaskSource } from "../task-source";

export interface ScoreOnOptions {
  source: TaskSource;
  engines: Engines;
  version: string;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export type Outcome =
  | { result: Extract<TaskResult, { status: "scored" }>; record: { run: ScoreRun; detail: RunDetail } }
  | { result: Extract<TaskResult, { status: "failed" }>; record?: undefined };

/** The score that a notebook is judged by: its first score cell. */
export function scoreCellOf({ cells }: Pick<Derived, "cells">): CodeCell | undefined {
  return cells.find((cell) => cell.kind === "score");
}

/** The predictions that a score cell names, the run's own first. */
export function predictionsOf(cell: Pick<CodeCell, "source">): string[] {
  const { predictions } = looseConfig(cell.source);
  return (Array.isArray(predictions) ? predictions : [predictions]).filter((name) => typeof name === "string");
}

/**
 * Runs what a notebook's score depends on over another task, in engines of its own that are let go afterwards: the open
 * notebook notices nothing, and one task's rows are in memory at a time. Predictions beside the first that do not fit the
 * task are left out of its score, with the reason. What fails is a result too; only a stop throws.
 */
export async function scoreOn(notebook: Notebook, manifest: TaskManifest, options: ScoreOnOptions): Promise<Outcome> {
  const { signal, onProgress } = options;
  const started = performance.now();
  const task = taskOf(manifest);
  const engines = enginesBeside(options.engines);
  let dispose = (): void => {};
  try {
    const { data, engine } = await loadTaskData(options.source, Promise.resolve(manifest), { signal, onProgress });
    dispose = () => engine.dispose();
    const here = setFront(notebook, "task", manifest.id);
    const derived = derive(here, dataHashOf(manifest));
    const cell = scoreCellOf(derived);
    if (!cell) throw new Fault("no-score", "This notebook has no score cell");
    const context = createCellContext(data, engines);
    const runtime: Runtime<CellValue> = createRuntime<CellValue>({
      now: () => performance.now(),
      present: () => derived,
      onChange: (id, state) => {
        const name = derived.cells.find((each) => each.id === id)?.name;
        if (state.status === "running")
          onProgress({ done: state.done, note: state.note ? `${name}: ${state.note}` : name });
      },
      evaluate: async (id, inputs, given) => {
        const each = derived.cells.find((other) => other.id === id);
        if (!each) throw new Error(`cell ${id} is gone`);
        try {
          return await CELL_DEFINITIONS[each.kind].evaluate(each, inputs, context, given);
        } catch (error) {
          throw error instanceof Fault ? error.at({ cell: each.name }) : error;
        }
      },
    });
    const stop = (): void => runtime.stop();
    signal.addEventListener("abort", stop, { once: true });
    try {
      const parents = derived.graph.reads.get(cell.id) ?? new Map<string, string>();
      await runtime.run([...parents.values()]);
      throwIfAborted(signal);
      const { inputs, leftOut } = settledInputs(cell, parents, derived, runtime);
      const kept = predictionsOf(cell).filter((name) => inputs.has(name));
      const source = leftOut.length > 0 ? editConfig(cell.source, "predictions", kept) : cell.source;
      const key = derived.keys.get(cell.id) ?? "";
      const value = await CELL_DEFINITIONS.score.evaluate({ ...cell, source }, inputs, context, {
        signal,
        onProgress,
        key,
      });
      if (value.kind !== "score") throw new Error("a score cell gave no score");
      const record = recordOf({
        cell,
        key,
        value,
        cells: derived.cells,
        valueOf: (name) => inputs.get(name),
        markdown: formatNotebook(here),
        title: here.front.title,
        manifest,
        made: Date.now(),
        version: options.version,
      });
      return { result: resultOf(record.run, performance.now() - started, leftOut), record };
    } finally {
      signal.removeEventListener("abort", stop);
      runtime.dispose();
    }
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error;
    return { result: { status: "failed", task, tookMs: performance.now() - started, fault: faultDataOf(error) } };
  } finally {
    dispose();
    engines.dispose();
  }
}

/** A run of one task as a line of a table of tasks. */
export function resultOf(
  run: ScoreRun,
  tookMs: number,
  leftOut: { name: string; reason: string }[],
): Extract<TaskResult, { status: "scored" }> {
  const floor = run.members.find((member) => member.title === "majority")?.metrics[run.metric];
  return {
    status: "scored",
    task: run.task,
    tookMs,
    run: run.id,
    split: run.split,
    rows: run.rows,
    metric: run.metric,
    lead: run.members[0],
    ...(floor && { floor }),
    leftOut,
  };
}

/** @throws Fault the reason why the first predictions do not fit this task: that of the cell where it began */
function settledInputs(
  cell: CodeCell,
  parents: ReadonlyMap<string, string>,
  derived: Derived,
  runtime: Runtime<CellValue>,
): { inputs: Map<string, CellValue>; leftOut: { name: string; reason: string }[] } {
  const inputs = new Map<string, CellValue>();
  const leftOut: { name: string; reason: string }[] = [];
  for (const [place, name] of predictionsOf(cell).entries()) {
    const id = parents.get(name);
    const value = id !== undefined && runtime.status(id) === "ready" ? lastOf(runtime.state(id))?.value : undefined;
    if (value) {
      inputs.set(name, value);
      continue;
    }
    const fault = firstCause(id, derived, runtime);
    if (place === 0) throw Fault.from(fault);
    leftOut.push({ name, reason: fault.message });
  }
  return { inputs, leftOut };
}

function firstCause(id: string | undefined, derived: Derived, runtime: Runtime<CellValue>): FaultData {
  const state = id === undefined ? undefined : runtime.state(id);
  const own = (id !== undefined && derived.graph.faults.get(id)) || (state?.status === "failed" && state.fault);
  if (!own) return { code: "no-result", message: "The model has no result" };
  const above = derived.cells.find((cell) => cell.name === own.where?.cell)?.id;
  return own.code === "upstream" && above !== undefined && above !== id ? firstCause(above, derived, runtime) : own;
}
