import type { CallOptions } from "../base";
import type { Column, PackedColumn, PackedTable, Table } from "../table";

export interface SandboxTask {
  track: "classification" | "matching";
  /** The record's columns; for matching without the prefixes `left_` and `right_` that the splits' columns carry. */
  columns: { name: string; modality: "text" | "numeric" | "categorical" | "image" }[];
  classes: string[];
  /** The name of the label's column. */
  label: string;
}

export type SandboxSplit = "train" | "validation" | "test";

/** The vectors of a column of the task, or of both sides' column, by split; in the splits' order and named as there. */
export type EmbeddedColumns = Partial<Record<SandboxSplit, Column[]>>;

export interface RunRequest {
  /** The cell's name, for messages. */
  cell: string;
  /** The TypeScript module's text. */
  source: string;
  task: SandboxTask;
  /** Without the label's column; for matching the flat `left_x`, `right_x` columns. */
  splits: Record<SandboxSplit, Table>;
  /** By row of `splits.train`. Only `fit` sees them, as `row.label`. */
  trainLabels: (string | null)[];
  /** What the cell mentions, by name: free variables in its code. */
  tables: Record<string, Table>;
  seed: number;
  /** Preview: features of the first `rows` training rows only. `fit` still sees all rows unless they are costly. */
  rows?: number;
}

export type FeatureType = "numeric" | "boolean" | "categorical" | "text" | "vector";

export interface FeatureColumn {
  name: string;
  type: FeatureType;
}

export interface Output {
  kind: "log" | "display";
  level?: "log" | "warn" | "error";
  text?: string;
  table?: Table;
  /** The line of the TypeScript source that wrote it, from 1. */
  line?: number;
}

export type RunResult =
  | { kind: "features"; splits: Record<string, Table>; columns: FeatureColumn[]; output: Output[]; tookMs: number }
  | { kind: "plain"; table?: Table; output: Output[]; tookMs: number };

export interface RunOptions extends CallOptions {
  /** Stops the cell by itself, with a Fault `cell-timeout`. */
  timeoutMs?: number;
  /** Hears every output when it is written: also those of a run that fails or is stopped later. */
  onOutput?: (output: Output) => void;
  /**
   * Computes the vectors of a column of the task that the code embeds: of the first `rows` rows of each split, none where
   * it is not named. Without it nothing can be embedded.
   */
  embed?(column: string, rows: Partial<Record<SandboxSplit, number>>, options: CallOptions): Promise<EmbeddedColumns>;
}

export interface Sandbox {
  /**
   * Runs one cell in a worker of its own. Runs share no state and may overlap; an abort ends that worker at once.
   * Where the code embeds a column, that is embedded when it is first asked for, and the cell runs anew.
   * @throws Fault `code-…` (the user's error, placed in the TypeScript source), `cell-timeout`, `sandbox-died`
   */
  run(request: RunRequest, options: RunOptions): Promise<RunResult>;
  /** Starts the frame and a spare worker ahead of the first run. No user code is involved. */
  warm(): Promise<void>;
  dispose(): void;
}

/** What the page sends to a worker: one run. */
export interface CellJob {
  /** JavaScript without its imports of the toolbox. */
  code: string;
  /** The imports of the toolbox up to their specifier, like `import { text } from`. */
  imports: string[];
  task: SandboxTask;
  /** The splits to compute, in order; `train` comes first and is always there. Without columns that nothing reads. */
  splits: { name: SandboxSplit; table: Table; vectors: Table }[];
  /** The names of all columns of the splits, for messages. */
  columns: string[];
  trainLabels: (string | null)[];
  tables: Record<string, Table>;
  seed: number;
  /** How many training rows to compute; `fit` sees all that were sent. */
  trainRows: number;
  isPreview: boolean;
}

/** A job as it crosses. */
export type PackedJob = Omit<CellJob, "splits" | "tables" | "trainLabels"> & {
  splits: { name: SandboxSplit; table: PackedTable; vectors: PackedTable }[];
  tables: Record<string, PackedTable>;
  trainLabels: PackedColumn;
};

/** A run that has to be made anew, with the vectors of these columns of the task. */
export interface NeedsEmbeddings {
  kind: "needs";
  columns: string[];
}

/** The worker answers with what it says is a RunResult, its tables packed, or NeedsEmbeddings: the page reads it as untrusted data. */
export type CellProtocol = { run: { args: PackedJob; result: unknown } };

/** Page to frame, over the control port. */
export type FrameOrder =
  | { kind: "start"; id: number; port: MessagePort }
  | { kind: "stop"; id: number }
  | { kind: "ping"; id: number };
