import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf } from "../base";
import { CELL_DEFINITIONS, type CellValue, previewFacts, previewFeatures } from "../cells";
import { engineCode, type Relation } from "../data";
import {
  adoptText,
  type CodeKind,
  cellNamed,
  codeCells,
  type FrontMatter,
  formatNotebook,
  freeName,
  insertCell,
  moveCell,
  type Notebook,
  parseNotebook,
  redo,
  refuseLarge,
  removeCell,
  setFront,
  setSource,
  undo,
} from "../notebook";
import { lastOf, type Status } from "../runtime";
import { loadParsers, type RunResult } from "../sandbox";
import type { Shared } from "../share";
import type { Table } from "../table";
import type { SampleFacts } from "../tasks";
import { type Desk, newSlot } from "./desk";
import { createEditing, type Editing } from "./editing";
import type { Derived } from "./graph";
import { authorScores, checksOf, type Reproduction, reproduction } from "./reproduce";
import type { Route } from "./route";
import type { SlotStore } from "./slots";
import type { AppState } from "./state";
import { loadStarter } from "./task-loader";
import type { TaskSource } from "./task-source";
import type { Tasks } from "./tasks";
import type { Version } from "./versions";

export interface Notebooks extends Editing {
  /** Opens a text as a new notebook of this browser; runs nothing. One of somebody else's asks before it does. Resolves to its slot. */
  openText(markdown: string, trusted?: boolean): Promise<string>;
  openSlot(slot: string): Promise<void>;
  /** Opens a link's text. It belongs to a stranger: nothing runs before `consent`. */
  openLink(text: string): Promise<void>;
  openStarter(task: string): Promise<void>;
  remove(slot: string): Promise<void>;
  /** Puts cells at the end of the open notebook of this task, or of a new one, and goes there. Resolves when they are stored. */
  addTo(task: string, cells: readonly AddedCell[]): Promise<void>;

  setSource(cell: string, source: string): void;
  /** Puts a cell there: with the given name (or one like it) and text, else with those that its kind starts with. */
  insert(at: number, kind: CodeKind | "prose", given?: { name: string; source: string }): string;
  removeCell(cell: string): void;
  move(cell: string, by: number): void;
  setTitle(title: string): void;
  /** Whether a cell runs only when asked for, also where the notebook runs by itself. */
  setHeld(name: string, held: boolean): void;
  /** How the notebook runs, as its front matter says it. */
  setRunning<K extends "run" | "held" | "budget">(key: K, value: FrontMatter[K] | undefined): void;
  /** Takes the open notebook as it was merged with another: one step, which undo takes back. */
  take(merged: Notebook): void;
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
  /** A cell's result as a table of the engine, as other cells read it. */
  relation(value: CellValue, signal: AbortSignal): Promise<Relation>;
  text(): string;
  /** The open notebook as a link, with what it carries: the scores and a check of each result that is up to date. */
  share(): Promise<{ link: string; shared: Shared }>;
  /** How this tab's results compare with those of the link that the notebook came with, if it did. */
  reproduction(): Promise<Reproduction | undefined>;
  preview(cell: string, source: string, signal: AbortSignal): Promise<RunResult>;
  /** The features of a cell by class, and what each tells alone. */
  previewFacts(cell: string, source: string, signal: AbortSignal): Promise<{ name: string; facts: SampleFacts }[]>;
  /** Resolves when what was edited is stored. */
  saved(): Promise<void>;
  /** The open notebook's past, the newest first. */
  versions(): Promise<Version[]>;
  /** Goes back to an earlier text; what is there now stays in the history. */
  restore(version: Version): Promise<void>;
  /** Edits here what another tab edits. */
  takeOver(): Promise<void>;
  /** Keeps what is shown here as a notebook of its own. */
  fork(): Promise<void>;
}

/** A cell to add; its name is a wish, and `source` may be told what name the first of those added with it got. */
export interface AddedCell {
  kind: CodeKind;
  name: string;
  source: string | ((first: string) => string);
}

export interface NotebooksOptions {
  desk: Desk;
  store: StoreApi<AppState>;
  tasks: Tasks;
  source: TaskSource;
  slots: SlotStore;
  report: (error: unknown) => void;
  go: (route: Route) => void;
  /** The notebook on every task of its track: what consent was asked for, and what a link says of it. */
  across: { start: () => Promise<unknown>; claims: () => Shared["across"] };
}

