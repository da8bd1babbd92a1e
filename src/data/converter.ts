import { type CallOptions, createCaller, Fault, type WorkerPort } from "../base";
import { spawnWorker } from "./client";
import { engineCode } from "./engine-code";
import type { Attached, DataProtocol, Footer, Relation, TableFile, WrittenFile } from "./protocol";

/**
 * DuckDB for turning files into other files. Unlike the engine that a notebook's SQL meets it is not locked, since a locked
 * one cannot write: it runs statements of the app's own and nothing of a reader's. It is made for one piece of work and
 * disposed of after it; a crash ends the work with a fault.
 */
export interface Converter {
  /** @throws Fault `file-damaged` naming the file */
  load(file: TableFile, options?: CallOptions): Promise<Relation>;
  /** Opens a Parquet file where it lies, reading its end only. @throws Fault `file-damaged` naming the file */
  attach(file: Attached, options?: CallOptions): Promise<Footer>;
  /** Rows as Arrow IPC bytes (stream format). */
  query(sql: string, options?: CallOptions): Promise<Uint8Array>;
  put(name: string, arrow: Uint8Array): Promise<Relation>;
  /** Rows as a Parquet file, packed with zstd. */
  parquet(sql: string, options?: CallOptions): Promise<WrittenFile>;
  /** Rows as a CSV file with a header; a missing value is the empty field. */
  csv(sql: string, options?: CallOptions): Promise<WrittenFile>;
  drop(name: string): Promise<void>;
  dispose(): void;
}

export function createConverter(options: { spawn?: () => WorkerPort } = {}): Converter {
  const port = (options.spawn ?? spawnWorker)();
  const call = createCaller<DataProtocol>(port);
  const booted = engineCode.boot((wasm) => call("boot", { wasm }));
  booted.catch(() => {}); // heard by the first call
  const after = async <T>(work: () => Promise<T>): Promise<T> => {
    await booted;
    return work();
  };
  return {
    load: (file, { signal } = {}) => after(() => call("load", file, { signal })),
    attach: (file, { signal } = {}) => after(() => call("attach", file, { signal })),
    query: (sql, { signal } = {}) => after(() => call("query", { sql, known: [] }, { signal })),
    put: (name, arrow) => after(() => call("put", { name, arrow }, { transfer: [arrow.buffer as ArrayBuffer] })),
    parquet: (sql, { signal } = {}) => after(() => call("write", { sql, format: "parquet" }, { signal })),
    csv: (sql, { signal } = {}) => after(() => call("write", { sql, format: "csv" }, { signal })),
    drop: (name) => after(() => call("drop", { name })),
    dispose: () => port.terminate(new Fault("engine-stopped", "The data engine was stopped")),
  };
}
