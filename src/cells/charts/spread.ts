import type { Table } from "../../table";
import { binEdges, binSql, spreadOf } from "./bins";
import { bars, rowsIn } from "./groups";
import {
  type ChartAnswer,
  literal,
  numberOf,
  numberSql,
  numbersOf,
  OTHER,
  type Question,
  seriesSql,
  textSql,
  textsOf,
} from "./question";

const MOST_DOTS = 3_000;
const MOST_BOXES = 24;
const MOST_CELLS = 24;
/** The count of distinct numbers is an estimate: well below the most. */
const FEW = 16;

/** Rows by bin of x (`x`, its place); of names, rows by name. */
export async function histogram(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask, kinds } = question;
  if (kinds.get(spec.x) !== "number") return bars({ ...question, spec: { ...spec, y: undefined } });
  const x = numberSql(question, spec.x, "x");
  const spread = await spreadOf(question, x);
  const edges = binEdges(spread);
  const rows = await rowsIn(question);
  const facts = { rows, drawn: spread.count, xEdges: edges };
  if (edges.length === 0) return { table: EMPTY, facts };
  const table = await ask(
    `select ${binSql(edges, "v")} as x, series, count(*)::double as n from (select ${x} as v, ${await seriesSql(question)} as series from ${from}) where v is not null group by 1, 2 order by 1, 2`,
  );
  return { table, facts };
}

/** One dot a row; of many rows, evenly spaced ones: the same dots on every drawing, and no order of the table is favoured. */
export async function scatter(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask } = question;
  const x = numberSql(question, spec.x, "x");
  const y = numberSql(question, spec.y ?? "", "y");
  const series = await seriesSql(question);
  const whole = `select * from (select ${x} as x, ${y} as y, ${series} as series from ${from}) where x is not null and y is not null`;
  const about = await ask(
    `select (select count(*)::double from ${from}) as rows, (select count(*)::double from (${whole})) as drawn`,
  );
  const drawn = numberOf(about, "drawn");
  const facts = { rows: numberOf(about, "rows"), drawn };
  if (drawn <= MOST_DOTS) return { table: await ask(`select x, y, series, 1.0::double as n from (${whole})`), facts };
  const share = MOST_DOTS / drawn;
  const table = await ask(
    `select x, y, series, 1.0::double as n from (select *, row_number() over () as r from (${whole})) where floor(r * ${share}) > floor((r - 1) * ${share})`,
  );
  return { table, facts: { ...facts, dots: table.rows } };
}

/**
 * Five numbers a value of x: the quartiles, and whiskers to the last values within 1.5 times the distance between the
 * quartiles (Tukey 1977); what lies beyond is counted. Without y, one box of x.
 */
export async function boxes(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask } = question;
  const y = numberSql(question, spec.y ?? spec.x, spec.y ? "y" : "x");
  const x = spec.y ? textSql(question, spec.x, "x") : `''`;
  const found = await ask(`with given as (select ${x} as x, ${y} as y from ${from}),
groups as (
  select x, n, low, high, q[1] as q25, q[2] as median, q[3] as q75, row_number() over (order by n desc, x) as place from (
    select x, count(*)::double as n, min(y) as low, max(y) as high, quantile_cont(y, [0.25, 0.5, 0.75]) as q
    from given where y is not null group by x)
), kept as (select * from groups where place <= ${MOST_BOXES})
select kept.x as x, '' as series, any_value(kept.n) as n, any_value(kept.low) as least, any_value(kept.high) as most,
  any_value(q25) as q25, any_value(median) as median, any_value(q75) as q75,
  min(y) filter (where y >= q25 - 1.5 * (q75 - q25)) as low, max(y) filter (where y <= q75 + 1.5 * (q75 - q25)) as high,
  count(*) filter (where y < q25 - 1.5 * (q75 - q25) or y > q75 + 1.5 * (q75 - q25))::double as beyond,
  (select count(*)::double from groups) as places, (select sum(n) from groups) as drawn
from kept join given on given.x = kept.x where y is not null group by kept.x, place order by place`);
  const places = numberOf(found, "places");
  return {
    table: { rows: found.rows, columns: found.columns.filter(({ name }) => name !== "places" && name !== "drawn") },
    facts: {
      rows: await rowsIn(question),
      drawn: numberOf(found, "drawn"),
      ...(places > MOST_BOXES && { values: places }),
    },
  };
}

/** Rows, or with a colour the mean of its numbers, by x and y: numbers in bins (`x`, `y` are their places), names as they are. */
export async function heat(question: Question): Promise<ChartAnswer> {
  const { spec, from, ask } = question;
  const value = spec.color ? numberSql(question, spec.color, "color") : "1.0";
  const [x, y] = [await axis(question, spec.x, "x"), await axis(question, spec.y ?? "", "y")];
  const table = await ask(
    `select x, y, ${spec.color ? "avg(v)" : "count(*)::double"} as value, count(*)::double as n from (select ${x.sql} as x, ${y.sql} as y, ${value} as v from ${from}) where x is not null and y is not null and v is not null group by x, y order by n desc`,
  );
  return {
    table,
    facts: {
      rows: await rowsIn(question),
      drawn: numbersOf(table, "n").reduce((sum, n) => sum + n, 0),
      ...(x.edges && { xEdges: x.edges }),
      ...(y.edges && { yEdges: y.edges }),
      ...((x.values ?? y.values) && { values: x.values ?? y.values }),
    },
  };
}

async function axis(
  question: Question,
  name: string,
  role: string,
): Promise<{ sql: string; edges?: number[]; values?: number }> {
  const { kinds, ask, from } = question;
  const number = kinds.get(name) === "number" ? numberSql(question, name, role) : undefined;
  const spread = number === undefined ? undefined : await spreadOf(question, number);
  // Few numbers are names: they have a line each, and no gaps between them.
  if (number !== undefined && spread && spread.distinct > FEW) {
    const edges = binEdges(spread, MOST_CELLS);
    return { sql: edges.length > 0 ? binSql(edges, number) : "null::double", edges };
  }
  const text = textSql(question, name, role);
  const found = await ask(
    `select name, n, (select count(distinct ${text})::double from ${from}) as places from (select ${text} as name, count(*) as n from ${from} group by 1) order by n desc, name limit ${MOST_CELLS}`,
  );
  const places = numberOf(found, "places");
  if (places <= MOST_CELLS) return { sql: text };
  const kept = textsOf(found, "name")
    .slice(0, MOST_CELLS - 1)
    .map(literal);
  return { sql: `case when ${text} in (${kept.join(", ")}) then ${text} else '${OTHER}' end`, values: places };
}

const EMPTY: Table = {
  rows: 0,
  columns: [
    { kind: "number", name: "x", values: new Float64Array() },
    { kind: "string", name: "series", values: [] },
    { kind: "number", name: "n", values: new Float64Array() },
  ],
};
