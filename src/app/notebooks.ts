import type { StoreApi } from "zustand/vanilla";
import { Fault, type FaultData, faultDataOf } from "../base";
import {
  CELL_DEFINITIONS,
  type CellContext,
  type CellValue,
  createCellContext,
  dataHashOf,
  type Engines,
  previewFeatures,
} from "../cells";
import {
  type CodeKind,
  cellNamed,
  codeCells,
  formatNotebook,
  freeName,
  insertCell,
  moveCell,
  type Notebook,
  parseNotebook,
  record,
  redo,
  removeCell,
  setFront,
  setName,
  setSource,
  startHistory,
  undo,
} from "../notebook";
import { createRuntime, lastOf, type Runtime, type Status } from "../runtime";
import type { RunResult } from "../sandbox";
import { decodeLink, encodeLink, type Shared } from "../share";
import type { Table } from "../table";
import { createAutosave } from "./autosave";
import { type Derived, derive } from "./graph";
import { authorScores } from "./reproduce";
import type { Route } from "./route";
import type { SlotStore } from "./slots";
import type { AppState, Session } from "./state";
import { loadStarter } from "./task-loader";
import type { Tasks } from "./tasks";

export interface Notebooks {
  /** Opens a text as a new notebook of this browser; runs nothing. Resolves to its slot. */
  openText(markdown: string): Promise<string>;
  openSlot(slot: string): Promise<void>;
  /** Opens a link's text. It belongs to a stranger: nothing runs before `consent`. */
  openLink(text: string): Promise<void>;
  openStarter(task: string): Promise<void>;
  remove(slot: string): Promise<void>;
  /** Puts a cell at the end of the open notebook of this task, or of a new one, and goes there. Resolves to the cell's id. */
  addTo(task: string, kind: CodeKind, name: string, source: string): Promise<string>;

  setSource(cell: string, source: string): void;
  rename(cell: string, name: string): void;
  insert(at: number, kind: CodeKind | "prose"): string;
  removeCell(cell: string): void;
  move(cell: string, by: number): void;
  setTitle(title: string): void;
  undo(): void;
  redo(): void;

  /** Runs cells by id, or all; asks for consent first where the notebook is a stranger's. */
  run(wanted: readonly string[] | "all"): Promise<void>;
  consent(yes: boolean): Promise<void>;
  stop(): void;

  derived(): Derived | undefined;
  status(cell: string): Status;
  /** A cell's result as rows. */
  rows(value: CellValue): Promise<Table>;
  text(): string;
  link(): string;
  preview(cell: string, source: string, signal: AbortSignal): Promise<RunResult>;
  /** Resolves when what was edited is stored. */
  saved(): Promise<void>;
}

export interface NotebooksOptions {
  store: StoreApi<AppState>;
  tasks: Tasks;
  slots: SlotStore;
  engines: Engines;
  report: (error: unknown) => void;
  go: (route: Route) => void;
}

/** Rows of train that a preview computes. */
const PREVIEW_ROWS = 20;

