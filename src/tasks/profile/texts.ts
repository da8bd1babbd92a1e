import type { Table } from "../../table";
import { answerOf, type PerSplit, perSplit } from "./answer";
import { type Frame, type ProfiledColumn, stackedSql } from "./frame";

/** What the texts of a column are made of, counted in rows of one split. */
export interface TextFacts {
  rows: number;
  present: number;
  empty: number;
  distinct: number;
  /** Texts with at least one letter or sign outside ASCII, one digit, one upper-case letter. */
  nonAscii: number;
  digits: number;
  upperCase: number;
  /** Texts that occur in train too, word for word. */
  inTrain: number;
}

export interface TextExamples {
  /** A few texts of train, spread over it. */
  some: string[];
  /** The texts that occur most often in train, with their numbers of rows; only those that occur twice or more. */
  repeated: { text: string; rows: number }[];
}

const EXAMPLES = 6;
const REPEATED = 5;
/** Letters of an example that are fetched. */
const LONGEST = 240;

export function textFactsSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const from = stackedSql(frame, columns);
  const facts = columns.map((_, i) =>
    [
      `count(c${i})::integer as n${i}`,
      `count(*) filter (where c${i} = '')::integer as empty${i}`,
      `count(distinct c${i})::integer as d${i}`,
      `count(*) filter (where strlen(c${i}) <> length(c${i}))::integer as wide${i}`,
      `count(*) filter (where regexp_matches(c${i}, '[0-9]'))::integer as digits${i}`,
      `count(*) filter (where regexp_matches(c${i}, '\\p{Lu}'))::integer as upper${i}`,
    ].join(", "),
  );
  return `select split, count(*)::integer as n_rows, ${facts.join(", ")} from ${from} group by split`;
}

/** Rows of validation and test whose value (`item`, the column's place) occurs in train too. For texts and pictures. */
export function inTrainSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const train = stackedSql(frame, columns, ["train"]);
  const others = stackedSql(frame, columns, ["validation", "test"]);
  return columns
    .map(
      (_, i) =>
        `select ${i} as item, split, count(*)::integer as n from ${others} where c${i} in (select c${i} from ${train} where c${i} is not null) group by split`,
    )
    .join(" union all ");
}

/** Numbers of `inTrainSql` by the column's place. */
export function readInTrain(table: Table, columns: readonly ProfiledColumn[]): PerSplit<number>[] {
  const answer = answerOf(table);
  const counts = columns.map(() => perSplit(() => 0));
  for (let row = 0; row < answer.rows; row++)
    counts[answer.count("item", row)][answer.split(row)] = answer.count("n", row);
  return counts;
}

export function readTextFacts(
  table: Table,
  columns: readonly ProfiledColumn[],
  inTrain: readonly PerSplit<number>[],
): PerSplit<TextFacts>[] {
  const answer = answerOf(table);
  return columns.map((_, i) => {
    const rows = new Map(Array.from({ length: answer.rows }, (_row, row) => [answer.split(row), row]));
    return perSplit((split) => {
      const row = rows.get(split);
      const count = (name: string): number => (row === undefined ? 0 : answer.count(name, row));
      return {
        rows: count("n_rows"),
        present: count(`n${i}`),
        empty: count(`empty${i}`),
        distinct: count(`d${i}`),
        nonAscii: count(`wide${i}`),
        digits: count(`digits${i}`),
        upperCase: count(`upper${i}`),
        inTrain: split === "train" ? 0 : inTrain[i][split],
      };
    });
  });
}

/** Texts of train by `item` (the column's place): `n` is 0 for an example, the number of rows for a repeated one. */
export function examplesSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const from = stackedSql(frame, columns, ["train"]);
  return columns
    .map((_, i) => {
      const texts = `select left(c${i}, ${LONGEST}) || case when length(c${i}) > ${LONGEST} then '…' else '' end as value, count(*)::integer as n from ${from} where c${i} <> '' group by c${i}`;
      return `(select ${i} as item, value, 0 as n from (${texts}) order by hash(value) limit ${EXAMPLES})
union all (select ${i} as item, value, n from (${texts}) where n > 1 order by n desc, value limit ${REPEATED})`;
    })
    .join("\nunion all ");
}

export function readExamples(table: Table, columns: readonly ProfiledColumn[]): TextExamples[] {
  const answer = answerOf(table);
  const examples = columns.map((): TextExamples => ({ some: [], repeated: [] }));
  for (let row = 0; row < answer.rows; row++) {
    const { some, repeated } = examples[answer.count("item", row)];
    const rows = answer.count("n", row);
    const text = answer.text("value", row) ?? "";
    if (rows === 0) some.push(text);
    else repeated.push({ text, rows });
  }
  for (const { repeated } of examples) repeated.sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  return examples;
}
