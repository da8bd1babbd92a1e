import type { Random } from "../../base";
import { shuffle } from "../../base";

/** When to stop early: the share of the rows to watch, and after how many passes without a lower log loss. */
export interface Stop {
  share: number;
  patience: number;
}

/**
 * Splits rows into those to fit and those to watch, every class by the same share (rounded down, so that a class of few
 * rows is fitted whole). Both rise. Nothing is held of very few rows.
 */
export function holdOut(
  labels: Int32Array,
  classes: number,
  share: number,
  random: Random,
): { fit: Int32Array; held: Int32Array } {
  const byClass = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, row) => {
    byClass[label].push(row);
  });
  const held = new Uint8Array(labels.length);
  // What rounding down leaves over is passed on, so that the whole is as large as asked.
  let due = 0;
  for (const rows of byClass) {
    due += rows.length * share;
    const count = Math.min(Math.floor(due), Math.max(0, rows.length - 1));
    due -= count;
    for (const row of shuffle(rows, random).slice(0, count)) held[row] = 1;
  }
  const rows = Int32Array.from(labels.keys());
  return { fit: rows.filter((row) => held[row] === 0), held: rows.filter((row) => held[row] === 1) };
}
