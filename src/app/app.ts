import { createStore, type StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, isAbort } from "../base";
import type { CellValue, Engines } from "../cells";
import { parseNotebook } from "../notebook";
import { type Across, acrossClaims, createAcross } from "./across/across";
import { type Bests, createBests } from "./bests";
import { createBring } from "./bring";
import { createChallenge } from "./challenge/challenge";
import type { ChallengeDesk } from "./challenge/desk";
import { createDesk } from "./desk";
import type { Diagnostics } from "./diagnostics/diagnostics";
import { createEngines } from "./engines";
import { createExports, type Exports } from "./exports";
import type { Wire } from "./holders";
import { createImports, type Imports } from "./import/imports";
import { createKeptTasks } from "./import/kept";
import { createWizard, type Wizard } from "./import/wizard";
import { createNotebooks, type Notebooks } from "./notebooks";
import { createOffline, type OfflineCommands } from "./offline";
import { OFFLINE_AT_START } from "./offline-state";
import { createOthers, type Others } from "./others";
import { createModelBringer, type ModelBringer } from "./own-models/bring";
import { createOwnModels } from "./own-models/kept";
import type { PredictionFormat } from "./prediction-file";
import { createPublishing, type Publishing } from "./publish/publishing";
import { createRemotes, type Remotes } from "./remote/remotes";
import { formatRoute, type Route, readRoute } from "./route";
import { createRunStore } from "./runs/run-store";
import { createRuns, type Runs } from "./runs/runs";
import { createSlotStore } from "./slots";
import type { AppState, Notice } from "./state";
import { createSamples, joinSources } from "./task-source";
import { createTasks, type Tasks } from "./tasks";
import { createView, NO_VIEW, type ViewCommands } from "./view";

/** The page's whole state and every action on it. React reads the store and calls the commands; it owns nothing. */
export interface App {
  store: StoreApi<AppState>;
  tasks: Tasks;
  notebooks: Notebooks;
  view: ViewCommands;
  engines: Engines;
  /** Notebooks to compare the open one with. */
  others: Others;
  exports: Exports;
  bests: Bests;
  runs: Runs;
  across: Across;
  challenge: ChallengeDesk;
  /** The test predictions of a model cell of the open notebook, as a file for the organiser. */
  predictionFile(
    cell: { name: string; value: CellValue },
    format: PredictionFormat,
  ): Promise<{ file: string; bytes: Uint8Array }>;
  imports: Imports;
  wizard: Wizard;
  models: ModelBringer;
  publishing: Publishing;
  remotes: Remotes;
  offline: OfflineCommands;
  /** What the page, the browser and the site are; its code comes when it is asked for. */
  diagnostics(): Promise<Diagnostics>;
  go(route: Route): void;
  notify(notice: Omit<Notice, "id">): void;
  /** Shows what was thrown as a notice; aborts are nothing to show. */
  report(error: unknown): void;
  dismiss(id: number): void;
  /** Resolves when the shell is up; engines may still be asleep. */
  ready: Promise<void>;
}

export interface AppOptions {
  host: HTMLElement;
  version: string;
  /** The page's service worker and the build that it is of; undefined where there is none. */
  serviceWorker: { script: string; build: string } | undefined;
}

