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
  /** Texts with at least one letter or sign of each script beyond ASCII, by its place in `SCRIPTS`. */
  scripts: number[];
}

export interface TextExamples {
  /** A few texts of train, spread over it, each with a class that it has. */
  some: { text: string; label: string | null }[];
  /** The texts that occur most often in train, with their numbers of rows; only those that occur twice or more. */
  repeated: { text: string; rows: number }[];
}

/** Character sets beyond ASCII, each as the engine's regular expressions know it (RE2, by Unicode's scripts). */
export const SCRIPTS: readonly { name: string; words: string; pattern: string }[] = [
  {
    name: "latin",
    words: "Latin letters beyond ASCII",
    pattern: "[\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{24F}\\x{1E00}-\\x{1EFF}]",
  },
  { name: "greek", words: "Greek letters", pattern: "\\p{Greek}" },
  { name: "cyrillic", words: "Cyrillic letters", pattern: "\\p{Cyrillic}" },
  { name: "arabic", words: "Arabic letters", pattern: "\\p{Arabic}" },
  { name: "hebrew", words: "Hebrew letters", pattern: "\\p{Hebrew}" },
  { name: "devanagari", words: "Devanagari letters", pattern: "\\p{Devanagari}" },
  { name: "thai", words: "Thai letters", pattern: "\\p{Thai}" },
  { name: "han", words: "Han characters", pattern: "\\p{Han}" },
  { name: "kana", words: "Kana", pattern: "[\\p{Hiragana}\\p{Katakana}]" },
  { name: "hangul", words: "Hangul", pattern: "\\p{Hangul}" },
  { name: "signs", words: "signs beyond ASCII (“ – € ☺)", pattern: "[^\\x00-\\x7F\\p{L}\\p{M}\\p{N}]" },
];

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

/** Texts by script, by `item` (the column's place) and `split`. Only the texts beyond ASCII are looked through. */
export function scriptsSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const from = stackedSql(frame, columns);
  const counts = SCRIPTS.map(
    ({ name, pattern }) => `count(*) filter (where regexp_matches(text, '${pattern}'))::integer as ${name}`,
  );
  return columns
    .map(
      (_, i) =>
        `select ${i} as item, split, ${counts.join(", ")} from (select split, c${i} as text from ${from} where strlen(c${i}) <> length(c${i})) group by split`,
    )
    .join(" union all ");
}

/** Numbers of `scriptsSql` by the column's place and the script's. */
export function readScripts(table: Table, columns: readonly ProfiledColumn[]): PerSplit<number[]>[] {
  const answer = answerOf(table);
  const counts = columns.map(() => perSplit(() => SCRIPTS.map(() => 0)));
  for (let row = 0; row < answer.rows; row++)
    counts[answer.count("item", row)][answer.split(row)] = SCRIPTS.map(({ name }) => answer.count(name, row));
  return counts;
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
  scripts: readonly PerSplit<number[]>[],
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
        scripts: scripts[i][split],
      };
    });
  });
}

/**
 * Texts of train by `item` (the column's place) with a `label` that they have: `n` is 0 for an example, the number of rows
 * for a repeated one.
 */
export function examplesSql(frame: Frame, columns: readonly ProfiledColumn[]): string {
  const from = stackedSql(frame, columns, ["train"]);
  return columns
    .map((_, i) => {
      const texts = `select left(c${i}, ${LONGEST}) || case when length(c${i}) > ${LONGEST} then '…' else '' end as value, min(label) as label, count(*)::integer as n from ${from} where c${i} <> '' group by c${i}`;
      return `(select ${i} as item, value, label, 0 as n from (${texts}) order by hash(value) limit ${EXAMPLES})
union all (select ${i} as item, value, label, n from (${texts}) where n > 1 order by n desc, value limit ${REPEATED})`;
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
    if (rows === 0) some.push({ text, label: answer.text("label", row) });
    else repeated.push({ text, rows });
  }
  for (const { repeated } of examples) repeated.sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  return examples;
}
