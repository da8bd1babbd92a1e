import type { Hash } from "../base";

export type FileFormat = "parquet" | "csv";

/** A file whose rows become a table. `file` is its name for the reader of a fault. */
export interface TableFile {
  table: string;
  file: string;
  format: FileFormat;
  bytes: Uint8Array;
}

/** A file without bytes is one that the engine has from a `glance` at it. */
export type FileToLoad = Omit<TableFile, "bytes"> & Partial<Pick<TableFile, "bytes">>;

/** A table of the engine: its columns with DuckDB's names of their types. */
export interface Relation {
  name: string;
  rows: number;
  columns: { name: string; type: string }[];
}

/** What the end of a Parquet file says of it. */
export interface Footer {
  rows: number;
  /** Rows of each row group. */
  groups: number[];
  /** With the bytes that each column takes in the file, and once unpacked. */
  columns: { name: string; type: string; packed: number; unpacked: number }[];
}

/** A Parquet file that is read where it lies: by its handle, or by ranges of its address. */
export interface Attached {
  /** What SQL calls it: `read_parquet('<name>')`. */
  name: string;
  /** Its name for the reader of a fault. */
  file: string;
  source: Blob | string;
}

/** A file that the engine wrote. Its hash is made where it was written: tens of megabytes would hold the page up. */
export interface WrittenFile {
  bytes: Uint8Array;
  sha256: Hash;
}

/** What the client asks of the worker. Faults name the user's own text; `engine-crashed` means: restart me. */
export type DataProtocol = {
  /** Starts the engine, from the compiled module of an earlier worker if there is one. */
  boot: { args: { wasm?: WebAssembly.Module }; result: WebAssembly.Module };
  rehearse: { args: undefined; result: undefined };
  /** Shows a Parquet file as a view until it is loaded; refused by a locked engine. */
  glance: { args: TableFile; result: Relation };
  load: { args: FileToLoad; result: Relation };
  /** Makes a file readable without loading it; refused by a locked engine. */
  attach: { args: Attached; result: Footer };
  /** No file, no URL and no setting can be reached from here on. */
  lock: { args: undefined; result: undefined };
  query: { args: { sql: string; known: string[] }; result: Uint8Array };
  keep: { args: { name: string; sql: string; known: string[] }; result: Relation };
  alias: { args: { name: string; target: string; known: string[] }; result: undefined };
  put: { args: { name: string; arrow: Uint8Array }; result: Relation };
  drop: { args: { name: string }; result: undefined };
  /** The rows of a statement of the app's own as a file; refused by a locked engine. */
  write: { args: { sql: string; format: FileFormat }; result: WrittenFile };
  /** Answered when everything asked before is over. */
  settled: { args: undefined; result: undefined };
};
