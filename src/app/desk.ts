import type { StoreApi } from "zustand/vanilla";
import { Fault, type FaultData } from "../base";
import {
  CELL_DEFINITIONS,
  type CellContext,
  type CellValue,
  createCellContext,
  dataHashOf,
  type Engines,
  PAGE_TURNS,
  piecesOf,
} from "../cells";
import { codeCells, formatNotebook, type Notebook, parseNotebook, record, startHistory } from "../notebook";
import { createRuntime, type Runtime } from "../runtime";
import { createAutosave } from "./autosave";
import { budgetOf, withinBudget } from "./budget";
import { faultInSettings } from "./editor-help";
import { type Derived, derive } from "./graph";
import { createHolders, type Wire } from "./holders";
import { authorScores } from "./reproduce";
import type { Kept, SlotStore } from "./slots";
import type { AppState, Session, Slot } from "./state";
import type { Tasks } from "./tasks";
import { NO_VIEW } from "./view";

export interface DeskOptions {
  store: StoreApi<AppState>;
  tasks: Tasks;
  slots: SlotStore;
  engines: Engines;
  /** How this tab hears of others; undefined where the browser has no channel. */
  wire?: Wire;
}

type Opened = Pick<Session, "slot" | "trusted" | "shared"> & { markdown: string; revision?: number };

/** The one open notebook: its session in the store, the runtime of its cells, and its autosave. */
export interface Desk {
  session(): Session | undefined;
  present(): Notebook;
  derived(): Derived;
  /** The hash of the task's data as its manifest states it; empty until that is read. */
  dataHash(): string;
  runtime(): Runtime<CellValue> | undefined;
  /** The cells' context, if the task's rows are up. */
  context(): CellContext | undefined;
  patch(change: Partial<Session>): void;
  /** Opens a text in place of what was open; runs nothing. */
  start(opened: Opened): void;
  /** Comes back to the open notebook after another task was looked at: that let its engine and its tables go. */
  resume(): void;
  /** Nothing is open any more. */
  clear(): void;
  /** Takes the edited notebook as the present one and stores it. */
  edit(next: Notebook, merging?: string): void;
  /** Keeps the session in its slot; a link gets one of its own as soon as it is the reader's work too. */
  save(): void;
  saved(): Promise<void>;
  /** Whether this tab still edits the open notebook: not while the page is put away. */
  hold(open: boolean): void;
  /** Edits here what another tab edits: that one is told, and what it wrote last is opened. */
  takeOver(): Promise<void>;
  /** Brings up the task's rows and the cells' context over them. */
  wake(): Promise<CellContext>;
}

const AUTO_PAUSE_MS = 500;

/** For results that no cell shows any more: some edits back cost nothing, and twenty do not fill the memory. */
const KEPT_BYTES = 6_000_000;

