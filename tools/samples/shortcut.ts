import type { SplitName } from "../../src/tasks";
import { Leak } from "./leak";
import type { Cell, Made, SampleTask } from "./task";

interface Seen {
  split: SplitName;
  label: string;
  value: string;
}

/** No single column answers by itself. @throws Leak naming the column and how far it gets. */
export function checkShortcuts(task: SampleTask, made: Made): void {
  for (const [name, seen] of signalsOf(task, made)) {
    const score = lookupScore(seen);
    if (score > task.limits.shortcut) {
      throw new Leak(
        `"${name}" alone gets ${(score * 100).toFixed(1)} % of validation right by looking values up, ` +
          `${(task.limits.shortcut * 100).toFixed(0)} % is allowed: it gives the class away.`,
      );
    }
  }
}

/**
 * What can be looked up: a column's value, or the quantile of a number; for pairs each side's value by itself, and whether the sides are equal (for
 * numbers also which is larger).
 */
export function signalsOf(task: Pick<SampleTask, "columns">, made: Made): Map<string, Seen[]> {
  const signals = new Map<string, Seen[]>();
  for (const { name, modality } of task.columns) {
    if (modality === "image") continue;
    if (made.kind === "rows") {
      const value = modality === "numeric" ? binned(made.rows.map(({ cells }) => cells[name])) : shown;
      signals.set(
        name,
        made.rows.map(({ split, label, cells }) => ({ split, label, value: value(cells[name]) })),
      );
      continue;
    }
    const of = (value: (left: Cell, right: Cell) => string): Seen[] =>
      made.pairs.map(({ left, right, label }) => ({
        split: left.split,
        label: String(label),
        value: value(left.cells[name], right.cells[name]),
      }));
    signals.set(
      `left_${name}`,
      of((left) => shown(left)),
    );
    signals.set(
      `right_${name}`,
      of((_, right) => shown(right)),
    );
    signals.set(`${name} equal`, of(compared));
  }
  return signals;
}

function shown(cell: Cell): string {
  return cell === null ? "missing" : `= ${String(cell)}`;
}

const BINS = 64;

/** Numbers by quantile: a running number that follows the classes never repeats a value, but fills a bin with one class. */
function binned(cells: readonly Cell[]): (cell: Cell) => string {
  const sorted = Float64Array.from(cells.filter((cell) => typeof cell === "number")).sort();
  const edges = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)]);
  return (cell) => (typeof cell === "number" ? `bin ${edges.filter((edge) => edge <= cell).length}` : "missing");
}

function compared(left: Cell, right: Cell): string {
  if (left === null || right === null) return left === right ? "both missing" : "one missing";
  if (left === right) return "equal";
  return typeof left === "number" && typeof right === "number" && left < right ? "less" : "different";
}

/**
 * Mean recall over the classes, on validation, of "the class most over-represented in training among rows with this
 * value" (the largest likelihood, so that a rare class counts as much as a frequent one). Unseen values get no class.
 */
export function lookupScore(rows: readonly Seen[]): number {
  const classTotals = new Map<string, number>();
  const byValue = new Map<string, Map<string, number>>();
  for (const { split, label, value } of rows) {
    if (split !== "train") continue;
    classTotals.set(label, (classTotals.get(label) ?? 0) + 1);
    const counts = byValue.get(value) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    byValue.set(value, counts);
  }
  const answer = new Map<string, string>();
  for (const [value, counts] of byValue) {
    let best = -1;
    for (const [label, n] of [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const likelihood = n / (classTotals.get(label) ?? 1);
      if (likelihood > best) {
        best = likelihood;
        answer.set(value, label);
      }
    }
  }
  const right = new Map<string, { hits: number; all: number }>();
  for (const { split, label, value } of rows) {
    if (split !== "validation") continue;
    const count = right.get(label) ?? { hits: 0, all: 0 };
    count.all++;
    if (answer.get(value) === label) count.hits++;
    right.set(label, count);
  }
  let sum = 0;
  for (const { hits, all } of right.values()) sum += hits / all;
  return sum / right.size;
}
