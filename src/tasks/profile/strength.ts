import type { Table } from "../../table";
import { answerOf } from "./answer";
import { type Frame, labelSql, type ProfiledColumn, valueSql } from "./frame";
import { type Measure, measureSql } from "./measures";
import { agreementSql } from "./pairs";
import { quoted } from "./quote";

/**
 * How well one column alone tells the classes apart, by the simplest model there is: a lookup. A key is made of the
 * column (a bin of its number, its value, its first word, how both sides of a pair compare); train says which class is
 * most frequent under each key, every class weighing the same; validation is answered by that, and the score is the mean
 * of the recalls per class (balanced accuracy). A key that train lacks is answered by train's largest class. Guessing
 * reaches 1 / classes. It says what the column gives by itself, not what it adds to others; of the keys that suit a
 * column the best on validation is told, which flatters slightly where validation is small.
 */
export interface Strength {
  score: number;
  /** What guessing reaches: 1 / number of classes. */
  chance: number;
  /** The key that did best, in words, like `first word`. */
  key: string;
  /** The statement that computes the score of that key: what "Put into the notebook" writes. */
  sql: string;
}

/** From here on a column alone all but gives the label away, and is named as a possible leak. */
export const LEAK = 0.95;

/** A key of a row, made by SQL over a split's flat columns. */
export interface Key {
  words: string;
  sql: string;
  /** What `sql` calls `number`: computed once, where it takes part in many comparisons. */
  number?: string;
}

const BINS = 32;

/** A number of a row that is binned by the quantiles of train before it is a key. */
interface KeyNumber {
  words: string;
  sql: string;
}

/** What is asked first: the numbers' quantiles in train. `undefined` where the column has no numbers. */
export function quantilesSql(frame: Frame, column: ProfiledColumn): string | undefined {
  const numbers = numbersOf(frame, column);
  if (numbers.length === 0) return undefined;
  const shares = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) / BINS);
  // A list would come back in single precision: one row an edge does not.
  const lists = numbers.map(
    ({ sql }, i) =>
      `select ${i} as number, unnest(quantile_disc((${sql})::double, [${shares.join(", ")}])) as edge from train`,
  );
  return `select distinct number, edge from (${lists.join(" union all ")}) where edge is not null order by number, edge`;
}

/** All keys of a column; `quantiles` is the answer of `quantilesSql`. */
export function keysOf(frame: Frame, column: ProfiledColumn, quantiles: Table | undefined): Key[] {
  const edges: number[][] = numbersOf(frame, column).map(() => []);
  if (quantiles) {
    const answer = answerOf(quantiles);
    for (let row = 0; row < answer.rows; row++) edges[answer.count("number", row)].push(answer.number("edge", row));
  }
  const binned = numbersOf(frame, column).map(({ words, sql }, i) => ({
    words,
    number: sql,
    sql: binnedSql(edges[i]),
  }));
  return [...binned, ...namesOf(frame, column)];
}

/** The bin as a text; quantiles above each other make fewer bins. */
function binnedSql(edges: readonly number[]): string {
  const cases = edges.map((edge, i) => `when number < ${edge} then '${i}'`);
  return `case when number is null then null ${cases.join(" ")} else '${edges.length}' end`;
}

const MEASURES: Record<ProfiledColumn["modality"], readonly { kind: Measure["kind"]; words: string }[]> = {
  numeric: [{ kind: "value", words: "value in bins" }],
  categorical: [],
  text: [
    { kind: "length", words: "length" },
    { kind: "words", words: "number of words" },
  ],
  image: [{ kind: "bytes", words: "size in bytes" }],
};

function numbersOf(frame: Frame, column: ProfiledColumn): KeyNumber[] {
  const { modality, sources } = column;
  const values = sources.map((source) => valueSql(modality, source));
  if (frame.track === "classification")
    return MEASURES[modality].map(({ kind, words }) => ({ words, sql: measureSql(kind, values[0]) }));
  const differences = MEASURES[modality].map(({ kind, words }) => ({
    words: `difference of ${words.replace(" in bins", "s")}`,
    sql: `abs(${measureSql(kind, values[0])} - ${measureSql(kind, values[1])})`,
  }));
  if (modality !== "text") return differences;
  const [left, right] = values.map((value) => `string_split(lower(${value}), ' ')`);
  // Jaccard (1912): words of both over words of either.
  const shared = `len(list_intersect(${left}, ${right}))`;
  const overlap = `${shared} / nullif(len(list_distinct(list_concat(${left}, ${right}))), 0)`;
  return [
    ...differences,
    {
      words: "share of words in common",
      sql: `case when ${values[0]} is not null and ${values[1]} is not null then ${overlap} end`,
    },
  ];
}

