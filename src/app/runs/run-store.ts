import type { DBSchema, IDBPDatabase } from "idb";
import { Fault } from "../../base";
import { type KeptRun, type RunDetail, readDetail, readKept } from "../../runs";
import { createDatabase } from "../database";

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun };
  /** Apart, so that a board reads no predictions. */
  details: { key: string; value: RunDetail };
}

/** The runs that are kept in this browser; where it refuses storage, in this tab. */
export interface RunStore {
  list(): Promise<KeptRun[]>;
  put(kept: KeptRun, detail: RunDetail): Promise<void>;
  /** The reader's own words about a run, or a grown across-tasks run; its details stay. */
  update(kept: KeptRun): Promise<void>;
  /** @throws Fault `run-missing`, `invalid` */
  detail(id: string): Promise<RunDetail>;
  remove(ids: readonly string[]): Promise<void>;
}

export function createRunStore(): RunStore {
  const inTab = new Map<string, { kept: KeptRun; detail: RunDetail }>();
  const open = createDatabase<Schema>("polytab-runs", 1, (db) => {
    db.createObjectStore("runs", { keyPath: "id" });
    db.createObjectStore("details");
  });
  const database = (): Promise<IDBPDatabase<Schema> | undefined> => open().catch(() => undefined);

  return {
    list: async () => {
      const stored: unknown[] = (await (await database())?.getAll("runs")) ?? [];
      // What another version wrote, or a crash damaged, is no run; its notebook is still in the list of notebooks.
      const readable = stored.map(readKept).filter((kept) => kept !== undefined);
      return [...readable, ...[...inTab.values()].map(({ kept }) => kept)];
    },
    put: async (kept, detail) => {
      try {
        const db = await database();
        if (!db) throw new Error("no storage");
        const transaction = db.transaction(["runs", "details"], "readwrite");
        await Promise.all([
          transaction.objectStore("runs").put(kept),
          transaction.objectStore("details").put(detail, kept.id),
          transaction.done,
        ]);
      } catch {
        inTab.set(kept.id, { kept, detail });
      }
    },
    update: async (kept) => {
      const here = inTab.get(kept.id);
      if (here) inTab.set(kept.id, { ...here, kept });
      else await (await database())?.put("runs", kept);
    },
    detail: async (id) => {
      const value: unknown = inTab.get(id)?.detail ?? (await (await database())?.get("details", id));
      if (value === undefined)
        throw new Fault("run-missing", "This run is no longer in this browser", {
          hint: "It was removed, perhaps in another tab.",
        });
      return readDetail(value);
    },
    remove: async (ids) => {
      for (const id of ids) inTab.delete(id);
      const db = await database();
      if (!db) return;
      const transaction = db.transaction(["runs", "details"], "readwrite");
      await Promise.all([
        ...ids.flatMap((id) => [
          transaction.objectStore("runs").delete(id),
          transaction.objectStore("details").delete(id),
        ]),
        transaction.done,
      ]);
    },
  };
}
