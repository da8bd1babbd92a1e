import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, isAbort } from "../base";
import type { TaskData } from "../cells";
import { createEngine, type DataEngine } from "../data";
import { expectTables, type Table, tableFromArrow } from "../table";
import type { TaskManifest } from "../tasks";
import type { AppState, TaskState } from "./state";
import { loadManifest, loadTaskData, type TaskGlance } from "./task-loader";
import type { TaskSource } from "./task-source";

export interface Tasks {
  /** Makes this the open task: its manifest is fetched, its rows are not. */
  open(id: string): Promise<TaskManifest>;
  /** The reader may open a task soon: an engine for it starts ahead, and loads nothing. */
  expect(): void;
  /** A task that is removed: if it is the open one, its rows go and none is open. */
  forget(id: string): void;
  /** The open task's rows, loaded when first asked for; only who asks first has a `glance` at them. */
  data(id: string, options?: { glance?: TaskGlance }): Promise<TaskData>;
  /** The open task's rows, if they are loaded. */
  loaded(): TaskData | undefined;
  /** One reading statement on the open task. */
  query(sql: string, signal?: AbortSignal): Promise<Table>;
}

/** One task is open at a time: another one's engine and tables are let go, so that the tab's memory holds one. */
export function createTasks(store: StoreApi<AppState>, source: TaskSource): Tasks {
  let current:
    | {
        id: string;
        manifest: Promise<TaskManifest>;
        loading?: Promise<TaskData>;
        data?: TaskData;
        engine?: DataEngine;
        abort: AbortController;
      }
    | undefined;
  /** A started engine that no task has yet; it rehearses until one takes it. */
  let spare: { engine: DataEngine; rehearsal: AbortController } | undefined;

  const takeEngine = (): DataEngine => {
    const engine = spare?.engine ?? createEngine();
    spare?.rehearsal.abort();
    spare = undefined;
    return engine;
  };

  const set = (id: string, change: Partial<TaskState>): void => {
    store.setState((state) => (state.task?.id === id ? { task: { ...state.task, ...change } } : {}));
  };

  const open = (id: string): Promise<TaskManifest> => {
    const failed = store.getState().task?.manifest.status === "failed";
    if (current?.id === id && !failed) return current.manifest;
    current?.abort.abort();
    current?.engine?.dispose();
    const manifest = loadManifest(source, id);
    current = { id, manifest, abort: new AbortController() };
    store.setState({ task: { id, manifest: { status: "loading" }, data: { status: "asleep" } } });
    manifest.then(
      (value) => set(id, { manifest: { status: "ready", value } }),
      (error) => set(id, { manifest: { status: "failed", fault: faultDataOf(error) } }),
    );
    return manifest;
  };

  const load = async (id: string, glance?: TaskGlance): Promise<TaskData> => {
    const mine = current;
    if (!mine || mine.id !== id)
      throw new Fault("task-closed", `The task "${id}" is not open`, { hint: "Open it and try again." });
    expectTables();
    set(id, { data: { status: "loading", progress: { done: 0, note: "Reading the manifest" } } });
    try {
      const { data, relations, engine } = await loadTaskData(source, mine.manifest, {
        engine: takeEngine(),
        glance,
        signal: mine.abort.signal,
        onProgress: (progress) => set(id, { data: { status: "loading", progress } }),
      });
      if (current !== mine) {
        engine.dispose();
        throw new Fault("task-closed", `The task "${id}" was closed while it was loading`);
      }
      mine.engine = engine;
      mine.data = data;
      set(id, { data: { status: "ready", relations } });
      return data;
    } catch (error) {
      mine.loading = undefined;
      set(id, { data: isAbort(error) ? { status: "asleep" } : { status: "failed", fault: faultDataOf(error) } });
      throw error;
    }
  };

  return {
    open,
    expect: () => {
      if (spare) return;
      expectTables();
      const rehearsal = new AbortController();
      spare = { engine: createEngine(), rehearsal };
      spare.engine.rehearse({ signal: rehearsal.signal }).catch(() => {}); // the task that takes it tries once more, and says what is wrong
    },
    forget: (id) => {
      if (current?.id !== id) return;
      current.abort.abort();
      current.engine?.dispose();
      current = undefined;
      store.setState({ task: undefined });
    },
    data: async (id, { glance } = {}) => {
      open(id).catch(() => {}); // heard in loading: the engine starts while the manifest comes
      const mine = current;
      if (!mine) throw new Fault("task-closed", `The task "${id}" is not open`);
      mine.loading ??= load(id, glance);
      return mine.loading;
    },
    loaded: () => current?.data,
    query: async (sql, signal) => {
      if (!current) throw new Fault("task-closed", "No task is open", { hint: "Open a task first." });
      current.loading ??= load(current.id);
      const { engine } = await current.loading;
      return tableFromArrow(await engine.query(sql, { signal }));
    },
  };
}
