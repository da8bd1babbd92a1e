import { Fault, type Progress } from "../../base";
import {
  createRemoteReader,
  type Description,
  isTable,
  type RemoteAddress,
  type RemoteReader,
  type RemoteTable,
  readAddress,
  readDescription,
} from "../../tasks";
import { MANIFEST, readTaskFolder } from "../import/folder";
import type { Imports } from "../import/imports";
import type { KeptTasks } from "../import/kept";
import type { Wizard } from "../import/wizard";
import type { Route } from "../route";
import { createHosts, type Hosts } from "./hosts";

/** What lies at an address, before its rows are loaded. */
export type RemoteLook = Description | { kind: "table"; tables: RemoteTable[]; ranges: boolean };

/** Bytes in all, as far as the hosts tell. */
export interface RemoteSizes {
  bytes: number;
  /** Tables whose host does not tell. */
  untold: number;
}

/** Tasks and tables on other hosts. Nothing is asked of a host that the reader has not allowed. */
export interface Remotes {
  hosts: Hosts;
  /** @throws Fault `remote-address` */
  address(text: string): RemoteAddress;
  /** Whether the address may be read without asking: the page's own host, and hosts that are remembered. */
  allowed(address: RemoteAddress): boolean;
  /** The task that was opened from this address before, and is still here. */
  here(address: RemoteAddress): Promise<string | undefined>;
  /** Fetches the description and what the tables weigh. */
  look(address: RemoteAddress, signal: AbortSignal): Promise<{ look: RemoteLook; sizes: RemoteSizes }>;
  /** Loads it: a task is kept, and its id told; tables go to the import page. */
  load(
    address: RemoteAddress,
    look: RemoteLook,
    options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
  ): Promise<string | undefined>;
  /**
   * A task by its address, asked for by the page that embeds this one: looked at and loaded in one go.
   * @throws Fault `remote-description` where the address is of no task
   */
  open(address: string): Promise<string>;
}

export interface RemotesOptions {
  imports: Pick<Imports, "keep" | "freeId">;
  kept: Pick<KeptTasks, "from">;
  wizard: Pick<Wizard, "open" | "openAt">;
  go: (route: Route) => void;
  createReader?: () => RemoteReader;
  hosts?: Hosts;
}

/** What a description may weigh, and the tables of one task together. */
const MOST_TEXT = 4_000_000;
const MOST_BYTES = 400_000_000;
const STARTER_TEXT = 1_000_000;

export function createRemotes({
  imports,
  kept,
  wizard,
  go,
  createReader = createRemoteReader,
  hosts = createHosts(),
}: RemotesOptions): Remotes {
  const reading = async <T>(work: (call: RemoteReader["call"]) => Promise<T>): Promise<T> => {
    const reader = createReader();
    try {
      return await work(reader.call);
    } finally {
      reader.dispose();
    }
  };

  /** The files of a task beside its tables; one that is not there is no fault. */
  const texts = async (call: RemoteReader["call"], names: readonly string[], url: string, signal: AbortSignal) => {
    const files = await Promise.all(
      names.map(async (name) => {
        try {
          return [
            new File([await call("text", { url: new URL(name, url).href, most: STARTER_TEXT }, { signal })], name),
          ];
        } catch (error) {
          if (error instanceof Fault) return [];
          throw error;
        }
      }),
    );
    return files.flat();
  };

  const remotes: Remotes = {
    hosts,
    address: (text) => readAddress(text, document.baseURI),
    allowed: ({ url, host }) => new URL(url).origin === location.origin || hosts.has(host),
    here: ({ url }) => kept.from(url),
    look: (address, signal) =>
      reading(async (call) => {
        const { url, name } = address;
        if (isTable(address)) {
          const { bytes, ranges } = await call("size", { url }, { signal });
          return {
            look: { kind: "table", tables: [{ url, name, bytes }], ranges },
            sizes: { bytes: bytes ?? 0, untold: bytes === undefined ? 1 : 0 },
          };
        }
        const described = readDescription(await call("text", { url, most: MOST_TEXT }, { signal }), url);
        const told = await Promise.all(
          described.tables.map(
            async (table) => (await call("size", { url: table.url }, { signal })).bytes ?? table.bytes,
          ),
        );
        return {
          look: described,
          sizes: {
            bytes: told.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
            untold: told.filter((bytes) => bytes === undefined).length,
          },
        };
      }),
    load: async ({ url }, look, { signal, onProgress }) => {
      const [first] = look.tables;
      if (look.kind === "table" && look.ranges && /\.(?:parquet|pq)$/i.test(first.name)) {
        await wizard.openAt({ url: first.url, name: first.name, bytes: first.bytes ?? 0 });
        return undefined;
      }
      return reading(async (call) => {
        const files: File[] = [];
        let left = MOST_BYTES;
        for (const [at, table] of look.tables.entries()) {
          const bytes = await call(
            "bytes",
            { ...table, most: left },
            {
              signal,
              onProgress: ({ done, note }) => onProgress({ done: (at + done) / look.tables.length, note }),
            },
          );
          left -= bytes.length;
          files.push(new File([bytes as Uint8Array<ArrayBuffer>], table.name));
        }
        if (look.kind !== "task") {
          await wizard.open(files, look.kind === "croissant" ? { title: look.title, label: look.label } : {});
          return undefined;
        }
        const manifest = new File([JSON.stringify(look.manifest)], MANIFEST);
        const beside = await texts(call, [look.manifest.notebook, "LICENCES.txt"], url, signal);
        const task = await readTaskFolder([manifest, ...files, ...beside], imports.freeId);
        const id = await imports.keep({ ...task, origin: url });
        go({ page: "task", id });
        return id;
      });
    },
    open: async (text) => {
      const address = remotes.address(text);
      const here = await remotes.here(address);
      if (here !== undefined) return here;
      const { signal } = new AbortController();
      const { look } = await remotes.look(address, signal);
      const id = look.kind === "task" ? await remotes.load(address, look, { signal, onProgress: () => {} }) : undefined;
      if (id !== undefined) return id;
      throw new Fault("remote-description", `${address.url} is no task`, {
        hint: "Give the address of a task.json. Tables are brought by importTask, which needs to know their label.",
      });
    },
  };
  return remotes;
}
