import { columnOf, type Table, takeRows, withoutColumns } from "../table";
import type { RowFilter } from "./profile/filter";
import { literal, quoted } from "./profile/quote";

export interface RowSort {
  column: string;
  descending: boolean;
}

/** Which rows of a table to look at, and in which order. */
export interface RowsView {
  table: string;
  /** The names of all its columns. */
  columns: readonly string[];
  filters: readonly RowFilter[];
  /** What the reader typed: taken as it is, case aside, wherever it stands in one of the columns `searched`. */
  search: string;
  searched: readonly string[];
  sort?: RowSort;
}

/** The column in which row numbers come back from the engine. */
const NUMBER = "__row";

/**
 * SQL for the numbers of a view's rows, in its order (column 0; a row's number is its place in the table, from 0).
 *
 * A sorted page by ORDER BY, LIMIT and OFFSET sorts everything again for each page: 300 to 490 ms for the 67,131 rows of
 * word-sense, at 30,000. The numbers alone take 50 to 70 ms once, and a page by its numbers then 10 to 40 ms.
 */
export function rowNumbersSql(view: RowsView): string {
  const { from, number } = numbered(view);
  return [`select ${number} as ${quoted(NUMBER)}`, `from ${from}`, ...clauses(view, number)].join("\n");
}

/** SQL for the rows with these numbers, in the table's order; `inOrder` puts the answer into the order asked for. */
export function rowsByNumberSql(
  { table, columns }: Pick<RowsView, "table" | "columns">,
  wanted: readonly string[],
  numbers: readonly number[],
): string {
  const { from, number } = numbered({ table, columns });
  const list = [`${number} as ${quoted(NUMBER)}`, ...wanted.map(quoted)].join(", ");
  return `select ${list} from ${from} where ${number} in (${numbers.map(Math.trunc).join(", ")})`;
}

/** The answer of `rowsByNumberSql` in the order of `numbers`, without its first column. */
export function inOrder(answer: Table, numbers: readonly number[]): Table {
  const column = columnOf(answer, NUMBER);
  const places = new Map(Array.from(column?.values ?? [], (number, place) => [Number(number), place]));
  const order = numbers.flatMap((number) => places.get(number) ?? []);
  return withoutColumns(takeRows(answer, order), [NUMBER]);
}

/** The view as a SQL cell: all columns of the same rows in the same order. */
export function viewAsCell(view: RowsView): string {
  const number = hasRowid(view.columns) ? undefined : "rowid";
  return ["select *", `from ${nameOf(view.table)}`, ...clauses(view, number)].join("\n");
}

/** A table's name, in quotes only where it needs them. */
function nameOf(table: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(table) ? table : quoted(table);
}

/** One row, by its id, as a SQL cell. */
export function rowAsCell(table: string, id: string): string {
  return `select *\nfrom ${nameOf(table)}\nwhere id = ${literal(id)}`;
}

/** The conditions by column: each group widens (or), and the groups narrow each other (and). */
export function groupFilters(filters: readonly RowFilter[]): RowFilter[][] {
  const groups = new Map<string, RowFilter[]>();
  for (const filter of filters) {
    const group = groups.get(filter.column) ?? [];
    if (!group.some((each) => each.sql === filter.sql)) group.push(filter);
    groups.set(filter.column, group);
  }
  return [...groups.values()];
}

function clauses(view: RowsView, number: string | undefined): string[] {
  const conditions = conditionsOf(view);
  const { sort } = view;
  const order = sort ? [`${quoted(sort.column)} ${sort.descending ? "desc" : "asc"} nulls last`] : [];
  // By the row numbers too, so that ties stay in the table's order. Not for sorting alone: rows chosen by OR come out of
  // the engine in the order of the conditions (seen with 0.9.1).
  if (number !== undefined && (sort || conditions.length > 0)) order.push(number);
  return [
    ...conditions.map((condition, i) => `${i === 0 ? "where" : "  and"} ${condition}`),
    ...(order.length > 0 ? [`order by ${order.join(", ")}`] : []),
  ];
}

function conditionsOf({ filters, search, searched }: RowsView): string[] {
  const conditions = groupFilters(filters).map((group) =>
    group.length === 1 ? `(${group[0].sql})` : `(${group.map((filter) => `(${filter.sql})`).join(" or ")})`,
  );
  if (search === "") return conditions;
  // Not ILIKE: it would read % and _ as wildcards.
  const hits = searched.map((column) => `contains(lower(${quoted(column)}::varchar), lower(${literal(search)}))`);
  return [...conditions, hits.length > 0 ? `(${hits.join("\n    or ")})` : "false"];
}

/** DuckDB numbers a table's rows by itself, unless the table has a column of that name. */
function numbered({ table, columns }: Pick<RowsView, "table" | "columns">): { from: string; number: string } {
  if (!hasRowid(columns)) return { from: quoted(table), number: "rowid" };
  const from = `(select *, row_number() over () - 1 as ${quoted(NUMBER)} from ${quoted(table)})`;
  return { from, number: quoted(NUMBER) };
}

function hasRowid(columns: readonly string[]): boolean {
  return columns.some((column) => column.toLowerCase() === "rowid");
}
