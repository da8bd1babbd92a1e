import type { Table } from "../../table";
import { answerOf } from "./answer";
import { binAt, lowerEdgeSql } from "./bins";
import { type Frame, labelSql, type ProfiledColumn, rowsFrom, stackedSql } from "./frame";
import { type Histogram, type Measure, measureSql } from "./measures";
import { literal } from "./quote";
import type { ValueProfile } from "./values";

/** The classes that drawings tell apart: the largest of train, and all others together. */
export interface ShownClasses {
  names: readonly string[];
  /** Classes put together as `other`; 0 for none. */
  others: number;
}

/** Rows of train: one row of numbers a class (`others` last, where there are any), in the drawing's order of bins. */
export type ClassCounts = readonly (readonly number[])[];

export const MOST_CLASSES = 8;

export function classSizesSql(frame: Frame): string {
  return `select ${labelSql(frame, "train")} as label, count(*)::integer as n from ${rowsFrom(frame, "train")} where label is not null group by all order by n desc, label`;
}

export function readClasses(table: Table): ShownClasses {
  const answer = answerOf(table);
  const names = Array.from({ length: answer.rows }, (_, row) => answer.text("label", row) ?? "");
  // Eight and a group of a single one would be nine: then it can as well be named.
  const shown = names.length <= MOST_CLASSES + 1 ? names : names.slice(0, MOST_CLASSES);
  return { names: shown, others: names.length - shown.length };
}

/** The place of a row's class in `ShownClasses`, as SQL over `label`. */
function classPlaceSql({ names }: ShownClasses): string {
  const cases = names.map((name, i) => `when ${literal(name)} then ${i}`);
  return `case label ${cases.join(" ")} else ${names.length} end`;
}

/** Rows of train by `item` (the drawing's place), `class` and `bin` (the bin's lower edge). */
export function histogramByClassSql(
  frame: Frame,
  classes: ShownClasses,
  drawn: readonly { measure: Measure; histogram: Histogram }[],
): string {
  return drawn
    .map(({ measure, histogram }, i) => {
      const number = measureSql(measure.kind, "c0");
      const rows = `select ${classPlaceSql(classes)} as class, ${number} as m from ${stackedSql(frame, [measure.column], ["train"])} where label is not null and c0 is not null`;
      return `select ${i} as item, class, (${lowerEdgeSql(histogram.bins, "m")})::double as bin, count(*)::integer as n from (${rows}) group by all`;
    })
    .join(" union all ");
}

export function readHistogramsByClass(
  table: Table,
  classes: ShownClasses,
  drawn: readonly { histogram: Histogram }[],
): ClassCounts[] {
  const answer = answerOf(table);
  const counts = drawn.map(({ histogram }) => empty(classes, histogram.bins.edges.length - 1));
  for (let row = 0; row < answer.rows; row++) {
    const i = answer.count("item", row);
    const bin = binAt(drawn[i].histogram.bins, answer.number("bin", row));
    counts[i][answer.count("class", row)][bin] += answer.count("n", row);
  }
  return counts;
}

/** Rows of train by `item`, `class` and `value`, for the listed values; what is not listed has no value here. */
export function valuesByClassSql(
  frame: Frame,
  classes: ShownClasses,
  drawn: readonly { column: ProfiledColumn; values: ValueProfile }[],
): string {
  return drawn
    .map(({ column, values }, i) => {
      const listed = values.values.map((each) => literal(each.value)).join(", ");
      const known = listed ? `case when c0 in (${listed}) then c0 end` : "null::varchar";
      return `select ${i} as item, ${classPlaceSql(classes)} as class, ${known} as value, count(*)::integer as n from ${stackedSql(frame, [column], ["train"])} where label is not null and c0 is not null group by all`;
    })
    .join(" union all ");
}

/** In the order of the listed values, with all others last. */
export function readValuesByClass(
  table: Table,
  classes: ShownClasses,
  drawn: readonly { values: ValueProfile }[],
): ClassCounts[] {
  const answer = answerOf(table);
  const counts = drawn.map(({ values }) => empty(classes, values.values.length + 1));
  const places = drawn.map(({ values }) => new Map(values.values.map((each, place) => [each.value, place])));
  for (let row = 0; row < answer.rows; row++) {
    const i = answer.count("item", row);
    const value = answer.text("value", row);
    const place = value === null ? undefined : places[i].get(value);
    counts[i][answer.count("class", row)][place ?? drawn[i].values.values.length] += answer.count("n", row);
  }
  return counts;
}

function empty(classes: ShownClasses, bins: number): number[][] {
  const rows = classes.names.length + (classes.others > 0 ? 1 : 0);
  return Array.from({ length: rows }, () => new Array<number>(bins).fill(0));
}