/** Rows of train that a preview computes. */
const PREVIEW_ROWS = 20;

export function createNotebooks({
  desk,
  store,
  tasks,
  source,
  slots,
  report,
  go,
  across,
}: NotebooksOptions): Notebooks {
  const { session, present, derived, edit } = desk;

  const runNow = async (wanted: readonly string[] | "all"): Promise<void> => {
    const { slot, history } = session() ?? {};
    await desk.wake();
    const now = session(); // the reader may have opened another notebook meanwhile
    if (!now || (now.slot !== slot && now.history !== history)) return;
    await desk.runtime()?.run(wanted);
    const then = session();
    if (then?.slot !== undefined && then.slot === slot && !then.elsewhere) desk.save(); // with the scores that it has now
  };

  const openNew = async (markdown: string, trusted = true): Promise<string> => {
    refuseLarge(markdown);
    await loadParsers();
    const slot = newSlot();
    desk.start({ slot, trusted, shared: undefined, markdown });
    desk.save();
    await desk.saved();
    go({ page: "notebook", slot });
    return slot;
  };

  return {
    ...createEditing(desk),
    openText: openNew,
    openSlot: async (slot) => {
      if (session()?.slot === slot) return desk.resume();
      const [kept] = await Promise.all([slots.read(slot), loadParsers()]);
      if (!kept) {
        desk.clear();
        throw new Fault("notebook-missing", "This notebook is not in this browser", {
          hint: "It may have been removed, or was made in another browser: ask for a link to it.",
        });
      }
      const { trusted, shared, markdown, revision = 0 } = kept;
      desk.start({ slot, trusted, shared, markdown, revision });
    },
    openLink: async (text) => {
      const gone = (): boolean => {
        const { route } = store.getState();
        return route.page !== "link" || route.text !== text; // the reader went elsewhere meanwhile
      };
      try {
        const [{ decodeLink }] = await Promise.all([import("../share"), loadParsers()]);
        const shared: Shared = decodeLink(text);
        if (gone()) return;
        refuseLarge(shared.markdown);
        desk.start({ slot: undefined, trusted: false, shared, markdown: shared.markdown });
      } catch (error) {
        if (gone()) return;
        desk.clear();
        store.setState({ linkFault: faultDataOf(error) });
      }
    },
    openStarter: async (task) => {
      await openNew(await loadStarter(source, await tasks.open(task)));
    },
    addTo: async (task, cells) => {
      await loadParsers();
      const now = session();
      if (now?.history.present.front.task !== task) {
        desk.start({
          slot: undefined,
          trusted: true,
          shared: undefined,
          markdown: `---\npolytab: 1\ntitle: Exploring ${task}\ntask: ${task}\n---\n`,
        });
      }
      let next = present();
      let first: string | undefined;
      for (const { kind, name, source } of cells) {
        const given = freeName(next, name);
        first ??= given;
        const text = typeof source === "string" ? source : source(first);
        next = insertCell(next, next.cells.length, kind, text, given).notebook;
      }
      edit(next);
      const slot = session()?.slot;
      // At once: who has gone elsewhere by the time that it is stored is not fetched back.
      if (slot !== undefined) go({ page: "notebook", slot });
      await desk.saved();
    },
    remove: async (slot) => {
      await slots.remove(slot);
      if (session()?.slot === slot) {
        desk.clear();
        go({ page: "home" });
      }
      store.setState({ slots: await slots.list() });
    },

    setSource: (cell, source) => edit(setSource(present(), cell, source), `source ${cell}`),
    insert: (at, kind, given) => {
      const cells = codeCells(present()).map(({ kind: each, name }) => ({ kind: each, name }));
      const manifest = store.getState().task?.manifest;
      const model = manifest?.status === "ready" ? manifest.value.baselines[0] : undefined;
      const fresh =
        given ??
        (kind === "prose"
          ? { name: "", source: "Write something here." }
          : CELL_DEFINITIONS[kind].template({ cells, model }));
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
    setHeld: (name, held) => {
      const others = present().front.held.filter((each) => each !== name);
      const next = held ? [...others, name] : others;
      edit(setFront(present(), "held", next.length > 0 ? next : undefined));
    },
    setRunning: (key, value) => edit(setFront(present(), key, value)),
    setTitle: (title) => edit(setFront(present(), "title", title), "title"),
    take: (merged) => edit(merged),
    undo: () => travel(undo),
    redo: () => travel(redo),

    run: async (wanted) => {
      const now = session();
      if (!now) return;
      if (!now.trusted) {
        store.setState({ consent: { wanted } });
        engineCode.fetchAhead(); // while the reader decides; nothing is started
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
      desk.patch({ trusted: true });
      desk.save();
      try {
        if (consent.wanted === "across") await across.start();
        else await runNow(consent.wanted);
      } catch (error) {
        report(error);
      }
    },
    stop: () => desk.runtime()?.stop(),

    derived: () => (session() ? derived() : undefined),
    status: (cell) => desk.runtime()?.status(cell) ?? "idle",
    rows: async (value) => (await desk.wake()).rows(value, new AbortController().signal),
    relation: async (value, signal) => (await desk.wake()).published(value, signal),
    text: () => formatNotebook(present()),
    share: async () => {
      const { task } = present().front;
      const hash = desk.dataHash();
      const now = derived();
      const states = session()?.states ?? new Map();
      const scores = authorScores(now, states);
      const claims = across.claims();
      const context = desk.context();
      const checks = context ? await checksOf(now, states, context) : {};
      const shared: Shared = {
        markdown: formatNotebook(present()),
        ...(task && hash && { task: { id: task, data: hash.slice(0, 12) } }),
        ...(scores && { scores }),
        ...(claims && { across: claims }),
        ...(Object.keys(checks).length > 0 && { checks }),
      };
      const { encodeLink } = await import("../share");
      return { shared, link: encodeLink(shared) };
    },
    reproduction: async () => {
      const now = session();
      if (!now?.shared) return undefined;
      const context = desk.context();
      return reproduction(
        now.shared,
        derived(),
        now.states,
        context ? await checksOf(derived(), now.states, context) : {},
      );
    },
    preview: async (id, source, signal) => {
      const { cell, inputs, context } = await previewed(id, source);
      return previewFeatures(cell, inputs, context, PREVIEW_ROWS, signal);
    },
    previewFacts: async (id, source, signal) => {
      const { cell, inputs, context } = await previewed(id, source);
      return previewFacts(cell, inputs, context, signal);
    },
    saved: desk.saved,
    versions: async () => {
      const slot = session()?.slot;
      return slot === undefined ? [] : slots.versions(slot);
    },
    restore: async ({ markdown }) => {
      const slot = session()?.slot;
      if (slot === undefined) return;
      await desk.saved();
      const { front } = present();
      await slots.keepVersion({ slot, at: Date.now(), title: front.title, markdown: formatNotebook(present()) });
      edit(adoptText(present(), parseNotebook(markdown)));
    },
    takeOver: desk.takeOver,
    fork: async () => {
      const now = session();
      if (!now) return;
      const copy = setFront(present(), "title", `${present().front.title} (copy)`);
      await openNew(formatNotebook(copy), now.trusted);
    },
  };

  function travel(step: typeof undo): void {
    const now = session();
    if (!now || now.elsewhere) return;
    const next = step(now.history);
    if (next === now.history) return;
    desk.patch({ history: next });
    desk.runtime()?.refresh();
    desk.save();
  }

  /** A cell as it is being written, with the newest results of what it reads. */
  async function previewed(id: string, source: string) {
    if (!session()?.trusted)
      throw new Fault("not-trusted", "A preview runs the notebook's code", { hint: "Run the notebook first." });
    const cellContext = await desk.wake();
    const cell = derived().cells.find((each) => each.id === id);
    if (!cell) throw new Error(`cell ${id} is gone`);
    const inputs = new Map<string, CellValue>();
    for (const name of CELL_DEFINITIONS.ts.reads(
      source,
      derived().cells.map((each) => each.name),
    ).mentions) {
      const parent = cellNamed(present(), name);
      const state = parent && desk.runtime()?.state(parent.id);
      const last = state && lastOf(state);
      if (last && name !== cell.name) inputs.set(name, last.value);
    }
    return { cell: { name: cell.name, source }, inputs, context: cellContext };
  }
}
