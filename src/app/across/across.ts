import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, hashOf, isAbort } from "../../base";
import { dataHashOf, type Engines } from "../../cells";
import { formatNotebook, type Notebook, setFront } from "../../notebook";
import { type AcrossRun, claimsOf, type KeptRun, pendingTasks, type TaskResult, withResult } from "../../runs";
import { loadParsers } from "../../sandbox";
import type { CatalogueEntry, TaskManifest, Track } from "../../tasks";
import type { Desk } from "../desk";
import { derive } from "../graph";
import type { Notebooks } from "../notebooks";
import type { Route } from "../route";
import type { Runs } from "../runs/runs";
import type { AppState } from "../state";
import { loadManifest } from "../task-loader";
import type { TaskSource } from "../task-source";
import { predictionsOf, resultOf, scoreCellOf, scoreOn } from "./score-on";

/** One notebook on every task of its track. */
export interface Across {
  /**
   * Runs the open notebook on the tasks of its track that have no result yet, one after the other, and shows their table;
   * asks for consent first where the notebook is a stranger's. Resolves when it is through, or stopped.
   */
  start(): Promise<AcrossRun | undefined>;
  /** Goes on with a run that was stopped, from the notebook that it keeps. */
  resume(id: string): Promise<AcrossRun | undefined>;
  /** Runs one task again, whatever came of it. */
  again(id: string, task: string): Promise<AcrossRun | undefined>;
  stop(): void;
  /** The run of the open notebook as it stands, if there is one. */
  ofOpen(): AcrossRun | undefined;
  /** What a link holds after `#nb=`: the run's notebook and its scores by task, so that a reader's run says whether they come out again. */
  link(id: string): Promise<string>;
  /** Opens the run's notebook on one of its tasks, as a new notebook. */
  openOn(id: string, task: string): Promise<void>;
}

export interface AcrossOptions {
  store: StoreApi<AppState>;
  desk: Pick<Desk, "session">;
  source: TaskSource;
  engines: Engines;
  runs: Runs;
  notebooks: Pick<Notebooks, "openText">;
  parse: (markdown: string) => Notebook;
  go: (route: Route) => void;
  version: string;
}

