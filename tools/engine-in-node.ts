import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { createCaller, hashOf, type Port } from "../src/base";
import type { Converter } from "../src/data";
import { createSession, type Session } from "../src/data/session";
import type { Importer } from "../src/tasks";
import type { ImportCalls } from "../src/tasks/import/protocol";
import { serveImport } from "../src/tasks/import/serve";

// The page's own engine and import, in Node: only the workers are left out.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
let instantiated: Promise<Blocking.DuckDBBindings> | undefined;

async function instantiate(): Promise<Blocking.DuckDBBindings> {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  return created.instantiate(() => {});
}

/** A database of its own: the one before is gone. */
export async function sessionInNode(): Promise<Session> {
  instantiated ??= instantiate();
  return createSession(await instantiated, () => new Promise((resolve) => setImmediate(resolve)));
}

export async function converterInNode(): Promise<Converter> {
  const session = await sessionInNode();
  const write = async (sql: string, format: "parquet" | "csv") => {
    const bytes = await session.write(sql, format, never);
    return { bytes, sha256: hashOf(bytes) };
  };
  return {
    load: (file) => session.load(file, never),
    attach: () => Promise.reject(new Error("files are attached in a browser only")),
    query: (sql) => session.query(sql, [], never),
    put: async (name, arrow) => session.put(name, arrow),
    parquet: (sql) => write(sql, "parquet"),
    csv: (sql) => write(sql, "csv"),
    drop: async (name) => session.drop(name),
    dispose: () => {},
  };
}

export function importerInNode(): Importer {
  const [page, worker] = channel();
  serveImport(worker);
  return { call: createCaller<ImportCalls>(page), dispose: () => {} };
}

/** Both ends of a channel; messages are copied as they are between a page and its worker. */
function channel(): [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const side = (mine: number): Port => ({
    post: (message, transfer = []) => {
      const copy = structuredClone(message, { transfer });
      queueMicrotask(() => listeners[1 - mine].forEach((listener) => void listener(copy)));
    },
    listen: (listener) => listeners[mine].push(listener),
    onDeath: () => {},
  });
  return [side(0), side(1)];
}
