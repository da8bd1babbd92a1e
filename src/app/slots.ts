import type { DBSchema } from "idb";
import { Fault } from "../base";
import type { Shared } from "../share";
import { createDatabase } from "./database";
import { browserJournal } from "./journal";
import type { Slot } from "./state";
import { expendable, VERSION_EVERY, type Version } from "./versions";

/** What is kept of a notebook beside what the list of them shows. */
export interface Kept {
  markdown: string;
  trusted: boolean;
  /** What its link carried, when it came with one. */
  shared?: Shared;
  /** What its cells scored by this very text, where they were up to date when it was kept. */
  scores?: Shared["scores"];
}

interface Stored extends Slot, Kept {
  /** Counts the writes; absent in what was stored before it was counted. A writer that knows another one is outdated. */
  revision?: number;
}

interface Schema extends DBSchema {
  notebooks: { key: string; value: Stored };
  versions: { key: [string, number]; value: Version };
}

/** The notebooks kept in this browser, and their past. */
export interface SlotStore {
  list(): Promise<Slot[]>;
  read(id: string): Promise<Stored | undefined>;
  /**
   * Writes over the revision that the writer knows (none: a new slot); resolves to the new one. What was there before is
   * put aside as a version every few minutes.
   * @throws Fault `slot-conflict` when another tab has written since: nothing is changed then
   */
  write(slot: Omit<Stored, "revision">, known: number | undefined): Promise<number>;
  /** Keeps a text that is about to be written, at once: `read` gives it back if the write never came to its end. */
  note(id: string, markdown: string): void;
  remove(id: string): Promise<void>;
  /** A notebook's past, the newest first. */
  versions(id: string): Promise<Version[]>;
  /** Puts a text aside as it is now, whenever the last version was. */
  keepVersion(version: Version): Promise<void>;
}

const VERSIONS_OF = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

export function createSlotStore(now: () => number = () => Date.now(), journal = browserJournal()): SlotStore {
  const open = createDatabase<Schema>("polytab", 2, (db, from) => {
    if (from < 1) db.createObjectStore("notebooks", { keyPath: "id" });
    if (from < 2) db.createObjectStore("versions", { keyPath: ["slot", "at"] });
  });
  const database = (): ReturnType<typeof open> =>
    open().catch((cause) => {
      throw new Fault("storage", "This browser does not let the page keep notebooks", {
        hint: "Private windows and full disks do this. Share or download the notebook before you close the tab.",
        cause,
      });
    });
  return {
    list: async () => {
      const all = await (await database()).getAll("notebooks");
      return all
        .map(({ id, title, task, updated }) => ({ id, title, task, updated }))
        .sort((a, b) => b.updated - a.updated);
    },
    note: (id, markdown) => journal.note(id, { markdown, at: now() }),
    read: async (id) => {
      const stored = await (await database()).get("notebooks", id);
      const unstored = journal.read(id);
      if (!stored || !unstored || unstored.markdown === stored.markdown) return stored;
      if (unstored.at >= stored.updated) return { ...stored, markdown: unstored.markdown };
      // Another tab has written since: what was lost there is put aside, and not in its way.
      const { title } = stored;
      await (await database()).put("versions", { slot: id, at: unstored.at, title, markdown: unstored.markdown });
      journal.forget(id);
      return stored;
    },
    write: async (slot, known) => {
      const transaction = (await database()).transaction(["notebooks", "versions"], "readwrite");
      const notebooks = transaction.objectStore("notebooks");
      const versions = transaction.objectStore("versions");
      const before = await notebooks.get(slot.id);
      if (before && known !== (before.revision ?? 0)) {
        transaction.abort();
        await transaction.done.catch(() => {});
        journal.forget(slot.id, slot.markdown); // nobody is to find it in place of what the other tab wrote
        throw new Fault("slot-conflict", `"${before.title}" was changed in another tab`, {
          hint: "Take over what it wrote there, or keep yours as a copy.",
        });
      }
      const revision = (before?.revision ?? 0) + 1;
      const times = (await versions.getAllKeys(VERSIONS_OF(slot.id))).map(([, at]) => at);
      if (before && before.markdown !== slot.markdown && now() - (times.at(-1) ?? 0) >= VERSION_EVERY) {
        const { id, title, markdown, updated } = before;
        await versions.put({ slot: id, at: updated, title, markdown });
        for (const at of expendable([...times, updated], now())) await versions.delete([id, at]);
      }
      await notebooks.put({ ...slot, revision });
      await transaction.done;
      journal.forget(slot.id, slot.markdown);
      return revision;
    },
    remove: async (id) => {
      const transaction = (await database()).transaction(["notebooks", "versions"], "readwrite");
      journal.forget(id);
      await transaction.objectStore("notebooks").delete(id);
      await transaction.objectStore("versions").delete(VERSIONS_OF(id));
      await transaction.done;
    },
    versions: async (id) => (await (await database()).getAll("versions", VERSIONS_OF(id))).reverse(),
    keepVersion: async (version) => void (await (await database()).put("versions", version)),
  };
}
