import { type Column, columnOf, type Table } from "../../table";
import { literal, numberLiteral, quoted } from "../../tasks";

/**
 * A condition on one column (of a pair's two sides, where there is an `other`): as data, so that the same rule gives rows
 * here, a sentence for a reader and a condition in SQL.
 */
export type SliceRule = {
  /** The feature cell whose column it is; the task's own where undefined. */
  cell?: string;
  column: string;
} & (
  | { kind: "missing" }
  | { kind: "value"; value: string }
  | { kind: "number"; value: number }
  /** From `from` (included) to `below` (not included). `length` counts a text's characters. */
  | { kind: "range"; of: "value" | "length"; from?: number; below?: number }
  | { kind: "word"; word: string }
  /** Two or more of the words: a topic. */
  | { kind: "topic"; words: readonly string[] }
  | { kind: "sides"; other: string; how: "equal" | "different" | "one missing" }
);

/** The numbers of the table's rows that a rule holds for, rising. */
export function sliceRows(rule: SliceRule, table: Table): Int32Array {
  const column = columnOf(table, rule.column);
  if (!column) return new Int32Array(0);
  const other = rule.kind === "sides" ? columnOf(table, rule.other) : undefined;
  const holds = testOf(rule, column, other);
  return Int32Array.from({ length: table.rows }, (_, row) => row).filter(holds);
}

function testOf(rule: SliceRule, column: Column, other: Column | undefined): (row: number) => boolean {
  switch (rule.kind) {
    case "missing":
      return (row) => isMissing(column, row);
    case "value":
      return (row) => !isMissing(column, row) && textOf(column, row) === rule.value;
    case "number":
      return (row) => column.values[row] === rule.value;
    case "range": {
      const { from = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = rule;
      const number = numberOf(rule.of, column);
      return (row) => number(row) >= from && number(row) < below;
    }
    case "word":
      return (row) => !isMissing(column, row) && wordsOf(textOf(column, row)).includes(rule.word);
    case "topic":
      return (row) => !isMissing(column, row) && hasTwo(wordsOf(textOf(column, row)), rule.words);
    case "sides":
      return (row) => other !== undefined && sidesAre(column, other, row) === rule.how;
  }
}

export function isMissing(column: Column, row: number): boolean {
  const value = column.values[row];
  return value === null || value === undefined || (column.kind === "number" && Number.isNaN(value));
}

export const textOf = (column: Column, row: number): string => String(column.values[row]);

/** NaN, which lies in no range, where the value is missing. */
export function numberOf(of: "value" | "length", column: Column): (row: number) => number {
  if (of === "value") return (row) => Number(column.values[row]);
  return (row) => (isMissing(column, row) ? Number.NaN : Array.from(textOf(column, row)).length);
}

/** Letters and digits that stand together, in small letters. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const hasTwo = (text: readonly string[], words: readonly string[]): boolean =>
  words.filter((word) => text.includes(word)).length >= 2;

export function sidesAre(left: Column, right: Column, row: number): "equal" | "different" | "one missing" | "none" {
  const [a, b] = [isMissing(left, row), isMissing(right, row)];
  if (a && b) return "none";
  if (a || b) return "one missing";
  return left.values[row] === right.values[row] ? "equal" : "different";
}

/** The rule as a condition over a table of that name. */
export function sliceSql(rule: SliceRule, table: string): string {
  const name = `${table}.${quoted(rule.column)}`;
  switch (rule.kind) {
    case "missing":
      return `${name} is null`;
    case "value":
      return `${name}::varchar = ${literal(rule.value)}`;
    case "number":
      return `${name} = ${numberLiteral(rule.value)}`;
    case "range": {
      const number = rule.of === "value" ? name : `length(${name})`;
      return [
        ...(rule.from === undefined ? [] : [`${number} >= ${numberLiteral(rule.from)}`]),
        ...(rule.below === undefined ? [] : [`${number} < ${numberLiteral(rule.below)}`]),
      ].join("\n  and ");
    }
    case "word":
      return `list_contains(string_split_regex(lower(${name}), '[^\\p{L}\\p{N}]+'), ${literal(rule.word)})`;
    case "topic": {
      const words = `string_split_regex(lower(${name}), '[^\\p{L}\\p{N}]+')`;
      return `len(list_intersect(list_distinct(${words}), [${rule.words.map(literal).join(", ")}])) >= 2`;
    }
    case "sides": {
      const other = `${table}.${quoted(rule.other)}`;
      if (rule.how === "one missing") return `(${name} is null) <> (${other} is null)`;
      return `${name} ${rule.how === "equal" ? "=" : "<>"} ${other}`;
    }
  }
}

export function sliceWords(rule: SliceRule): string {
  const name = rule.cell === undefined ? rule.column : `${rule.cell}.${rule.column}`;
  switch (rule.kind) {
    case "missing":
      return `${name} is missing`;
    case "value":
      return `${name} is “${rule.value}”`;
    case "number":
      return `${name} is ${shown(rule.value)}`;
    case "range": {
      const number = rule.of === "value" ? name : `length of ${name}`;
      if (rule.from === undefined) return `${number} below ${shown(rule.below)}`;
      if (rule.below === undefined) return `${number} from ${shown(rule.from)} on`;
      return `${number} from ${shown(rule.from)} to below ${shown(rule.below)}`;
    }
    case "word":
      return `${name} has the word “${rule.word}”`;
    case "topic":
      return `${name} has two or more of ${rule.words.map((word) => `“${word}”`).join(", ")}`;
    case "sides": {
      const both = `${rule.column} and ${rule.other}`;
      return rule.how === "one missing" ? `one of ${both} is missing` : `${both} are ${rule.how}`;
    }
  }
}

const shown = (value: number | undefined): string => (value === undefined ? "" : String(Number(value.toPrecision(6))));
