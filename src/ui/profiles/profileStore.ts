import { type FaultData, faultDataOf, isAbort } from "../../base";
import {
  type ClassProfile,
  type ColumnProfile,
  cheapestFirst,
  type ProfiledColumn,
  type Profiler,
  type ShownClasses,
  type Strength,
} from "../../tasks";

export type Known<T> = { status: "ready"; value: T } | { status: "failed"; fault: FaultData };

/** What is known of a task's columns so far; what is absent is on its way. Keys are names of columns. */
export interface ProfileState {
  profiles: ReadonlyMap<string, Known<ColumnProfile>>;
  classes: ShownClasses | undefined;
  byClass: ReadonlyMap<string, Known<ClassProfile>>;
  strengths: ReadonlyMap<string, Known<Strength | undefined>>;
  order: Known<Strength | undefined> | undefined;
}

/** Columns are asked for one batch after another: those in sight first, and never two statements at once. */
export interface ProfileStore {
  get(): ProfileState;
  subscribe(listener: () => void): () => void;
  /** Profiles that were found out elsewhere. */
  put(profiles: readonly ColumnProfile[]): void;
  /** Works until aborted; what is known is kept, so that it can go on later. */
  work(signal: AbortSignal): Promise<void>;
  /** A column came into sight, or went out of it. */
  see(column: string, inSight: boolean): void;
  /** Whether drawings by class are wanted. */
  wantClasses(wanted: boolean): void;
}

/** One at first, so that the first drawing stands soon; then as many as one statement answers well. */
const FIRST_BATCH = 1;
const BATCH = 8;

/** With `idle` false nothing is asked for but what is in sight: a table of a cell's may have hundreds of columns. */
export function createProfileStore(
  columns: readonly ProfiledColumn[],
  profiler: Profiler,
  { idle = true }: { idle?: boolean } = {},
): ProfileStore {
  let state: ProfileState = {
    profiles: new Map(),
    classes: undefined,
    byClass: new Map(),
    strengths: new Map(),
    order: undefined,
  };
  const listeners = new Set<() => void>();
  const inSight = new Set<string>();
  let classesWanted = false;
  let wake = (): void => {};

  const set = (change: Partial<ProfileState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  type Job = (signal: AbortSignal) => Promise<void>;

  /** Columns that can be asked for in one batch with the first of them. */
  const batchOf = (pending: readonly ProfiledColumn[]): ProfiledColumn[] => {
    const most = state.profiles.size === 0 ? FIRST_BATCH : BATCH;
    return pending.filter((column) => column.modality === pending[0].modality).slice(0, most);
  };

  const put = (profiles: readonly ColumnProfile[]): void => {
    const entries = profiles.map((value) => [value.column.name, { status: "ready", value }] as const);
    set({ profiles: new Map([...state.profiles, ...entries]) });
  };

  const profileJob =
    (batch: readonly ProfiledColumn[]): Job =>
    async (signal) => {
      const answer = await known(() => profiler.profile(batch, signal));
      if (answer.status === "ready") put(answer.value);
      else if (batch.length === 1) set({ profiles: new Map(state.profiles).set(batch[0].name, answer) });
      // One that cannot be profiled must not hide the others of its batch.
      else for (const column of batch) await profileJob([column])(signal);
    };

  const classJob =
    (profile: ColumnProfile): Job =>
    async (signal) => {
      const answer = await known(async () => {
        const classes = state.classes ?? (await profiler.classes(signal));
        if (!state.classes) set({ classes });
        return profiler.byClass(profile, classes, signal);
      });
      set({ byClass: new Map(state.byClass).set(profile.column.name, answer) });
    };

  const strengthJob =
    (column: ProfiledColumn): Job =>
    async (signal) => {
      const answer = await known(() => profiler.strength(column, signal));
      set({ strengths: new Map(state.strengths).set(column.name, answer) });
    };

  const orderJob: Job = async (signal) => set({ order: await known(() => profiler.orderStrength(signal)) });

  const next = (): Job | undefined => {
    const pending = columns.filter((column) => !state.profiles.has(column.name));
    const seen = pending.filter((column) => inSight.has(column.name));
    if (seen.length > 0) return profileJob(batchOf(state.profiles.size === 0 ? cheapestFirst(seen) : seen));
    if (classesWanted) {
      for (const column of columns) {
        const profile = state.profiles.get(column.name);
        if (inSight.has(column.name) && profile?.status === "ready" && !state.byClass.has(column.name))
          return classJob(profile.value);
      }
    }
    if (!idle) return undefined;
    if (pending.length > 0) return profileJob(batchOf(cheapestFirst(pending)));
    const untold = columns.find((column) => !state.strengths.has(column.name));
    if (untold) return strengthJob(untold);
    return state.order ? undefined : orderJob;
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put,
    work: async (signal) => {
      // What failed may have failed with an engine that has been restarted since.
      set({
        profiles: answered(state.profiles),
        byClass: answered(state.byClass),
        strengths: answered(state.strengths),
      });
      const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      while (!signal.aborted) {
        const job = next();
        if (!job) await Promise.race([ended, new Promise<void>((resolve) => (wake = resolve))]);
        else
          await job(signal).catch((error: unknown) => {
            if (!isAbort(error)) throw error;
          });
      }
    },
    see: (column, now) => {
      if (now) inSight.add(column);
      else inSight.delete(column);
      wake();
    },
    wantClasses: (wanted) => {
      classesWanted = wanted;
      wake();
    },
  };
}

function answered<T>(known: ReadonlyMap<string, Known<T>>): ReadonlyMap<string, Known<T>> {
  return new Map([...known].filter(([, each]) => each.status === "ready"));
}

/** An answer, or the fault instead of it. An abort is neither, and goes on up. */
async function known<T>(ask: () => Promise<T>): Promise<Known<T>> {
  try {
    return { status: "ready", value: await ask() };
  } catch (error) {
    if (isAbort(error)) throw error;
    return { status: "failed", fault: faultDataOf(error) };
  }
}