export function createDesk({ store, tasks, slots, engines, wire }: DeskOptions): Desk {
  /** Slot to the revision that this tab read or wrote last. */
  const revisions = new Map<string, number>();
  let runtime: Runtime<CellValue> | undefined;
  let context: CellContext | undefined;

  const session = (): Session | undefined => store.getState().session;
  const present = (): Notebook => session()?.history.present ?? parseNotebook("");
  const patch = (change: Partial<Session>): void =>
    store.setState((state) => (state.session ? { session: { ...state.session, ...change } } : {}));

  /** Keys must not wait for the rows: the manifest's hashes say what they will be. */
  const dataHash = (): string => {
    const { task } = store.getState();
    if (task?.id !== present().front.task || task?.manifest.status !== "ready") return "";
    return dataHashOf(task.manifest.value);
  };
  const derived = (): Derived => derive(present(), dataHash());

  const autosave = createAutosave<Kept & Pick<Slot, "title" | "task">>(
    async (slot, kept) => {
      const known = revisions.get(slot);
      revisions.set(slot, await slots.write({ id: slot, updated: Date.now(), ...kept }, known));
      // Not waited for: the next letters may be written meanwhile. Whoever cannot list cannot write either, and is told so.
      slots.list().then(
        (all) => store.setState({ slots: all }),
        () => {},
      );
    },
    (slot, status, fault?: FaultData) => {
      if (session()?.slot !== slot) return;
      patch({
        saved: fault ? { status: "failed", fault } : { status },
        ...(fault?.code === "slot-conflict" && { elsewhere: true }),
      });
    },
  );

  const holders = createHolders({
    wire,
    tab: newSlot(),
    now: () => Date.now(),
    onElsewhere: () => patch({ elsewhere: true }),
    onFree: () => void takeOver().catch(() => {}), // the banner stays, and its button says what is wrong
    settle: () => autosave.settled(),
  });

  /** What this tab could not write is put aside first: it is in the notebook's history then. */
  const takeOver = async (): Promise<void> => {
    const { slot, saved, history } = session() ?? {};
    if (slot === undefined || !history) return;
    const markdown = formatNotebook(history.present);
    if (saved?.status === "failed")
      await slots.keepVersion({ slot, at: Date.now(), title: history.present.front.title, markdown });
    await holders.take();
    const stored = await slots.read(slot);
    const now = session();
    if (now?.slot !== slot) return;
    revisions.set(slot, stored?.revision ?? 0);
    if (stored && stored.markdown !== markdown)
      start({
        slot,
        trusted: stored.trusted,
        shared: stored.shared,
        markdown: stored.markdown,
        revision: stored.revision,
      });
    else patch({ elsewhere: false, saved: { status: "saved" } });
  };

  const save = (): void => {
    const now = session();
    if (!now) return;
    const slot = now.slot ?? newSlot();
    if (now.slot === undefined) {
      patch({ slot });
      history.replaceState(null, "", `#/notebook/${slot}`);
      store.setState({ route: { page: "notebook", slot } });
      holders.open(slot);
    }
    const { trusted, shared, history: edits } = now;
    const { title, task } = edits.present.front;
    const markdown = formatNotebook(edits.present);
    slots.note(slot, markdown);
    const scores = authorScores(derived(), now.states);
    autosave.save(slot, { title, task, markdown, trusted, ...(shared && { shared }), ...(scores && { scores }) });
  };

  const clear = (): void => {
    runtime?.stop();
    runtime?.dispose();
    runtime = undefined;
    context = undefined;
    store.setState({ session: undefined, consent: undefined, view: NO_VIEW });
  };

  /** A runtime without results over the present notebook. */
  const begin = (trusted: boolean): void => {
    const mine: Runtime<CellValue> = createRuntime<CellValue>({
      now: () => performance.now(),
      present: derived,
      held: () => {
        const { front } = present();
        return new Set(codeCells(present()).flatMap(({ id, name }) => (front.held.includes(name) ? [id] : [])));
      },
      // What an earlier notebook's cells still have to say is for nobody: ids are only unique within one.
      onChange: (id, state) => runtime === mine && patch({ states: new Map(session()?.states).set(id, state) }),
      onForget: (value) => context?.forget(value),
      piecesOf,
      keptBytes: KEPT_BYTES,
      evaluate: async (id, inputs, options) => {
        const cell = codeCells(present()).find((each) => each.id === id);
        if (!cell || !context) throw new Error(`cell ${id} is gone`);
        const given = context;
        const seconds = budgetOf(cell, present().front.budget);
        try {
          await PAGE_TURNS.pause(); // that it runs is drawn in a turn of its own, and so is its result
          const value = await withinBudget(seconds, options.signal, (signal) =>
            CELL_DEFINITIONS[cell.kind].evaluate(cell, inputs, given, { ...options, signal }),
          );
          await PAGE_TURNS.pause();
          return value;
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          const now = session();
          const line =
            error.where?.line === undefined && now && faultInSettings(cell, derived(), now, store.getState().task);
          throw error.at({ cell: cell.name, ...(line ? line.where : {}) });
        }
      },
    });
    runtime = mine;
    const { task } = present().front;
    // The task's own state shows its faults. A trusted notebook will run soon: its rows and its sandbox may as well be
    // there by then; a stranger's gets neither before the reader's word.
    if (task !== undefined)
      tasks.open(task).then(
        () => mine.refresh(),
        () => {},
      );
    if (trusted) {
      if (task !== undefined) tasks.data(task).catch(() => {});
      engines
        .sandbox()
        .warm()
        .catch(() => {});
    }
  };

  /** A notebook that runs by itself does so in a pause of the typist, once the reader has let it run. */
  let soon: ReturnType<typeof setTimeout> | undefined;
  const runSoon = (): void => {
    clearTimeout(soon);
    if (present().front.run !== "auto" || !session()?.trusted || !context) return;
    const mine = runtime;
    soon = setTimeout(() => {
      if (mine && mine === runtime) void mine.runDue();
    }, AUTO_PAUSE_MS);
  };

  const restart = (): void => {
    runtime?.stop();
    runtime?.dispose();
    context = undefined;
    patch({ states: new Map() });
    begin(session()?.trusted ?? false);
  };

  const start: Desk["start"] = ({ markdown, revision, ...rest }) => {
    clear();
    if (rest.slot !== undefined && revision !== undefined) revisions.set(rest.slot, revision);
    const history = startHistory(parseNotebook(markdown));
    store.setState({
      session: { ...rest, history, states: new Map(), elsewhere: false, saved: { status: "saved" } },
      linkFault: undefined,
    });
    holders.open(rest.slot);
    begin(rest.trusted);
  };

  return {
    session,
    present,
    derived,
    dataHash,
    runtime: () => runtime,
    context: () => context,
    patch,
    start,
    resume: () => {
      const now = session();
      if (
        !now ||
        (store.getState().task?.id === now.history.present.front.task && (!context || context.task === tasks.loaded()))
      )
        return;
      restart();
    },
    clear: () => {
      clear();
      holders.open(undefined);
    },
    hold: (open) => holders.open(open ? session()?.slot : undefined),
    takeOver,
    edit: (next, merging) => {
      const now = session();
      if (!now || now.elsewhere || next === now.history.present) return;
      patch({ history: record(now.history, next, merging) });
      runtime?.refresh();
      save();
      runSoon();
    },
    save,
    saved: () => autosave.settled(),
    wake: async () => {
      const { task } = present().front;
      if (task === undefined) {
        throw new Fault("task-missing", "This notebook names no task", {
          hint: "Add a line like `task: emoji-aisle` to its front matter.",
        });
      }
      const data = await tasks.data(task);
      if (context && context.task !== data) restart(); // results that lie in the engine of before are gone with it
      context ??= createCellContext(data, engines);
      return context;
    },
  };
}

/** A slot's id: 96 random bits. `crypto.randomUUID` would do, but plain-http hosts have none. */
export function newSlot(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
