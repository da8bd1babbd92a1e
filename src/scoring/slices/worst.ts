import type { Progress } from "../../base";
import { type Candidate, candidatesOf, type SliceTable } from "./candidates";
import { adjusted, chanceOfAtLeast, logFactorials, wilson } from "./chance";
import { FALSE_SHARE } from "./limits";
import type { SliceRule } from "./rules";

/** Slices that share more of their rows than this are one finding. */
const SAME = 0.6;
const MOST_TOLD = 12;

export interface WeakSlice {
  rule: SliceRule;
  rows: number;
  wrong: number;
  /** The share of wrong rows, with an interval that allows for its having been picked as one of many. */
  share: { value: number; low: number; high: number };
  /** The share of wrong rows outside. */
  outside: number;
  /** How likely so many wrong rows are by chance, after correction for all slices tried. */
  chance: number;
}

export interface WeakSlices {
  slices: WeakSlice[];
  /** How many slices were tried: what the correction is for. */
  tried: number;
}

/**
 * Where a model is wrong more often than elsewhere. Every candidate is tested by Fisher's exact test, one-sided; those are
 * told whose p-value, corrected by Benjamini and Hochberg for all candidates with different rows, is at most `FALSE_SHARE`.
 * Their intervals are Wilson's at the level 1 - 0.05 x told / tried (Benjamini and Yekutieli 2005), for a slice that was
 * picked because it looks bad, looks worse than it is. The likeliest first; of overlapping ones the first. Yields between
 * columns.
 */
export function* weakSlices(wrong: Uint8Array, sources: readonly SliceTable[]): Generator<Progress, WeakSlices> {
  const found: Candidate[] = [];
  for (const [i, source] of sources.entries()) {
    for (const [j, column] of source.table.columns.entries()) {
      yield { done: (i + j / source.table.columns.length) / sources.length, note: column.name };
      found.push(...candidatesOf(source, column));
    }
  }
  const candidates = distinct(found);
  const rows = wrong.length;
  const total = wrong.reduce((sum, each) => sum + each, 0);
  const logs = logFactorials(rows);
  const hits = candidates.map((each) => each.rows.reduce((sum, row) => sum + wrong[row], 0));
  const chances = adjusted(candidates.map((each, i) => chanceOfAtLeast(hits[i], each.rows.length, total, rows, logs)));
  const order = candidates.map((_, i) => i).filter((i) => chances[i] <= FALSE_SHARE);
  order.sort(
    (a, b) => chances[a] - chances[b] || hits[b] - hits[a] || candidates[a].rows.length - candidates[b].rows.length,
  );
  const level = 1 - (FALSE_SHARE * order.length) / Math.max(1, candidates.length);
  const told: number[] = [];
  for (const i of order) {
    if (told.length === MOST_TOLD) break;
    if (!told.some((j) => overlap(candidates[i].rows, candidates[j].rows) > SAME)) told.push(i);
  }
  return {
    tried: candidates.length,
    slices: told.map((i) => {
      const { rule, rows: own } = candidates[i];
      return {
        rule,
        rows: own.length,
        wrong: hits[i],
        share: { value: hits[i] / own.length, ...wilson(hits[i], own.length, level) },
        outside: (total - hits[i]) / (rows - own.length),
        chance: chances[i],
      };
    }),
  };
}

/** Two rules for the same rows are one try. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const known = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = candidate.rows.join(" ");
    if (!known.has(key)) known.set(key, candidate);
  }
  return [...known.values()];
}

/** Rows of both, of the rows of either. Both rise. */
function overlap(a: Int32Array, b: Int32Array): number {
  const own = new Set(a);
  const both = b.reduce((count, row) => count + (own.has(row) ? 1 : 0), 0);
  return both / (a.length + b.length - both);
}
