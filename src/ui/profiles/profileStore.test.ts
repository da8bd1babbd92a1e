import { describe, expect, it } from "vitest";
import { Fault } from "../../base";
import type { ColumnProfile, Modality, ProfiledColumn, Profiler } from "../../tasks";
import { createProfileStore, type ProfileStore } from "./profileStore";

const column = (name: string, modality: Modality): ProfiledColumn => ({
  name,
  modality,
  description: "",
  sources: [{ name, type: "VARCHAR" }],
});

/** A profiler that notes what it is asked, and answers a turn later. */
function noting(broken: string[] = []) {
  const asked: string[] = [];
  const turn = async (what: string, names: string[], signal?: AbortSignal) => {
    signal?.throwIfAborted();
    asked.push(what);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    const bad = names.find((name) => broken.includes(name));
    if (bad) throw new Fault("sql", `cannot read ${bad}`);
  };
  const profiler: Profiler = {
    profile: async (columns, signal) => {
      const names = columns.map(({ name }) => name);
      await turn(names.join("+"), names, signal);
      return columns.map((each) => ({ column: each, modality: each.modality }) as ColumnProfile);
    },
    classes: async () => ({ names: ["a"], others: 0 }),
    byClass: async (profile, _, signal) => {
      await turn(`classes of ${profile.column.name}`, [], signal);
      return { counts: [], facts: undefined };
    },
    strength: async (each, signal) => {
      await turn(`strength of ${each.name}`, [each.name], signal);
      return undefined;
    },
    orderStrength: async () => undefined,
  };
  return { asked, profiler };
}

const COLUMNS = [
  column("title", "text"),
  column("body", "text"),
  column("price", "numeric"),
  column("kind", "categorical"),
  column("colour", "categorical"),
];

async function done(store: ProfileStore): Promise<void> {
  while (!store.get().order) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("the order in which columns are asked for", () => {
  it("takes the cheap ones first while none is in sight, one alone, then all of a kind together", async () => {
    const { asked, profiler } = noting();
    const store = createProfileStore(COLUMNS, profiler);
    const stop = new AbortController();
    const work = store.work(stop.signal);
    await done(store);
    stop.abort();
    await work;
    expect(asked.slice(0, 4)).toEqual(["kind", "colour", "price", "title+body"]);
    expect(asked.slice(4)).toEqual(COLUMNS.map(({ name }) => `strength of ${name}`));
  });

  it("takes what is in sight first, and by class only what is wanted and in sight", async () => {
    const { asked, profiler } = noting();
    const store = createProfileStore(COLUMNS, profiler);
    store.see("body", true);
    store.wantClasses(true);
    const stop = new AbortController();
    const work = store.work(stop.signal);
    await done(store);
    stop.abort();
    await work;
    expect(asked.slice(0, 2)).toEqual(["body", "classes of body"]);
    expect(asked.filter((what) => what.startsWith("classes"))).toEqual(["classes of body"]);
  });

  it("takes the cheapest in sight first, then the others in sight from the top", async () => {
    const { asked, profiler } = noting();
    const store = createProfileStore(COLUMNS, profiler);
    for (const { name } of COLUMNS) store.see(name, true);
    const stop = new AbortController();
    const work = store.work(stop.signal);
    await done(store);
    stop.abort();
    await work;
    expect(asked.slice(0, 4)).toEqual(["kind", "title+body", "price", "colour"]);
  });

  it("does not ask for what was found out elsewhere", async () => {
    const { asked, profiler } = noting();
    const store = createProfileStore(COLUMNS, profiler);
    store.put(await noting().profiler.profile([COLUMNS[3]]));
    expect([...store.get().profiles.keys()]).toEqual(["kind"]);
    const stop = new AbortController();
    void store.work(stop.signal);
    await done(store);
    stop.abort();
    expect(asked.slice(0, 3)).toEqual(["colour", "price", "title+body"]);
    expect(store.get().profiles.size).toBe(5);
  });

  it("shows the fault of one column and the profiles of its batch", async () => {
    const { profiler } = noting(["title"]);
    const store = createProfileStore(COLUMNS, profiler);
    const stop = new AbortController();
    const work = store.work(stop.signal);
    await done(store);
    stop.abort();
    await work;
    const { profiles, strengths } = store.get();
    expect(profiles.get("title")).toMatchObject({ status: "failed", fault: { message: "cannot read title" } });
    expect(profiles.get("body")?.status).toBe("ready");
    expect(strengths.get("title")?.status).toBe("failed");
  });

  it("stops when it is aborted, and goes on where it was", async () => {
    const { asked, profiler } = noting();
    const store = createProfileStore(COLUMNS, profiler);
    const first = new AbortController();
    const unsubscribe = store.subscribe(() => {
      if (store.get().profiles.size === 2) first.abort();
    });
    await store.work(first.signal);
    unsubscribe();
    expect(store.get().profiles.size).toBe(2);
    const second = new AbortController();
    const work = store.work(second.signal);
    await done(store);
    second.abort();
    await work;
    expect(asked.filter((what) => what === "kind")).toHaveLength(1);
    expect(store.get().profiles.size).toBe(5);
  });
});