export function createAcross(options: AcrossOptions): Across {
  const { store, desk, source, engines, runs, notebooks, parse, go, version } = options;
  let working: { id: string; controller: AbortController; done: Promise<AcrossRun> } | undefined;

  const kept = (id: string): KeptRun | undefined => store.getState().runs.find((each) => each.id === id);
  const known = (id: string): AcrossRun | undefined => {
    const run = kept(id)?.run;
    return run?.kind === "across" ? run : undefined;
  };
  const tasksOf = (track: Track): CatalogueEntry[] => {
    const { catalogue } = store.getState();
    return catalogue.status === "ready" ? catalogue.value.tasks.filter((entry) => entry.track === track) : [];
  };

  const begin = (notebook: Notebook, track: Track, claims?: AcrossRun["claims"]): AcrossRun => {
    const derived = derive(notebook, "");
    const cell = scoreCellOf(derived);
    const key = cell && derived.keys.get(cell.id);
    if (!cell || key === undefined) {
      const fault = cell && derived.graph.faults.get(cell.id);
      throw fault
        ? Fault.from(fault)
        : new Fault("no-score", "This notebook has no score cell, so there is nothing to compare between tasks", {
            hint: "Add a score cell with the predictions of a model.",
          });
    }
    const id = acrossId(track, key);
    const before = known(id);
    const tasks = tasksOf(track).map((entry) => ({ id: entry.id, title: entry.title }));
    const has = new Set(tasks.map((task) => task.id));
    const markdown = formatNotebook(notebook);
    return {
      kind: "across",
      id,
      made: Date.now(),
      version,
      notebook: { hash: hashOf(markdown), title: notebook.front.title },
      track,
      cell: cell.name,
      tasks,
      results: before?.results.filter((result) => has.has(result.task.id)) ?? [],
      ...((claims ?? before?.claims) && { claims: claims ?? before?.claims }),
    };
  };

  /** The manifests, read first: they say which results are of other data than there is now. */
  const manifestsOf = async (run: AcrossRun): Promise<Map<string, TaskManifest | Fault>> => {
    const read = run.tasks.map(async ({ id }): Promise<[string, TaskManifest | Fault]> => {
      try {
        return [id, await loadManifest(source, id)];
      } catch (error) {
        return [id, Fault.from(faultDataOf(error))];
      }
    });
    return new Map(await Promise.all(read));
  };

  const work = async (notebook: Notebook, begun: AcrossRun, signal: AbortSignal): Promise<AcrossRun> => {
    const detail = { markdown: formatNotebook(notebook) };
    const manifests = await manifestsOf(begun);
    let run: AcrossRun = { ...begun, results: begun.results.filter((result) => isPresent(result, manifests)) };
    await runs.keep(run, detail);
    for (const { id, title } of pendingTasks(run)) {
      if (signal.aborted) break;
      store.setState({ across: { id: run.id, task: id, done: 0 } });
      try {
        const result = await resultFor(notebook, id, title, manifests.get(id), run, signal);
        run = { ...withResult(run, result), made: Date.now() };
        await runs.keep(run, detail);
      } catch (error) {
        if (!isAbort(error) && !signal.aborted) throw error;
      }
    }
    return run;
  };

  const resultFor = async (
    notebook: Notebook,
    id: string,
    title: string,
    manifest: TaskManifest | Fault | undefined,
    run: AcrossRun,
    signal: AbortSignal,
  ): Promise<TaskResult> => {
    if (!manifest || manifest instanceof Fault) {
      const task = { id, title, track: run.track, metric: "unknown", data: hashOf("") };
      return {
        status: "failed",
        task,
        tookMs: 0,
        fault: faultDataOf(manifest ?? new Fault("task-missing", "No such task")),
      };
    }
    const before = earlierScore(notebook, manifest);
    if (before) return before;
    const { result, record } = await scoreOn(notebook, manifest, {
      source,
      engines,
      version,
      signal,
      onProgress: ({ done, note }) => store.setState({ across: { id: run.id, task: id, done, note } }),
    });
    if (record) await runs.keep(record.run, record.detail);
    return result;
  };

  /** The notebook may have been run on this task before, with this very text. */
  const earlierScore = (notebook: Notebook, manifest: TaskManifest): TaskResult | undefined => {
    const derived = derive(setFront(notebook, "task", manifest.id), dataHashOf(manifest));
    const cell = scoreCellOf(derived);
    const run = kept(derived.keys.get(cell?.id ?? "") ?? "")?.run;
    if (!cell || run?.kind !== "score") return undefined;
    const missing = predictionsOf(cell).filter((name) => !run.members.some((member) => member.name === name));
    return resultOf(
      run,
      0,
      missing.map((name) => ({ name, reason: "It does not fit this task" })),
    );
  };

  const launch = async (notebook: Notebook, begun: AcrossRun): Promise<AcrossRun> => {
    if (working?.id === begun.id) return working.done;
    if (working)
      throw new Fault("across-busy", "Another notebook is on its way through the tasks", {
        hint: "Let it finish, or stop it on its page.",
      });
    const controller = new AbortController();
    store.setState({ across: { id: begun.id, task: undefined, done: 0 } });
    const done = work(notebook, begun, controller.signal).finally(() => {
      working = undefined;
      store.setState({ across: undefined });
    });
    working = { id: begun.id, controller, done };
    return done;
  };

  const launchKept = async (id: string, without?: string): Promise<AcrossRun | undefined> => {
    const run = known(id);
    if (!run) throw new Fault("run-missing", "This run is no longer in this browser");
    if (kept(id)?.claimed)
      throw new Fault("run-claimed", "This run is somebody else's card", {
        hint: "Open its notebook, read it, and run that on every task.",
      });
    const [{ markdown }] = await Promise.all([runs.detail(id), loadParsers()]);
    const notebook = parse(markdown);
    const begun = { ...begin(notebook, run.track, run.claims), id };
    return launch(notebook, { ...begun, results: begun.results.filter((result) => result.task.id !== without) });
  };

  return {
    start: async () => {
      const session = desk.session();
      if (!session) throw new Fault("no-notebook", "No notebook is open");
      if (!session.trusted) {
        store.setState({ consent: { wanted: "across" } });
        return undefined;
      }
      const notebook = session.history.present;
      const begun = begin(notebook, trackOf(notebook, store.getState()), session.shared?.across);
      const done = launch(notebook, begun);
      done.catch(() => {}); // heard below
      // Not kept yet when the page asks for it: the page waits for that.
      go({ page: "across", run: begun.id });
      return done;
    },
    resume: (id) => launchKept(id),
    again: (id, task) => launchKept(id, task),
    stop: () => working?.controller.abort(),
    ofOpen: () => {
      const notebook = desk.session()?.history.present;
      if (!notebook) return undefined;
      const derived = derive(notebook, "");
      const key = derived.keys.get(scoreCellOf(derived)?.id ?? "");
      const tracks: Track[] = ["classification", "matching"];
      return key === undefined ? undefined : tracks.map((track) => known(acrossId(track, key))).find((run) => run);
    },
    link: async (id) => {
      const run = known(id);
      if (!run) throw new Fault("run-missing", "This run is no longer in this browser");
      const claims = acrossClaims(run);
      const [{ markdown }, { encodeLink }] = await Promise.all([runs.detail(id), import("../../share")]);
      return encodeLink({ markdown, ...(claims && { across: claims }) });
    },
    openOn: async (id, task) => {
      const { markdown } = await runs.detail(id);
      await notebooks.openText(formatNotebook(setFront(parse(markdown), "task", task)), !kept(id)?.claimed);
    },
  };
}

/** What a link carries of the open notebook's run across tasks. */
export function acrossClaims(run: AcrossRun | undefined): AcrossRun["claims"] {
  const claims = run && claimsOf(run);
  return claims && Object.keys(claims).length > 0 ? claims : undefined;
}

function acrossId(track: Track, key: string): string {
  return hashOf(JSON.stringify(["across tasks", track, key]));
}

/** A result of other data than the task has now is none; a failure is tried again when asked for. */
function isPresent({ task }: TaskResult, manifests: ReadonlyMap<string, TaskManifest | Fault>): boolean {
  const manifest = manifests.get(task.id);
  return manifest !== undefined && !(manifest instanceof Fault) && dataHashOf(manifest) === task.data;
}

function trackOf({ front }: Notebook, { catalogue, task }: AppState): Track {
  const listed =
    catalogue.status === "ready" ? catalogue.value.tasks.find((entry) => entry.id === front.task) : undefined;
  if (listed) return listed.track;
  if (task?.manifest.status === "ready" && task.id === front.task) return task.manifest.value.track;
  throw new Fault(
    "task-missing",
    `This notebook's task ${front.task ? `"${front.task}" is not here` : "is not named"}`,
    {
      hint: "Its track says on which tasks it can run: name a task in the front matter.",
    },
  );
}
