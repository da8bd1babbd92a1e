import type { Comparison, Interval, Metric } from "../../scoring";
import type { SplitName } from "../../tasks";

/** What is shuffled: one input of the model, inputs that tell the same, a column of the task, or all of one modality. */
export type Level = "feature" | "related" | "column" | "modality";

export interface Weighed {
  level: Level;
  name: string;
  /** What was shuffled together. */
  parts: string[];
  /** How much the metric loses: above zero where it matters. */
  drop: Interval;
}

export interface Importance {
  rows: number;
  /** Of the model on these rows as they are. */
  score: Interval;
  rounds: number;
  asked: number;
  items: Weighed[];
}

/** A model fitted again with a modality's columns shuffled among the rows, so that they say nothing. */
export interface Ablated {
  name: string;
  columns: string[];
  score: Interval;
  /** The whole model against this one. */
  change: Comparison;
}

export interface Ablation {
  score: Interval;
  items: Ablated[];
}

export interface CurvePoint {
  /** Training rows. */
  rows: number;
  score: Interval;
}

export interface Curve {
  /** By training rows, rising; the last has all of them. */
  points: CurvePoint[];
  /** All rows against half of them. */
  last?: Comparison;
}

export interface Leak {
  kind: "alone" | "order" | "id" | "rows in train" | "records in train" | "values in train";
  /** The column or feature that it is about. */
  name?: string;
  /** A score, or a share of the rows. */
  value: number;
  words: string;
  /** The statement that shows it. */
  sql?: string;
}

export interface Leaks {
  found: Leak[];
  /** What was looked at. */
  looked: string[];
}

/** What a model's score comes from, and what would change it. */
export interface Explanation {
  kind: "explanation";
  /** The model cell. */
  of: string;
  split: SplitName;
  metric: Metric;
  importance?: Importance;
  ablation?: Ablation;
  curve?: Curve;
  leaks?: Leaks;
  /** What was left out, and why. */
  notes: string[];
  /** False where the time was up before everything was done: another run may get further. */
  complete: boolean;
  leaky: true;
}