export function createNotebooks({ store, tasks, slots, engines, report, go }: NotebooksOptions): Notebooks {
  let runtime: Runtime<CellValue> | undefined;
  let context: { hash: string; value: CellContext } | undefined;

  const session = (): Session | undefined => store.getState().session;
  const present = (): Notebook => session()?.history.present ?? parseNotebook("");
  const patch = (change: Partial<Session>): void =>
    store.setState((state) => (state.session ? { session: { ...state.session, ...change } } : {}));

  /** Keys must not wait for the rows: the manifest's hashes say what they will be. */
  const dataHash = (): string => {
    const manifest = store.getState().task?.manifest;
    return manifest?.status === "ready" ? dataHashOf(manifest.value) : "";
  };
  const derived = (): Derived => derive(present(), dataHash());

  const autosave = createAutosave<{ slot: string; notebook: Notebook; trusted: boolean }>(
    async ({ slot, notebook, trusted }) => {
      const { title, task } = notebook.front;
      await slots.write({ id: slot, title, task, updated: Date.now(), markdown: formatNotebook(notebook), trusted });
      store.setState({ slots: await slots.list() });
    },
    (status, fault?: FaultData) => patch({ saved: fault ? { status: "failed", fault } : { status } }),
  );

  /** Keeps the session in its slot; a link gets one of its own as soon as it is the reader's work too. */
  const save = (): void => {
    const now = session();
    if (!now) return;
    const slot = now.slot ?? crypto.randomUUID();
    if (now.slot === undefined) {
      patch({ slot });
      history.replaceState(null, "", `#/notebook/${slot}`);
      store.setState({ route: { page: "notebook", slot } });
    }
    autosave.save({ slot, notebook: now.history.present, trusted: now.trusted });
  };

  const edit = (next: Notebook, merging?: string): void => {
    const now = session();
    if (!now || next === now.history.present) return;
    patch({ history: record(now.history, next, merging) });
    runtime?.refresh();
    save();
  };

  const start = (opened: Pick<Session, "slot" | "trusted" | "shared"> & { markdown: string }): void => {
    runtime?.stop();
    runtime?.dispose();
    context = undefined;
    const { markdown, ...rest } = opened;
    const history = startHistory(parseNotebook(markdown));
    store.setState({
      session: { ...rest, history, states: new Map(), saved: { status: "saved" } },
      linkFault: undefined,
      consent: undefined,
    });
    runtime = createRuntime<CellValue>({
      now: () => performance.now(),
      present: () => derived(),
      onChange: (id, state) => patch({ states: new Map(session()?.states).set(id, state) }),
      onForget: (value) => {
        if (value.kind === "relation") context?.value.task.engine.drop(value.relation.name).catch(() => {});
      },
      evaluate: async (id, inputs, options) => {
        const cell = codeCells(present()).find((each) => each.id === id);
        if (!cell || !context) throw new Error(`cell ${id} is gone`);
        try {
          return await CELL_DEFINITIONS[cell.kind].evaluate(cell, inputs, context.value, options);
        } catch (error) {
          throw error instanceof Fault ? error.at({ cell: cell.name }) : error;
        }
      },
    });
    const { task } = history.present.front;
    if (task !== undefined)
      tasks.open(task).then(
        () => runtime?.refresh(),
        () => {},
      ); // the task's own state shows its fault
  };

  /** Brings up the task's rows and the cells' context over them. */
  const wake = async (): Promise<CellContext> => {
    const { task } = present().front;
    if (task === undefined)
      throw new Fault("task-missing", "This notebook names no task", {
        hint: "Add a line like `task: emoji-aisle` to its front matter.",
      });
    const data = await tasks.data(task);
    if (context?.value.task !== data) context = { hash: data.dataHash, value: createCellContext(data, engines) };
    return context.value;
  };

  const runNow = async (wanted: readonly string[] | "all"): Promise<void> => {
    const mine = runtime;
    await wake();
    if (mine && mine === runtime) await mine.run(wanted);
  };

  return {
    openText: async (markdown) => {
      const slot = crypto.randomUUID();
      start({ slot, trusted: true, shared: undefined, markdown });
      save();
      await autosave.settled();
      go({ page: "notebook", slot });
      return slot;
    },
    openSlot: async (slot) => {
      if (session()?.slot === slot) return;
      const kept = await slots.read(slot);
      if (!kept) {
        store.setState({ session: undefined });
        throw new Fault("notebook-missing", "This notebook is not in this browser", {
          hint: "It may have been removed, or was made in another browser: ask for a link to it.",
        });
      }
      start({ slot, trusted: kept.trusted, shared: undefined, markdown: kept.markdown });
    },
    openLink: async (text) => {
      try {
        const shared: Shared = decodeLink(text);
        start({ slot: undefined, trusted: false, shared, markdown: shared.markdown });
      } catch (error) {
        runtime?.stop();
        store.setState({ session: undefined, linkFault: faultDataOf(error) });
      }
    },
    openStarter: async (task) => {
      const markdown = await loadStarter(await tasks.open(task));
      const slot = crypto.randomUUID();
      start({ slot, trusted: true, shared: undefined, markdown });
      save();
      await autosave.settled();
      go({ page: "notebook", slot });
    },
    addTo: async (task, kind, name, source) => {
      const now = session();
      if (now?.history.present.front.task !== task) {
        start({
          slot: undefined,
          trusted: true,
          shared: undefined,
          markdown: `---\npolytab: 1\ntitle: Exploring ${task}\ntask: ${task}\n---\n`,
        });
      }
      const { notebook, id } = insertCell(present(), present().cells.length, kind, source, freeName(present(), name));
      edit(notebook);
      await autosave.settled();
      const slot = session()?.slot;
      if (slot !== undefined) go({ page: "notebook", slot });
      return id;
    },
    remove: async (slot) => {
      await slots.remove(slot);
      if (session()?.slot === slot) {
        runtime?.stop();
        store.setState({ session: undefined });
        go({ page: "home" });
      }
      store.setState({ slots: await slots.list() });
    },

    setSource: (cell, source) => edit(setSource(present(), cell, source), `source ${cell}`),
    rename: (cell, name) => edit(setName(present(), cell, name)),
    insert: (at, kind) => {
      const cells = codeCells(present()).map(({ kind: each, name }) => ({ kind: each, name }));
      const manifest = store.getState().task?.manifest;
      const model = manifest?.status === "ready" ? manifest.value.baselines[0] : undefined;
      const fresh =
        kind === "prose"
          ? { name: "", source: "Write something here." }
          : CELL_DEFINITIONS[kind].template({ cells, model });
      const { notebook, id } = insertCell(
        present(),
        at,
        kind,
        fresh.source,
        fresh.name && freeName(present(), fresh.name),
      );
      edit(notebook);
      return id;
    },
    removeCell: (cell) => edit(removeCell(present(), cell)),
    move: (cell, by) => edit(moveCell(present(), cell, by)),
    setTitle: (title) => edit(setFront(present(), "title", title), "title"),
    undo: () => travel(undo),
    redo: () => travel(redo),

    run: async (wanted) => {
      const now = session();
      if (!now) return;
      if (!now.trusted) {
        store.setState({ consent: { wanted } });
        return;
      }
      try {
        await runNow(wanted);
      } catch (error) {
        report(error);
      }
    },
    consent: async (yes) => {
      const { consent } = store.getState();
      store.setState({ consent: undefined });
      if (!yes || !consent) return;
      patch({ trusted: true });
      save();
      try {
        await runNow(consent.wanted);
      } catch (error) {
        report(error);
      }
    },
    stop: () => runtime?.stop(),

    derived: () => (session() ? derived() : undefined),
    status: (cell) => runtime?.status(cell) ?? "idle",
    rows: async (value) => (await wake()).rows(value, new AbortController().signal),
    text: () => formatNotebook(present()),
    link: () => {
      const { task } = present().front;
      const hash = dataHash();
      const scores = authorScores(derived(), session()?.states ?? new Map());
      return encodeLink({
        markdown: formatNotebook(present()),
        ...(task && hash && { task: { id: task, data: hash.slice(0, 12) } }),
        ...(scores && { scores }),
      });
    },
    preview: async (id, source, signal) => {
      if (!session()?.trusted)
        throw new Fault("not-trusted", "A preview runs the notebook's code", { hint: "Run the notebook first." });
      const cellContext = await wake();
      const cell = derived().cells.find((each) => each.id === id);
      if (!cell) throw new Error(`cell ${id} is gone`);
      const inputs = new Map<string, CellValue>();
      for (const name of CELL_DEFINITIONS.ts.reads(
        source,
        derived().cells.map((each) => each.name),
      ).mentions) {
        const parent = cellNamed(present(), name);
        const last = parent && runtime ? lastOf(runtime.state(parent.id)) : undefined;
        if (last && name !== cell.name) inputs.set(name, last.value);
      }
      return previewFeatures({ name: cell.name, source }, inputs, cellContext, PREVIEW_ROWS, signal);
    },
    saved: () => autosave.settled(),
  };

  function travel(step: typeof undo): void {
    const now = session();
    if (!now) return;
    const next = step(now.history);
    if (next === now.history) return;
    patch({ history: next });
    runtime?.refresh();
    save();
  }
}
