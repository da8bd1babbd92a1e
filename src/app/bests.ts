import type { StoreApi } from "zustand/vanilla";
import { z } from "../base";
import { type CellValue, dataHashOf } from "../cells";
import { type CellState, lastOf, statusOf } from "../runtime";
import { HIGHER_IS_BETTER } from "../scoring";
import type { TaskManifest } from "../tasks";
import type { Derived } from "./graph";
import type { AppState, Session } from "./state";

const bestSchema = z.object({
  /** On all rows of validation, by the task's own metric. */
  value: z.number(),
  metric: z.string(),
  /** Which rows: `dataHashOf` of the manifest that it was reached on. */
  data: z.string(),
  /** Where it was reached: the notebook's slot, the score cell and the predictions' name in it. */
  slot: z.string(),
  cell: z.string(),
  predictions: z.string(),
});

/** The reader's best score on a task. */
export type Best = z.infer<typeof bestSchema>;

/** The reader's best score of each task, remembered in this browser. */
export interface Bests {
  of(task: string): Best | undefined;
}

/** The part of `localStorage` that is used here. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const KEY = "polytab.bests";

/**
 * Follows the open notebook and remembers the best fresh score on validation: not those of shipped baselines, which are
 * not the reader's, and not stale ones, whose cell says something else by now.
 */
export function createBests(options: {
  store: StoreApi<AppState>;
  derived: () => Derived | undefined;
  shelf?: Shelf;
}): Bests {
  const { store, derived, shelf = storageOfPage() } = options;
  let bests = read(shelf);
  store.subscribe((state, before) => {
    if (state.session === before.session || state.session?.states === before.session?.states) return;
    const manifest = state.task?.manifest;
    const { session } = state;
    if (!session?.slot || manifest?.status !== "ready" || manifest.value.id !== session.history.present.front.task)
      return;
    const now = derived();
    const best = now && bestOf(now, session.states, session.slot, manifest.value);
    const better = best && isBetter(best, bests[manifest.value.id]);
    if (!better) return;
    // What another tab has found meanwhile stays.
    bests = { ...read(shelf), ...bests, [manifest.value.id]: best };
    try {
      shelf?.setItem(KEY, JSON.stringify(bests));
    } catch {
      // Without storage it lasts as long as the page.
    }
  });
  return { of: (task) => bests[task] };
}

/** The best of a notebook's fresh scores of the reader's own predictions on validation, by the task's metric. */
export function bestOf(
  derived: Derived,
  states: Session["states"],
  slot: string,
  manifest: TaskManifest,
): Best | undefined {
  const { metric } = manifest;
  const data = dataHashOf(manifest);
  let best: Best | undefined;
  for (const cell of derived.cells) {
    const value = freshValue(states.get(cell.id), derived.keys.get(cell.id));
    if (value?.kind !== "score" || value.split !== "validation") continue;
    for (const { name, scored, info } of value.entries) {
      const reached: number | undefined = scored.metrics[metric];
      if (info.baseline || reached === undefined || !Number.isFinite(reached)) continue;
      const next = { value: reached, metric, data, slot, cell: cell.name, predictions: name };
      if (isBetter(next, best)) best = next;
    }
  }
  return best;
}

/** Scores on other rows or by another metric say nothing about these: the newer one stands. */
function isBetter(next: Best, best: Best | undefined): boolean {
  if (!best || best.metric !== next.metric || best.data !== next.data) return true;
  const sign = (HIGHER_IS_BETTER as Record<string, boolean | undefined>)[next.metric] === false ? -1 : 1;
  return sign * next.value > sign * best.value;
}

function freshValue(state: CellState<CellValue> | undefined, key: string | undefined): CellValue | undefined {
  return state && statusOf(state, key) === "ready" ? lastOf(state)?.value : undefined;
}

/** What is damaged, or written by another version, counts as nothing. */
function read(shelf: Shelf | undefined): Record<string, Best> {
  try {
    const kept = z.record(z.string(), bestSchema).safeParse(JSON.parse(shelf?.getItem(KEY) ?? "{}"));
    return kept.success ? kept.data : {};
  } catch {
    return {};
  }
}

function storageOfPage(): Shelf | undefined {
  try {
    return localStorage;
  } catch {
    return undefined; // refused, as in a sandboxed frame
  }
}
