import type { MetricName, SplitName, TaskColumn, Track } from "../../src/tasks";
import type { Source } from "./sources/source";

/** A cell's value: text or category, number, PNG bytes, or missing. Never an empty text. */
export type Cell = string | number | Uint8Array | null;

/** A row of a classification task. */
export interface Row {
  /** Names the thing within the task's source. Never served: the row's id is made from it. */
  key: string;
  /** The entity (family, product, concept …). A group lies in one split. */
  group: string;
  split: SplitName;
  label: string;
  cells: Record<string, Cell>;
}

/** A record of a matching task. Pairs join records of one split only. */
export interface MatchRecord {
  key: string;
  group: string;
  split: SplitName;
  cells: Record<string, Cell>;
}

export interface Pair {
  left: MatchRecord;
  right: MatchRecord;
  label: 0 | 1;
}

export type Made =
  | { kind: "rows"; rows: Row[] }
  /** `flat`: each pair carries both records' columns. `records`: the records lie in a file of their own. */
  | { kind: "pairs"; layout: "flat" | "records"; pairs: Pair[] };

export type Report = (done: number, total: number, what: string) => void;

/** What one file of `tasks/` exports as `task`. */
export interface SampleTask {
  id: string;
  title: string;
  track: Track;
  kind?: "exact" | "variant";
  /** Markdown for the task's page: what is predicted, from what, and what is known to be hard or odd. */
  description: string;
  columns: TaskColumn[];
  metric: MetricName;
  baselines: string[];
  sources: Source[];
  /** What the checks of every task compare with. */
  limits: Limits;
  /**
   * Lists of columns that make two rows (matching: two records) one thing where they are equal in all of them, case
   * aside: such rows lie in one split. Equal pictures always do.
   */
  apart: string[][];
  make(report: Report): Made;
}

export interface Limits {
  /** Shares of train, validation and test. */
  shares: Record<SplitName, number>;
  /** The largest allowed difference of a class's share (matching: of the positives) between two splits. */
  drift: number;
  /**
   * The best that one column may do alone: mean recall over the classes on validation when values are looked up in
   * training. Above it the column gives the answer away.
   */
  shortcut: number;
  /** The same for one text, read word by word (matching: by the share of words that both sides have). */
  words: number;
}
