import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/**
 * A database of the browser that is opened when it is first asked for, and again when the browser ended it or did not open
 * it. One tab never stands in the way of another's newer form of it.
 */
export function createDatabase<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: (db: IDBPDatabase<Schema>, from: number) => void,
): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = (): void => {
    opened = undefined;
  };
  return () => {
    opened ??= openDB<Schema>(name, version, {
      upgrade,
      blocking: (_from, _to, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        forget();
      },
      terminated: forget,
    });
    opened.catch(forget);
    return opened;
  };
}
