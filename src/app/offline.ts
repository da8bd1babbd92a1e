import type { StoreApi } from "zustand/vanilla";
import { faultDataOf, isSavingData, work } from "../base";
import { type KeptFile, type Offline, startOffline, whyNot } from "../offline";
import { createTurns } from "./calm";
import type { OfflineState } from "./offline-state";
import type { AppState } from "./state";

export interface OfflineCommands {
  /** Registers the service worker, and fetches what the page needs to work without a connection. */
  start(): Promise<void>;
  /** Keeps the rows of every task of the site, and asks the browser not to clear them. */
  keepTasks(): Promise<void>;
  /** Puts the newer build in the old one's place and loads it. */
  reload(): Promise<void>;
}

const LOOK_EVERY_MS = 60 * 60_000;
/** What is fetched to be kept waits while workers work for the reader; but not for ever. */
const TURNS = { quiet: 1_500, patience: 60_000 };

export function createOffline(options: {
  store: StoreApi<AppState>;
  /** The service worker's address; undefined where the page was not built with one. */
  script: string | undefined;
  build: string;
  saved: () => Promise<void>;
  report: (error: unknown) => void;
}): OfflineCommands {
  const { store, script, build, saved, report } = options;
  let offline: Offline | undefined;

  const set = (change: Partial<OfflineState>): void =>
    store.setState((state) => ({ offline: { ...state.offline, ...change } }));

  const look = async (): Promise<KeptFile[]> => {
    const files = (await offline?.files()) ?? [];
    set({ tasks: tasksOf(files) });
    return files;
  };

  /** One after the other: the reader's own requests go first. */
  const keepAll = async (
    files: readonly KeptFile[],
    onBytes: (done: number) => void,
    turn?: () => Promise<void>,
  ): Promise<void> => {
    let done = 0;
    for (const file of files) {
      if (!file.kept) {
        await turn?.();
        await offline?.keep(file.path);
      }
      done += file.bytes;
      onBytes(done);
    }
  };

  const fill = async (turn: () => Promise<void>): Promise<void> => {
    const files = (await look()).filter(({ group }) => group === "shell" || group === "engines");
    const total = bytesOf(files);
    const held = isSavingData();
    if (!held && files.some(({ kept }) => !kept)) {
      set({ app: { status: "filling", done: 0, total } });
      await keepAll(files, (done) => set({ app: { status: "filling", done, total } }), turn);
    }
    set({ app: { status: "ready", bytes: total, held: held && files.some(({ kept }) => !kept) } });
  };

  /** A task that was opened before the service worker served, or whose rows came from another cache. */
  const keepOpened = async (id: string): Promise<void> => {
    const rows = (await look()).filter(({ path, group }) => group === "task" && taskOf(path) === id);
    await keepAll(rows, () => {}, createTurns(work, TURNS));
    await look();
  };

  const followTasks = (): void => {
    const opened = ({ task }: AppState): string | undefined => (task?.data.status === "ready" ? task.id : undefined);
    let last: string | undefined;
    const see = (): void => {
      const id = opened(store.getState());
      if (id === last) return;
      last = id;
      if (id !== undefined) keepOpened(id).catch(() => {}); // its rows are open; that they are not kept shows in the list
    };
    store.subscribe(see);
    see();
  };

  const start = async (): Promise<void> => {
    const why = script === undefined ? "this is a page for development" : whyNot(globalThis);
    if (script === undefined || why !== undefined) {
      set({ app: { status: "unavailable", why: why ?? "" } });
      return;
    }
    try {
      const turn = createTurns(work, TURNS);
      await turn();
      offline = await startOffline({ script, build, onUpdate: () => set({ update: true }) });
      await offline.tidy();
      followTasks();
      await fill(turn);
      setInterval(() => void offline?.lookForUpdate().catch(() => {}), LOOK_EVERY_MS); // no connection, no update
    } catch (error) {
      set({ app: { status: "failed", fault: faultDataOf(error) } });
    }
  };

  set({ online: navigator.onLine });
  for (const event of ["online", "offline"]) addEventListener(event, () => set({ online: navigator.onLine }));

  return {
    start,
    keepTasks: async () => {
      try {
        await navigator.storage?.persist?.();
        const rows = (await look()).filter(({ group, kept }) => group === "task" && !kept);
        const total = bytesOf(rows);
        set({ keeping: { done: 0, total } });
        await keepAll(rows, (done) => set({ keeping: { done, total } }));
      } catch (error) {
        report(error);
      } finally {
        set({ keeping: undefined });
        await look();
      }
    },
    reload: async () => {
      await saved();
      await offline?.takeOver();
      location.reload();
    },
  };
}

function taskOf(path: string): string {
  return path.split("/")[1];
}

function bytesOf(files: readonly KeptFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A task is kept when every file of its rows is. */
export function tasksOf(files: readonly KeptFile[]): OfflineState["tasks"] {
  const rows = files.filter(({ group }) => group === "task");
  const all = [...new Set(rows.map(({ path }) => taskOf(path)))];
  const missing = new Set(rows.filter(({ kept }) => !kept).map(({ path }) => taskOf(path)));
  return {
    kept: all.filter((id) => !missing.has(id)),
    missing: [...missing],
    bytes: bytesOf(rows.filter(({ kept }) => kept)),
    missingBytes: bytesOf(rows.filter(({ kept }) => !kept)),
  };
}
