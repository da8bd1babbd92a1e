import type { DBSchema, IDBPDatabase } from "idb";
import { Fault, hashOf } from "../../base";
import type { OwnModelSource } from "../../cells";
import { digestOf } from "../../inference";
import type { Sidecar } from "../../learners";
import { createDatabase } from "../database";

/** A model that the reader brought, without its bytes. */
export interface KeptModel {
  /** Of its content: the file, and what came beside it. */
  hash: string;
  file: string;
  size: number;
  /** Milliseconds since 1970. */
  brought: number;
}

export interface OwnModels extends OwnModelSource {
  list(): Promise<KeptModel[]>;
  has(hash: string): Promise<boolean>;
  /** Keeps a model. A browser that refuses is no loss: the model is then in this tab, with the reason. */
  put(model: KeptModel & { bytes: Uint8Array; sidecar?: Sidecar }): Promise<{ fault?: Fault }>;
  remove(hash: string): Promise<void>;
}

interface Stored extends KeptModel {
  sidecar?: Sidecar;
}

interface Schema extends DBSchema {
  models: { key: string; value: Stored };
  /** Blobs, which browsers keep on disk until they are read. */
  files: { key: string; value: Blob };
}

/** Models by the hash of their content, so that one file is kept once, whatever it is called and whoever uses it. */
export function createOwnModels(): OwnModels {
  const inTab = new Map<string, Stored & { bytes: Uint8Array }>();
  const database = createDatabase<Schema>("polytab-models", 1, (db) => {
    db.createObjectStore("models", { keyPath: "hash" });
    db.createObjectStore("files");
  });
  /** A browser that keeps nothing has nothing to read either. */
  const read = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work(await database());
    } catch {
      return otherwise;
    }
  };
  /** By the digits of it that a notebook has. */
  const find = async (hash: string): Promise<Stored | undefined> =>
    [...inTab.values()].find((model) => model.hash.startsWith(hash)) ??
    (await read(async (db) => (await db.getAll("models", IDBKeyRange.bound(hash, `${hash}g`), 1))[0], undefined));

  return {
    list: async () => {
      const stored = await read((db) => db.getAll("models"), []);
      return [...inTab.values(), ...stored]
        .map(({ hash, file, size, brought }) => ({ hash, file, size, brought }))
        .sort((a, b) => b.brought - a.brought);
    },
    has: async (hash) => (await find(hash)) !== undefined,
    load: async ({ file, hash }, { signal }) => {
      const model = await find(hash);
      signal?.throwIfAborted();
      if (!model) throw lacking(file, hash);
      const blob = await read((db) => db.get("files", model.hash), undefined);
      const bytes = inTab.get(model.hash)?.bytes ?? (blob && new Uint8Array(await blob.arrayBuffer()));
      signal?.throwIfAborted();
      if (!bytes || bytes.length !== model.size) throw lacking(file, hash);
      return { bytes, ...(model.sidecar && { sidecar: model.sidecar }) };
    },
    put: async ({ bytes, ...model }) => {
      try {
        const db = await database();
        const transaction = db.transaction(["models", "files"], "readwrite", { durability: "strict" });
        await Promise.all([
          transaction.objectStore("files").put(new Blob([bytes as Uint8Array<ArrayBuffer>]), model.hash),
          transaction.objectStore("models").put(model),
          transaction.done,
        ]);
        return {};
      } catch (cause) {
        inTab.set(model.hash, { ...model, bytes });
        return {
          fault: new Fault("storage", `This browser does not keep "${model.file}"`, {
            hint: "The model is in this tab and works until the tab is closed. Free the disk, or leave the private window, and bring it again.",
            cause,
          }),
        };
      }
    },
    remove: async (hash) => {
      inTab.delete(hash);
      await read(async (db) => {
        const transaction = db.transaction(["models", "files"], "readwrite");
        await Promise.all([
          transaction.objectStore("models").delete(hash),
          transaction.objectStore("files").delete(hash),
          transaction.done,
        ]);
      }, undefined);
    },
  };
}

function lacking(file: string, hash: string): Fault {
  return new Fault("model-lacking", `The model "${file}" (${hash.slice(0, 8)}…) is not in this browser`, {
    hint: "A notebook carries a model's name and not the model. Drop that very file on the page: it is known by its content.",
  });
}

/** The hash of a model: of its file, and of what came beside it. */
export async function hashOfModel(bytes: Uint8Array, sidecar: Uint8Array | undefined): Promise<string> {
  const parts = await Promise.all([bytes, ...(sidecar ? [sidecar] : [])].map(digestOf));
  return parts.length === 1 ? parts[0] : hashOf(parts.join(" "));
}