function namesOf(frame: Frame, column: ProfiledColumn): Key[] {
  const { modality, sources } = column;
  if (frame.track === "matching") {
    const both = sources.map((source) => valueSql(modality, source)).join(` || ' | ' || `);
    const pair = modality === "categorical" ? [{ words: "both values", sql: both }] : [];
    return [{ words: "equal or not", sql: agreementSql(column) }, ...pair];
  }
  const value = valueSql(modality, sources[0]);
  switch (modality) {
    case "numeric":
      return [];
    case "categorical":
      return [{ words: "value", sql: value }];
    case "text":
      return [
        { words: "first word", sql: `lower(split_part(trim(${value}), ' ', 1))` },
        { words: "last word", sql: `lower(split_part(trim(${value}), ' ', -1))` },
        { words: "whole text", sql: value },
      ];
    case "image":
      return [{ words: "same bytes", sql: `hash(${value})::varchar` }];
  }
}

/**
 * Keys that no honest task has: what the rows' ids and their order tell. They show how the split was made, and are a
 * leak wherever they beat guessing by much.
 */
export function orderKeys(frame: Frame): Key[] {
  const place = `floor(rowid * ${BINS} / (select count(*) from {split}))::varchar`;
  return frame.track === "matching"
    ? [{ words: "order of the rows", sql: place }]
    : [
        { words: "order of the rows", sql: place },
        { words: "first letters of the id", sql: `left("id"::varchar, 2)` },
      ];
}

/** The score of one key, as one row `score`: readable, since it becomes a cell. */
export function scoreSql(frame: Frame, { sql, number }: Key): string {
  const label = quoted(frame.label);
  const key = (split: string): string => `coalesce('=' || (${sql.replaceAll("{split}", split)}), 'missing')`;
  const rows = (split: string): string => (number ? `(select ${label}, ${number} as number from ${split})` : split);
  return `with sizes as (
  select ${labelSql(frame, "train")} as label, count(*) as n
  from train where ${label} is not null group by all
), seen as (
  select ${key("train")} as key, ${labelSql(frame, "train")} as label, count(*) as n
  from ${rows("train")} where ${label} is not null group by all
), lookup as (
  select key, arg_max(seen.label, seen.n / sizes.n) as guess
  from seen join sizes on seen.label = sizes.label group by key
), asked as (
  select ${key("validation")} as key, ${labelSql(frame, "validation")} as label
  from ${rows("validation")} where ${label} is not null
), recalls as (
  select asked.label, avg((coalesce(guess, (select arg_max(label, n) from sizes)) = asked.label)::integer) as recall
  from asked left join lookup on asked.key = lookup.key group by asked.label
)
select avg(recall) as score, (select count(*) from sizes)::integer as classes from recalls`;
}

/** One row a key: `item` (its place), `score`, `classes`. */
export function scoresSql(frame: Frame, keys: readonly Key[]): string {
  return keys.map((key, i) => `select ${i} as item, * from (${scoreSql(frame, key)})`).join("\nunion all\n");
}

/** The best of the keys, or `undefined` where nothing could be scored. */
export function readStrength(frame: Frame, table: Table, keys: readonly Key[]): Strength | undefined {
  const answer = answerOf(table);
  let best: { key: Key; score: number; classes: number } | undefined;
  for (let row = 0; row < answer.rows; row++) {
    const score = answer.number("score", row);
    const key = keys[answer.count("item", row)];
    if (Number.isFinite(score) && (!best || score > best.score))
      best = { key, score, classes: answer.count("classes", row) };
  }
  if (!best) return undefined;
  return {
    score: best.score,
    chance: 1 / Math.max(1, best.classes),
    key: best.key.words,
    sql: scoreSql(frame, best.key),
  };
}
