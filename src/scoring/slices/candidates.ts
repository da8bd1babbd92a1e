import type { Column, Table } from "../../table";
import { LEAST_ROWS } from "./limits";
import { isMissing, numberOf, type SliceRule, sidesAre, sliceRows, textOf, wordsOf } from "./rules";
import { wordGroups } from "./word-groups";

/** A column with at most so many numbers is told apart by each of them, others by quantiles. */
const FEW_NUMBERS = 10;
/** Of a column's values, and of its words, the most frequent. */
const MOST_VALUES = 60;
const MOST_WORDS = 200;
/** The lowest and highest tenth, and fifths. */
const CUTS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1];

export interface Candidate {
  rule: SliceRule;
  rows: Int32Array;
}

export interface SliceTable {
  /** The feature cell that it is of; the task's own columns where undefined. */
  cell?: string;
  table: Table;
  /** Columns that hold running text: their words are tried, not their values. */
  texts: readonly string[];
  /** Columns to leave out: ids, the label. */
  without: readonly string[];
}

/** The slices of one column that are tried: by value, number, word, length and missingness; of pairs by their sides too. */
export function candidatesOf({ cell, table, texts, without }: SliceTable, column: Column): Candidate[] {
  if (without.includes(column.name)) return [];
  const about = { ...(cell !== undefined && { cell }) };
  const text = texts.includes(column.name);
  const rules = [...rulesOf(column, text), ...(cell === undefined ? sidesRules(column, table) : [])];
  return [
    ...rules.map((rule) => ({ rule, rows: sliceRows(rule, table) })),
    ...(text && column.kind === "string" ? wordCandidates(column, table) : []),
  ]
    .map(({ rule, rows }) => ({ rule: { ...rule, ...about }, rows }))
    .filter(({ rows }) => rows.length >= LEAST_ROWS && rows.length <= table.rows - LEAST_ROWS);
}

function rulesOf(column: Column, text: boolean): SliceRule[] {
  const { name } = column;
  const missing: SliceRule = { kind: "missing", column: name };
  if (column.kind === "number") return [missing, ...numberRules(column)];
  if (column.kind === "boolean") return [missing, ...valueRules(column)];
  if (column.kind !== "string") return [missing];
  return [missing, ...(text ? rangesOf(column, "length") : valueRules(column))];
}

function numberRules(column: Column): SliceRule[] {
  const distinct = new Set(Array.from(column.values, Number).filter((value) => !Number.isNaN(value)));
  if (distinct.size > FEW_NUMBERS) return rangesOf(column, "value");
  return [...distinct].sort((a, b) => a - b).map((value) => ({ kind: "number", column: column.name, value }));
}

function rangesOf(column: Column, of: "value" | "length"): SliceRule[] {
  const number = numberOf(of, column);
  const sorted = Float64Array.from({ length: column.values.length }, (_, row) => number(row))
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return [];
  const edge = (share: number): number | undefined =>
    share === 0 || share === 1 ? undefined : sorted[Math.floor(share * (sorted.length - 1))];
  const rule = (low: number, high: number): SliceRule => {
    const [from, below] = [edge(low), edge(high)];
    const ends = { ...(from !== undefined && { from }), ...(below !== undefined && { below }) };
    return { kind: "range", column: column.name, of, ...ends };
  };
  const steps = CUTS.slice(1).map((high, i) => rule(CUTS[i], high));
  return [...steps, rule(0, 0.2), rule(0.8, 1)];
}

function valueRules(column: Column): SliceRule[] {
  const values = mostFrequent(
    rowsBy(column, (text) => [text]),
    MOST_VALUES,
  );
  return values.map(([value]) => ({ kind: "value", column: column.name, value }));
}

function wordCandidates(column: Column, table: Table): Candidate[] {
  const words = mostFrequent(rowsBy(column, wordsOf), MOST_WORDS);
  const single = words.map(
    ([word, rows]): Candidate => ({ rule: { kind: "word", column: column.name, word }, rows: Int32Array.from(rows) }),
  );
  const topics = wordGroups(words, table.rows).map((group): Candidate => {
    const rule: SliceRule = { kind: "topic", column: column.name, words: group };
    return { rule, rows: sliceRows(rule, table) };
  });
  return [...single, ...topics];
}

/** The rows of each value, or of each word: one pass, where a pass a word would take its time by the words. */
function rowsBy(column: Column, parts: (text: string) => string[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < column.values.length; row++) {
    if (isMissing(column, row)) continue;
    for (const part of new Set(parts(textOf(column, row)))) {
      const own = rows.get(part);
      if (own) own.push(row);
      else rows.set(part, [row]);
    }
  }
  return rows;
}

function mostFrequent(rows: ReadonlyMap<string, number[]>, most: number): [string, number[]][] {
  return [...rows]
    .filter(([, own]) => own.length >= LEAST_ROWS)
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, most);
}

const LEFT = "left_";
const RIGHT = "right_";

function sidesRules(column: Column, { columns }: Table): SliceRule[] {
  if (!column.name.startsWith(LEFT) || !["string", "number", "boolean"].includes(column.kind)) return [];
  const other = columns.find((each) => each.name === RIGHT + column.name.slice(LEFT.length));
  if (other?.kind !== column.kind) return [];
  const found = new Set(Array.from(column.values, (_, row) => sidesAre(column, other, row)));
  return (["equal", "different", "one missing"] as const)
    .filter((how) => found.has(how))
    .map((how) => ({ kind: "sides", column: column.name, other: other.name, how }));
}