export function createApp(options: AppOptions): App {
  performance.setResourceTimingBufferSize?.(2_000); // the diagnostics show every request; 250 is what browsers keep
  const store = createStore<AppState>(() => ({
    route: readRoute(location.hash),
    catalogue: { status: "loading" },
    task: undefined,
    session: undefined,
    view: NO_VIEW,
    linkFault: undefined,
    slots: [],
    runs: [],
    across: undefined,
    challenge: undefined,
    consent: undefined,
    notices: [],
    importing: undefined,
    bringing: undefined,
    offline: OFFLINE_AT_START,
  }));

  let notices = 0;
  const notify = (notice: Omit<Notice, "id">): void => {
    const id = ++notices;
    store.setState((state) => ({ notices: [...state.notices.slice(-3), { ...notice, id }] }));
  };
  const dismiss = (id: number): void =>
    store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
  const report = (error: unknown): void => {
    if (isAbort(error)) return;
    const { message, hint } = faultDataOf(error);
    notify({ kind: "fault", message, hint });
  };

  const ownModels = createOwnModels();
  const engines = createEngines(options.host, ownModels);
  store.subscribe((now, before) => {
    if (now.task?.id !== before.task?.id) engines.release();
    else if (before.session && !now.session) engines.closeModels();
  });
  const kept = createKeptTasks();
  const source = joinSources([kept, createSamples()]);
  const tasks = createTasks(store, source);
  const slots = createSlotStore();
  const desk = createDesk({ store, tasks, slots, engines, wire: openWire() });
  // A tab that goes lets its notebook go; one that comes back out of the browser's cache asks for it again.
  addEventListener("pagehide", () => desk.hold(false));
  addEventListener("pageshow", ({ persisted }) => persisted && desk.hold(true));
  const notebooks = createNotebooks({
    desk,
    store,
    tasks,
    source,
    slots,
    report,
    go,
    across: { start: () => across.start(), claims: () => acrossClaims(across.ofOpen()) },
  });
  const others = createOthers({ store, desk, slots, source, tasks, openSlot: notebooks.openSlot, go });
  const exports = createExports({ desk, tasks, source });
  const bests = createBests({ store, derived: notebooks.derived });
  const runs = createRuns({
    store,
    kept: createRunStore(),
    slots,
    notebooks,
    go,
    version: options.version,
    now: () => Date.now(),
  });
  const across = createAcross({
    store,
    desk,
    source,
    engines,
    runs,
    notebooks,
    parse: parseNotebook,
    go,
    version: options.version,
  });

  const challenge = createChallenge({ store, source, runs });

  const offline = createOffline({
    store,
    script: options.serviceWorker?.script,
    build: options.serviceWorker?.build ?? "",
    saved: notebooks.saved,
    report,
  });

  function go(route: Route): void {
    const fragment = formatRoute(route);
    if (location.hash === fragment) return;
    location.hash = fragment;
  }

  const follow = async (): Promise<void> => {
    const route = readRoute(location.hash);
    store.setState({ route });
    try {
      if (route.page === "task") await tasks.open(route.id);
      if (route.page === "notebook") await notebooks.openSlot(route.slot);
      if (["board", "across", "compare", "challenge"].includes(route.page)) await runs.refresh();
      if (route.page === "challenge") void challenge.open().catch(report);
      if (route.page === "link") await notebooks.openLink(route.text);
    } catch (error) {
      report(error);
    }
  };
  addEventListener("hashchange", () => void follow());

  const refreshSlots = async (): Promise<void> => {
    try {
      store.setState({ slots: await slots.list() });
    } catch (error) {
      report(error);
    }
  };

  const loadTasks = async (): Promise<void> => {
    try {
      const value = { format: "polytab-catalogue/1" as const, tasks: await source.list() };
      store.setState({ catalogue: { status: "ready", value } });
    } catch (error) {
      store.setState({ catalogue: { status: "failed", fault: faultDataOf(error) } });
      if (!(error instanceof Fault)) throw error;
    }
  };

  const imports = createImports({ store, tasks, kept, refresh: loadTasks, notify });
  const models = createModelBringer({ store, kept: ownModels, notebooks, notify });
  const bring = createBring({ notebooks, imports, source });
  const wizard = createWizard({ store, imports, go, notify, notebook: bring.notebook });

  const ready = Promise.all([follow(), refreshSlots(), loadTasks()]).then(() => undefined);
  return {
    store,
    tasks,
    notebooks,
    view: createView(store),
    engines,
    others,
    exports,
    bests,
    runs,
    across,
    challenge,
    predictionFile: async ({ name, value }, format) => {
      const { predictionFile } = await import("./prediction-file");
      const data = tasks.loaded();
      if (!data) throw new Fault("task-closed", "The task's rows are not loaded");
      const title = desk.session()?.history.present.front.title ?? "";
      return predictionFile({ cell: name, title, value, data }, format);
    },
    imports,
    wizard,
    models,
    remotes: createRemotes({ imports, kept, wizard, go }),
    publishing: createPublishing(source, () => Date.now()),
    offline,
    diagnostics: async () => {
      const { createDiagnostics } = await import("./diagnostics/diagnostics");
      return createDiagnostics({
        store,
        source,
        engines,
        version: options.version,
        build: options.serviceWorker?.build,
      });
    },
    go,
    notify,
    report,
    dismiss,
    ready,
  };
}

/** The other tabs of this site in this browser. */
function openWire(): Wire | undefined {
  if (typeof BroadcastChannel === "undefined") return undefined;
  const channel = new BroadcastChannel("polytab-notebooks");
  return {
    send: (word) => channel.postMessage(word),
    hear: (listener) => channel.addEventListener("message", ({ data }) => listener(data)),
  };
}
