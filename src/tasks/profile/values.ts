import type { Table } from "../../table";
import { answerOf, type PerSplit, perSplit } from "./answer";
import { type Frame, type ProfiledColumn, stackedSql } from "./frame";
import { MOST_ALONE, type Shift, shiftOf } from "./shift";

/** How often each value of a categorical column occurs, and how the splits differ in that. */
export interface ValueProfile {
  /** The most frequent values of train, at most `MOST_VALUES`. */
  values: { value: string; rows: PerSplit<number> }[];
  /** The values that are not listed. */
  other: { values: number; rows: PerSplit<number> };
  missing: PerSplit<number>;
  rows: PerSplit<number>;
  distinct: PerSplit<number>;
  /** Rows whose value does not occur in train. */
  unseen: { validation: number; test: number };
  shift: { validation: Shift | undefined; test: Shift | undefined };
}

export const MOST_VALUES = 24;

/**
 * One row a listed value (`place` 1, 2, …, most frequent in train first), one for all others together (`place`
 * `MOST_VALUES` + 1) and one for missing values (`place` 0), of every column (`item`, its place).
 */
export function valuesSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const from = stackedSql(frame, columns);
  const of = (split: string): string => `count(*) filter (where split = '${split}')`;
  return columns
    .map(
      (_, i) => `select ${i} as item, least(place, ${MOST_VALUES + 1})::integer as place, min(value) as value,
  sum(train)::integer as train, sum(validation)::integer as validation, sum(test)::integer as test,
  count(*)::integer as kinds, count(*) filter (where train > 0)::integer as kinds_train,
  count(*) filter (where validation > 0)::integer as kinds_validation, count(*) filter (where test > 0)::integer as kinds_test,
  coalesce(sum(validation) filter (where train = 0), 0)::integer as new_validation,
  coalesce(sum(test) filter (where train = 0), 0)::integer as new_test
from (
  select *, case when value is null then 0 else row_number() over (
    partition by value is null order by train desc, validation + test desc, value) end as place
  from (select c${i} as value, ${of("train")} as train, ${of("validation")} as validation, ${of("test")} as test from ${from} group by 1)
) group by all`,
    )
    .join("\nunion all\n");
}

export function readValues(table: Table, columns: readonly ProfiledColumn[]): ValueProfile[] {
  const answer = answerOf(table);
  const rowsAt = (row: number): PerSplit<number> => perSplit((split) => answer.count(split, row));
  const plus = (a: PerSplit<number>, b: PerSplit<number>): PerSplit<number> => perSplit((split) => a[split] + b[split]);
  return columns.map((_, i) => {
    const listed: { place: number; value: string; rows: PerSplit<number> }[] = [];
    let other = { values: 0, rows: perSplit(() => 0) };
    let missing = perSplit(() => 0);
    let distinct = perSplit(() => 0);
    let rows = perSplit(() => 0);
    const unseen = { validation: 0, test: 0 };
    for (let row = 0; row < answer.rows; row++) {
      if (answer.count("item", row) !== i) continue;
      const place = answer.count("place", row);
      const here = rowsAt(row);
      rows = plus(rows, here);
      if (place === 0) {
        missing = here;
        continue;
      }
      distinct = plus(
        distinct,
        perSplit((split) => answer.count(`kinds_${split}`, row)),
      );
      unseen.validation += answer.count("new_validation", row);
      unseen.test += answer.count("new_test", row);
      if (place > MOST_VALUES) other = { values: answer.count("kinds", row), rows: here };
      else listed.push({ place, value: answer.text("value", row) ?? "", rows: here });
    }
    listed.sort((a, b) => a.place - b.place);
    // Beyond the most frequent ones, what is listed and what is not is one part.
    const rest = listed.slice(MOST_ALONE);
    const counts = (split: "train" | "validation" | "test"): number[] => [
      ...listed.slice(0, MOST_ALONE).map((each) => each.rows[split]),
      ...(rest.length + other.values > 0
        ? [rest.reduce((sum, { rows: each }) => sum + each[split], other.rows[split])]
        : []),
    ];
    const shift = (split: "validation" | "test"): Shift | undefined =>
      shiftOf(counts("train"), counts(split), { ordered: false, missing: [missing.train, missing[split]] });
    return {
      values: listed.map(({ value, rows: each }) => ({ value, rows: each })),
      other,
      missing,
      rows,
      distinct,
      unseen,
      shift: { validation: shift("validation"), test: shift("test") },
    };
  });
}
