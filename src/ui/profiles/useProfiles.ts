import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { App, Relation } from "../../app";
import { createProfiler, type Frame, frameOf, type TaskManifest } from "../../tasks";
import { useApp } from "../pages/useApp";
import { createProfileStore, type ProfileState, type ProfileStore } from "./profileStore";

interface Kept {
  frame: Frame;
  store: ProfileStore;
}

/** What was found out stays for as long as the task is open: going away and coming back asks nothing again. */
const kept = new WeakMap<TaskManifest, Kept>();

function keptFor(app: App, manifest: TaskManifest, train: Relation): Kept {
  const known = kept.get(manifest);
  if (known) return known;
  const frame = frameOf(manifest, train.columns);
  const made = { frame, store: createProfileStore(frame.columns, createProfiler(frame, app.tasks.query)) };
  kept.set(manifest, made);
  return made;
}

/** The profiles of a task whose rows are loaded, computed while a component shows them. */
export function useProfiles(manifest: TaskManifest, train: Relation): Kept & { state: ProfileState } {
  const app = useApp();
  const { frame, store } = useMemo(() => keptFor(app, manifest, train), [app, manifest, train]);
  useEffect(() => {
    const controller = new AbortController();
    store.work(controller.signal).catch(app.report);
    return () => controller.abort();
  }, [store, app]);
  return { frame, store, state: useSyncExternalStore(store.subscribe, store.get) };
}
