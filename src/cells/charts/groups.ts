import { type ChartAnswer, numberOf, numberSql, numbersOf, type Question, seriesSql, textSql } from "./question";

export const MOST_BARS = 60;
const MOST_NAMES = 400;
const LINE_STEPS = 250;
const MOST_POINTS = 600;

/** Bars, and lines over names: one mark a value of x and series, rows of the same one added up, in the order of their first rows. */
export async function bars(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask } = question;
  const counting = spec.y === undefined;
  const y = spec.y === undefined ? "1.0" : numberSql(question, spec.y, "y");
  const series = await seriesSql(question);
  const most = spec.type === "line" ? MOST_NAMES : MOST_BARS;
  // What is counted has its largest first; what is given keeps its order.
  const place = counting ? "dense_rank() over (order by whole desc, x)" : "dense_rank() over (order by first)";
  const found = await ask(`with given as (
  select ${textSql(question, spec.x, "x")} as x, ${series} as series, ${y} as y, row_number() over () as r from ${from}
), marks as (
  select x, series, sum(y) as y, count(*)::double as n, min(r) as r from given where y is not null group by x, series
), joined as (
  select *, min(r) over (partition by x) as first, sum(n) over (partition by x) as whole from marks
), ranked as (select *, ${place} as place from joined)
select x, series, y, n, place, r, (select count(*)::double from ${from}) as source,
  (select sum(n) from marks) as drawn, (select max(n) from marks) as most, (select max(place)::double from ranked) as places
from ranked where place <= ${most} order by place, r`);
  const places = numberOf(found, "places");
  return {
    table: pick(found, ["x", "series", "y", "n"]),
    facts: {
      rows: found.rows === 0 ? await rowsIn(question) : numberOf(found, "source"),
      drawn: numberOf(found, "drawn"),
      ...(!counting && numberOf(found, "most") > 1 && { added: true }),
      ...(places > most && { values: places }),
    },
  };
}

/** A line over numbers: rows of the same x added up; where x has too many values, it is cut into steps, each the mean of its values. */
export async function lines(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask } = question;
  const x = numberSql(question, spec.x, "x");
  const y = numberSql(question, spec.y ?? "", "y");
  const series = await seriesSql(question);
  const given = `given as (select ${x} as x, ${series} as series, ${y} as y from ${from})`;
  const marks = `marks as (select x, series, sum(y) as y, count(*)::double as n from given where x is not null and y is not null group by x, series)`;
  const about = await ask(
    `with ${given}, ${marks} select (select count(*)::double from ${from}) as rows, coalesce(sum(n), 0) as drawn, coalesce(max(n), 0) as most, count(distinct x)::double as places, min(x) as low, max(x) as high from marks`,
  );
  const places = numberOf(about, "places");
  const facts = {
    rows: numberOf(about, "rows"),
    drawn: numberOf(about, "drawn"),
    ...(numberOf(about, "most") > 1 && { added: true }),
  };
  if (places <= MOST_POINTS)
    return {
      table: await ask(`with ${given}, ${marks} select x, series, y, n from marks order by x, series`),
      facts,
    };
  const [low, high] = [numbersOf(about, "low")[0], numbersOf(about, "high")[0]];
  const width = (high - low) / LINE_STEPS;
  const step = `least(${LINE_STEPS - 1}, floor((x - (${low})) / ${width}))`;
  const table = await ask(
    `with ${given}, ${marks} select ${low} + (step + 0.5) * ${width} as x, series, avg(y) as y, sum(n) as n from (select *, ${step} as step from marks) group by step, series order by step, series`,
  );
  return { table, facts: { ...facts, values: places, steps: LINE_STEPS } };
}

function pick(table: ChartAnswer["table"], names: readonly string[]): ChartAnswer["table"] {
  return { rows: table.rows, columns: table.columns.filter((column) => names.includes(column.name)) };
}

export async function rowsIn({ ask, from }: Question): Promise<number> {
  return numberOf(await ask(`select count(*)::double as n from ${from}`), "n");
}
