import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { Fault } from "../base";
import type { Shared } from "../share";
import type { Slot } from "./state";

/** What is kept of a notebook; `shared` is what its link carried, when it came with one. */
interface Kept {
  markdown: string;
  trusted: boolean;
  shared?: Shared;
}

interface Schema extends DBSchema {
  notebooks: { key: string; value: Slot & Kept };
}

/** The notebooks kept in this browser. */
export interface SlotStore {
  list(): Promise<Slot[]>;
  read(id: string): Promise<Kept | undefined>;
  write(slot: Slot & Kept): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createSlotStore(): SlotStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = (): Promise<IDBPDatabase<Schema>> => {
    opened ??= openDB<Schema>("polytab", 1, {
      upgrade: (db) => void db.createObjectStore("notebooks", { keyPath: "id" }),
    }).catch((cause) => {
      opened = undefined;
      throw new Fault("storage", "This browser does not let the page keep notebooks", {
        hint: "Private windows and full disks do this. Share or download the notebook before you close the tab.",
        cause,
      });
    });
    return opened;
  };
  return {
    list: async () => {
      const all = await (await database()).getAll("notebooks");
      return all
        .map(({ id, title, task, updated }) => ({ id, title, task, updated }))
        .sort((a, b) => b.updated - a.updated);
    },
    read: async (id) => (await database()).get("notebooks", id),
    write: async (slot) => void (await (await database()).put("notebooks", slot)),
    remove: async (id) => (await database()).delete("notebooks", id),
  };
}
