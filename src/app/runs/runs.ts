import type { StoreApi } from "zustand/vanilla";
import { Fault } from "../../base";
import { formatNotebook } from "../../notebook";
import {
  compareRuns,
  formatCard,
  type KeptRun,
  keptId,
  type Run,
  type RunComparison,
  type RunDetail,
  readCard,
  toForget,
} from "../../runs";
import { lastOf, statusOf } from "../../runtime";
import type { Derived } from "../graph";
import type { Notebooks } from "../notebooks";
import type { Route } from "../route";
import type { SlotStore } from "../slots";
import type { AppState } from "../state";
import { recordOf } from "./record";
import type { RunStore } from "./run-store";

/** Every score that was reached in this browser, and the cards that were brought to it. */
export interface Runs {
  /** Reads what is kept; another tab may have added to it. */
  refresh(): Promise<void>;
  /** Keeps a run made here; one that is known already stays as it was. */
  keep(run: Run, detail: RunDetail): Promise<void>;
  detail(id: string): Promise<RunDetail>;
  star(id: string, starred: boolean): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** The run as a file's text and name. */
  card(id: string): Promise<{ text: string; file: string }>;
  importCard(file: File): Promise<KeptRun>;
  /** Opens the notebook that made it: where it still is as it was, else as a new one. Runs nothing. */
  reopen(id: string): Promise<void>;
  /** Two runs on the same rows, by their own predictions. */
  compare(before: string, after: string): Promise<RunComparison>;
}

export interface RunsOptions {
  store: StoreApi<AppState>;
  kept: RunStore;
  slots: SlotStore;
  notebooks: Pick<Notebooks, "derived" | "openText">;
  go: (route: Route) => void;
  version: string;
  now: () => number;
}

export function createRuns({ store, kept, slots, notebooks, go, version, now }: RunsOptions): Runs {
  const all = (): readonly KeptRun[] => store.getState().runs;
  const set = (runs: readonly KeptRun[]): void => store.setState({ runs });
  const find = (id: string): KeptRun => {
    const found = all().find((each) => each.id === id);
    if (found) return found;
    throw new Fault("run-missing", "This run is no longer in this browser", {
      hint: "It was removed, perhaps in another tab.",
    });
  };

  const put = async (next: KeptRun, detail: RunDetail): Promise<void> => {
    const others = all().filter((each) => each.id !== next.id);
    const gone = toForget([...others, next]);
    set([...others, next].filter((each) => !gone.includes(each.id)));
    await kept.put(next, detail);
    if (gone.length > 0) await kept.remove(gone);
  };
  const refresh = async (): Promise<void> => set(await kept.list());
  const loaded = refresh();
  loaded.catch(() => {});
  const keep: Runs["keep"] = async (run, detail) => {
    await loaded; // else a known run would lose its star
    const known = all().find((each) => each.id === run.id);
    // The same score again is no new run; an across-tasks run grows under its id.
    if (known && run.kind === "score") return;
    const bytes = sizeOf(detail);
    await put({ starred: false, ...known, id: keptId(run, false), run, claimed: false, bytes }, detail);
  };
  const change = async (id: string, by: Partial<KeptRun>): Promise<void> => {
    const next = { ...find(id), ...by };
    set(all().map((each) => (each.id === id ? next : each)));
    await kept.update(next);
  };

  store.subscribe((state, before) => {
    if (state.session && state.session.states !== before.session?.states) recordFresh(state, notebooks.derived());
  });

  /** Every fresh score of the open notebook that is not known yet. */
  function recordFresh({ session, task }: AppState, derived: Derived | undefined): void {
    if (!session || !derived || task?.manifest.status !== "ready") return;
    const manifest = task.manifest.value;
    const { present } = session.history;
    if (manifest.id !== present.front.task) return;
    for (const cell of derived.cells) {
      const state = session.states.get(cell.id);
      const key = derived.keys.get(cell.id);
      if (cell.kind !== "score" || !state || key === undefined || statusOf(state, key) !== "ready") continue;
      const value = lastOf(state)?.value;
      if (value?.kind !== "score" || all().some((each) => each.id === key)) continue;
      const { run, detail } = recordOf({
        cell,
        key,
        value,
        cells: derived.cells,
        valueOf: (name) => {
          const other = derived.cells.find((each) => each.name === name);
          const known = other && session.states.get(other.id);
          return known && lastOf(known)?.value;
        },
        markdown: formatNotebook(present),
        title: present.front.title,
        manifest,
        made: now(),
        version,
      });
      void keep(run, detail);
    }
  }

  return {
    refresh,
    keep,
    detail: (id) => kept.detail(id),
    star: (id, starred) => change(id, { starred }),
    rename: (id, name) => change(id, { name: name.trim() === "" ? undefined : name.trim() }),
    remove: async (ids) => {
      set(all().filter((each) => !ids.includes(each.id)));
      await kept.remove(ids);
    },
    card: async (id) => {
      const { run, name } = find(id);
      const text = formatCard({ run, detail: await kept.detail(id), name });
      const subject = run.kind === "score" ? run.task.id : run.track;
      return { text, file: `${subject}-${run.id.slice(0, 8)}.run.json` };
    },
    importCard: async (file) => {
      const { run, detail, name } = readCard(await file.text(), file.name);
      const next: KeptRun = { id: keptId(run, true), run, name, starred: false, claimed: true, bytes: sizeOf(detail) };
      await put(next, detail);
      return next;
    },
    reopen: async (id) => {
      const { run } = find(id);
      const { markdown } = await kept.detail(id);
      const open = store.getState().session;
      if (open?.slot !== undefined && formatNotebook(open.history.present) === markdown)
        return go({ page: "notebook", slot: open.slot });
      for (const slot of store.getState().slots.filter((each) => each.title === run.notebook.title)) {
        if ((await slots.read(slot.id))?.markdown === markdown) return go({ page: "notebook", slot: slot.id });
      }
      await notebooks.openText(markdown);
    },
    compare: async (before, after) => {
      const side = async (id: string) => {
        const { run } = find(id);
        if (run.kind !== "score") throw new Fault("runs-differ", "A run across tasks is no run of rows to compare");
        return { run, detail: await kept.detail(id), member: run.members[0].name };
      };
      return compareRuns(await side(before), await side(after));
    },
  };
}

function sizeOf({ markdown, rows }: RunDetail): number {
  const members = rows?.members ?? [];
  return (
    markdown.length +
    (rows?.labels.length ?? 0) +
    members.reduce((sum, { predicted, top, label }) => sum + predicted.length + top.length + label.length, 0)
  );
}
