import { Fault } from "../../base";
import { type Column, type ColumnKind, columnOf, type Table } from "../../table";
import type { ChartSpec } from "../settings";

/** A chart's data: what its marks stand for, put together by the engine; as many rows as can be drawn, however many were read. */
export interface ChartAnswer {
  table: Table;
  facts: ChartFacts;
}

/** What was left out or put together on the way. */
export interface ChartFacts {
  /** Rows of the source. */
  rows: number;
  /** Rows that the marks stand for: those with a value where one is needed. */
  drawn: number;
  /** Several rows went into one mark. */
  added?: boolean;
  /** Distinct values of x, where not each of them has its mark. */
  values?: number;
  /** Parts that a line's x was cut into, where it has too many values. */
  steps?: number;
  /** Dots, where not every row has one. */
  dots?: number;
  /** Edges of the bins that x and y were cut into. */
  xEdges?: number[];
  yEdges?: number[];
}

/** A chart as it is asked of the engine. */
export interface Question {
  spec: ChartSpec;
  /** The engine's name of the source. */
  from: string;
  /** The source's columns that the chart names, and what they hold. */
  kinds: ReadonlyMap<string, ColumnKind>;
  ask: (sql: string) => Promise<Table>;
}

export const MOST_SERIES = 8;
export const OTHER = "other";
export const MISSING = "missing";

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column of numbers as doubles, without what is no number. @throws Fault `chart` for another one */
export function numberSql({ kinds }: Question, name: string, role: string): string {
  if (kinds.get(name) !== "number")
    throw new Fault("chart", `Cannot draw ${role}: the column "${name}" holds no numbers`, {
      hint: "Choose a column of numbers, or count rows in SQL first.",
    });
  return `case when isfinite(${quoted(name)}::double) then ${quoted(name)}::double end`;
}

/** A column as texts: `missing` where there is none, whole numbers without a point. @throws Fault `chart` where it has no text */
export function textSql({ kinds }: Question, name: string, role: string): string {
  const kind = kinds.get(name);
  const column = quoted(name);
  if (kind === "bytes" || kind === "vector" || kind === "other")
    throw new Fault("chart", `Cannot draw ${role}: the column "${name}" holds ${HOLDS[kind]}`, {
      hint: "Choose a column of numbers or of short texts, or make one in SQL first.",
    });
  const text =
    kind === "number"
      ? `case when ${column} = floor(${column}) and abs(${column}) < 1e15 then ${column}::bigint::varchar else ${column}::varchar end`
      : `${column}::varchar`;
  return `coalesce(${text}, '${MISSING}')`;
}

const HOLDS = { bytes: "pictures", vector: "vectors", other: "structures" };

/** The series of a row as SQL: its colour's text, all beyond the most frequent ones together. */
export async function seriesSql(question: Question): Promise<string> {
  const { spec, from, ask } = question;
  if (!spec.color) return "''";
  const text = textSql(question, spec.color, "color");
  const found = await ask(
    `select ${text} as name, count(*) as n from ${from} group by 1 order by n desc, name limit ${MOST_SERIES + 1}`,
  );
  const names = textsOf(found, "name");
  if (names.length <= MOST_SERIES) return text;
  const kept = names.slice(0, MOST_SERIES - 1).map(literal);
  return `case when ${text} in (${kept.join(", ")}) then ${text} else '${OTHER}' end`;
}

/** The series' names, most rows first, `other` last. `n` holds the rows of each mark. */
export function seriesOf(table: Table): string[] {
  const counts = new Map<string, number>();
  const rows = numbersOf(table, "n");
  for (const [i, name] of textsOf(table, "series").entries()) counts.set(name, (counts.get(name) ?? 0) + rows[i]);
  const rank = (name: string): number => (name === OTHER ? -1 : (counts.get(name) ?? 0));
  return [...counts.keys()].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
}

function need(table: Table, name: string): Column {
  const column = columnOf(table, name);
  if (!column) throw new Error(`the answer has no column ${name}`);
  return column;
}

export function numbersOf(table: Table, name: string): Float64Array {
  const column = need(table, name);
  return column.kind === "number"
    ? column.values
    : Float64Array.from(column.values, (value) => (value === null || value === undefined ? Number.NaN : Number(value)));
}

export function textsOf(table: Table, name: string): string[] {
  return Array.from<unknown, string>(need(table, name).values, (value) => String(value ?? MISSING));
}

/** The first row's number, 0 where there is none. */
export function numberOf(table: Table, name: string): number {
  return numbersOf(table, name)[0] || 0;
}
