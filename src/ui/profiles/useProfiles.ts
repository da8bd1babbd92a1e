import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { App, Relation, TaskGlance } from "../../app";
import type { Table } from "../../table";
import { balanceSql, cheapestFirst, createProfiler, type Frame, frameOf, type TaskManifest } from "../../tasks";
import { useApp } from "../pages/useApp";
import { createProfileStore, type ProfileState, type ProfileStore } from "./profileStore";

interface Kept {
  frame: Frame;
  store: ProfileStore;
}

/** What was found out stays for as long as the task is open: going away and coming back asks nothing again. */
const kept = new WeakMap<TaskManifest, Kept>();

function keptFor(app: App, manifest: TaskManifest, train: Relation["columns"]): Kept {
  const known = kept.get(manifest);
  if (known) return known;
  const frame = frameOf(manifest, train);
  const made = { frame, store: createProfileStore(frame.columns, createProfiler(frame, app.tasks.query)) };
  kept.set(manifest, made);
  return made;
}

/** What a task's files tell before its rows are loaded. */
export interface Glanced {
  /** The columns of train. */
  train: Relation["columns"];
  /** The answer to `balanceSql`. */
  balance?: Table;
}

/** The profile of the cheapest column, which `useProfiles` goes on from, then the sizes of the classes. */
export function glanceAt(app: App, manifest: TaskManifest, onSeen: (glanced: Glanced) => void): TaskGlance {
  const wanted = cheapestFirst(frameOf(manifest, []).columns)
    .slice(0, 1)
    .map(({ name }) => name);
  return {
    columns: wanted,
    look: async (train, query) => {
      const { frame, store } = keptFor(app, manifest, train);
      const columns = frame.columns.filter(({ name }) => wanted.includes(name));
      store.put(await createProfiler(frame, query).profile(columns));
      onSeen({ train });
      onSeen({ train, balance: await query(balanceSql(frame)) });
    },
  };
}

/** The profiles of a task, computed while a component shows them and `loaded`; until then what a glance gave. */
export function useProfiles(
  manifest: TaskManifest,
  train: Relation["columns"],
  loaded: boolean,
): Kept & { state: ProfileState } {
  const app = useApp();
  const { frame, store } = useMemo(() => keptFor(app, manifest, train), [app, manifest, train]);
  useEffect(() => {
    if (!loaded) return; // asking would load the rows, and once more where that fails
    const controller = new AbortController();
    store.work(controller.signal).catch(app.report);
    return () => controller.abort();
  }, [store, app, loaded]);
  return { frame, store, state: useSyncExternalStore(store.subscribe, store.get) };
}
