import type { SplitName } from "../../src/tasks";
import { Leak } from "./leak";
import { tokens } from "./similarity";
import type { Cell, Made, SampleTask } from "./task";
import { wordScore } from "./word-score";

interface Seen {
  split: SplitName;
  label: string;
  value: string;
}

/** No single column answers by itself. @throws Leak naming the column and how far it gets. */
export function checkShortcuts(task: SampleTask, made: Made): void {
  const { shortcut, words } = task.limits;
  for (const [name, seen] of signalsOf(task, made)) refuse(name, lookupScore(seen), "looking values up", shortcut);
  for (const [name, score] of wordScores(task, made)) refuse(name, score, "its words", words);
}

function refuse(name: string, score: number, how: string, limit: number): void {
  if (score <= limit) return;
  throw new Leak(
    `"${name}" alone gets ${(score * 100).toFixed(1)} % of validation right by ${how}, ` +
      `${(limit * 100).toFixed(0)} % is allowed: it gives the class away.`,
  );
}

/**
 * What can be looked up: a column's value, or the quantile of a number; for pairs each side's value by itself, whether the
 * sides are equal (for numbers also which is larger), and by how much numbers differ.
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
    if (modality !== "numeric") continue;
    const bin = binned(made.pairs.map(({ left, right }) => difference(left.cells[name], right.cells[name])));
    signals.set(
      `${name} difference`,
      of((left, right) => bin(difference(left, right))),
    );
  }
  return signals;
}

/** How far each text gets alone by its words; for pairs, by the share of words that both sides have. */
export function wordScores(task: Pick<SampleTask, "columns">, made: Made): Map<string, number> {
  const texts = task.columns.filter(({ modality }) => modality === "text").map(({ name }) => name);
  return new Map(
    texts.map((name) => {
      if (made.kind === "rows")
        return [
          name,
          wordScore(made.rows.map(({ split, label, cells }) => ({ split, label, words: wordsOf(cells[name]) }))),
        ];
      const seen = made.pairs.map(({ left, right, label }) => ({
        split: left.split,
        label: String(label),
        value: overlap(left.cells[name], right.cells[name]),
      }));
      return [name, lookupScore(seen)];
    }),
  );
}

function wordsOf(cell: Cell): string[] {
  return typeof cell === "string" ? [...new Set(tokens(cell))] : [];
}

/** Jaccard (1912), words of both over words of either, in steps of a twentieth. */
function overlap(left: Cell, right: Cell): string {
  if (left === null || right === null) return "missing";
  const [a, b] = [new Set(wordsOf(left)), wordsOf(right)];
  const shared = b.filter((word) => a.has(word)).length;
  return `${Math.floor((20 * shared) / Math.max(1, a.size + b.length - shared))} twentieths`;
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

function difference(left: Cell, right: Cell): Cell {
  return typeof left === "number" && typeof right === "number" ? Math.abs(left - right) : null;
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
