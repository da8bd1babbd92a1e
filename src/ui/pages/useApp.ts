import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { App, AppState, Session } from "../../app";
import { type FaultData, faultDataOf, isAbort } from "../../base";
import type { Table } from "../../table";
import { createSteady } from "./steady";

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("no AppContext above this component");
  return app;
}

/** A part of the state; the component renders anew when that part changes. The selector must not make new objects. */
export function useAppState<T>(select: (state: AppState) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

const steady = createSteady();

/** The open session; the component renders anew when it changes, but not at every step of a run. */
export function useSession(): Session | undefined {
  return useAppState((state) => steady(state.session));
}

export type Asked<T> = { status: "loading" } | { status: "ready"; value: T } | { status: "failed"; fault: FaultData };

/** Something computed off the main thread; asked anew, and the old question stopped, when `question` changes. */
export function useAsked<T>(question: string | undefined, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<{ question: string | undefined; asked: Asked<T> }>({
    question: undefined,
    asked: { status: "loading" },
  });
  // The question's text stands for everything that `ask` closes over, so only a new text asks anew.
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (question === undefined) return;
    const controller = new AbortController();
    latest.current(controller.signal).then(
      (value) => !controller.signal.aborted && setAnswer({ question, asked: { status: "ready", value } }),
      (error: unknown) =>
        !controller.signal.aborted &&
        !isAbort(error) &&
        setAnswer({ question, asked: { status: "failed", fault: faultDataOf(error) } }),
    );
    return () => controller.abort();
  }, [question]);
  return answer.question === question ? answer.asked : { status: "loading" };
}

/** The answer of one reading statement on the open task; `key` is the task's id, so that another task asks anew. */
export function useQuery(key: string | undefined, sql: string): Asked<Table> {
  const app = useApp();
  return useAsked(key === undefined ? undefined : `${key}\n${sql}`, (signal) => app.tasks.query(sql, signal));
}
