import { lowerEdgeSql } from "./bins";
import { MOST_CLASSES, type ShownClasses } from "./classes";
import { type Frame, labelSql, type ProfiledColumn, valueSql } from "./frame";
import { type MeasureProfile, measureSql } from "./measures";
import { agreementSql } from "./pairs";
import { literal, quoted } from "./quote";
import type { Strength } from "./strength";
import { MOST_VALUES } from "./values";

/** A view as cells of a notebook: a statement that gives the numbers seen, and a chart that draws them. */
export interface ViewCells {
  /** A wish for the SQL cell's name. */
  name: string;
  sql: string;
  /** The chart's configuration, when the SQL cell is called `source`; absent where there is nothing to draw. */
  chart?: (source: string) => string;
  /** A TypeScript cell over the rows of the SQL cell: what no SQL can see, as inside a picture. */
  code?: (source: string) => string;
}

/** The histogram of a measure: numbers of rows a bin and split, or a bin and class of train. */
export function histogramCells(
  frame: Frame,
  { measure, histogram }: MeasureProfile,
  classes?: ShownClasses,
): ViewCells | undefined {
  if (!histogram) return undefined;
  const { column, kind } = measure;
  const what = kind === "value" ? column.name : `${column.name}_${kind}`;
  const bin = `${what}_from`;
  const rows = rowsSql(
    frame,
    column,
    (value) => `${measureSql(kind, value)} as number`,
    classes ? ["train"] : undefined,
  );
  return cellsOf({
    name: `${what}_histogram`,
    title: kind === "value" ? `Rows by ${column.name}` : `Rows by ${kind} of ${column.name}`,
    group: `${lowerEdgeSql(histogram.bins, "number")} as ${quoted(bin)}`,
    rest: `from (\n${rows}\n)\nwhere number is not null${classes ? " and label is not null" : ""}`,
    x: bin,
    classes,
    order: quoted(bin),
  });
}

/** The most frequent values: numbers of rows a value and split, or a value and class of train. */
export function valuesCells(
  frame: Frame,
  column: ProfiledColumn,
  values: readonly string[],
  classes?: ShownClasses,
): ViewCells {
  const rows = rowsSql(frame, column, (value) => `${value} as value`, classes ? ["train"] : undefined);
  const listed = classes ? `value in (${values.map(literal).join(", ")}) and label is not null` : "value is not null";
  return cellsOf({
    name: `${column.name}_values`,
    title: `Rows by ${column.name}`,
    group: `value as ${quoted(column.name)}`,
    rest: `from (\n${rows}\n)\nwhere ${listed}`,
    x: column.name,
    classes,
    order: classes
      ? `sum(n) over (partition by ${quoted(column.name)}) desc, 1`
      : "train desc, validation + test desc, 1",
    limit: classes ? undefined : MOST_VALUES,
  });
}

/** How both sides of train's pairs compare, by the label. */
export function agreementCells(frame: Frame, column: ProfiledColumn): ViewCells {
  return {
    name: identifier(`${column.name}_agreement`),
    sql: `-- How both sides of a pair compare in ${column.name}, by the label
select ${labelSql(frame, "train")} as label,
  ${agreementSql(column)} as sides,
  count(*) as n
from train
group by all
order by label desc, n desc`,
    chart: (source) => chartSource(source, "label", "n", "sides", `Both sides of ${column.name}, by the label`),
  };
}

/** The quantiles of a measure by split, or by class of train. */
export function summaryCells(frame: Frame, { measure }: MeasureProfile, classes?: ShownClasses): ViewCells {
  const { column, kind } = measure;
  const what = kind === "value" ? column.name : `${column.name}_${kind}`;
  const rows = rowsSql(
    frame,
    column,
    (value) => `${measureSql(kind, value)} as number`,
    classes ? ["train"] : undefined,
  );
  const quantiles = [5, 25, 50, 75, 95].map((share) => `  quantile_cont(number::double, ${share / 100}) as q${share}`);
  return {
    name: identifier(`${what}_summary${classes ? "_by_class" : ""}`),
    sql: `-- ${kind === "value" ? column.name : `${kind} of ${column.name}`} in numbers, by ${classes ? "class (train)" : "split"}
select ${groupSql(classes)},
  count(*) as rows,
  count(*) - count(number) as missing,
  count(distinct number) as different,
  min(number) as least,
${quantiles.join(",\n")},
  max(number) as most,
  avg(number) as mean,
  stddev_samp(number) as deviation
from (
${rows}
)${classes ? "\nwhere label is not null" : ""}
group by all
order by ${orderSql(classes)}`,
  };
}

/** The strengths of columns beside each other, as their lookups give them. */
export function strengthsCells(strengths: readonly { column: string; strength: Strength }[]): ViewCells {
  const parts = strengths.map(
    ({ column, strength: { key, sql } }) =>
      `select ${literal(column)} as feature, ${literal(key)} as looked_up, score from (\n${sql}\n)`,
  );
  return {
    name: "strengths",
    sql: `-- What each column gives alone: balanced accuracy on validation of a lookup\n${parts.join("\nunion all\n")}\norder by score desc`,
    chart: (source) => chartSource(source, "feature", "score", undefined, "What each column gives alone"),
  };
}

/** The score of the lookup that stands for a column's strength. */
export function strengthCells(column: string, { key, sql }: Strength): ViewCells {
  return {
    name: identifier(`${column}_alone`),
    sql: `-- Balanced accuracy on validation of a lookup by ${column} alone (${key})\n${sql}`,
  };
}

/** What rows of `rowsSql` are grouped by. */
export function groupSql(classes: ShownClasses | undefined): string {
  return classes ? `${classNameSql(classes)} as class` : "split";
}

/** The order of such groups: as the splits are used, or the largest class first. */
export function orderSql(classes: ShownClasses | undefined): string {
  return classes ? "rows desc" : "min(case split when 'train' then 1 when 'validation' then 2 else 3 end)";
}

/** The rows of the splits under each other, a side of a pair at a time, with `label` or `split`. */
export function rowsSql(
  frame: Frame,
  column: ProfiledColumn,
  of: (value: string) => string,
  splits: readonly ("train" | "validation" | "test")[] = ["train", "validation", "test"],
): string {
  const labelled = splits.length === 1;
  return splits
    .flatMap((split) =>
      column.sources.map((source) => {
        const first = labelled ? `${labelSql(frame, split)} as label` : `${literal(split)} as split`;
        return `  select ${first}, ${of(valueSql(column.modality, source))} from ${split}`;
      }),
    )
    .join("\n  union all\n");
}

function cellsOf(view: {
  name: string;
  title: string;
  group: string;
  rest: string;
  x: string;
  classes: ShownClasses | undefined;
  order: string;
  limit?: number;
}): ViewCells {
  const { classes, title, x } = view;
  const name = identifier(classes ? `${view.name}_by_class` : view.name);
  const per = (split: string): string => `count(*) filter (where split = '${split}') as ${split}`;
  const counts = classes
    ? `  ${classNameSql(classes)} as class,\n  count(*) as n`
    : `  ${["train", "validation", "test"].map(per).join(",\n  ")}`;
  const grouped = `select ${view.group},\n${counts}\n${view.rest}\ngroup by all`;
  const limit = view.limit === undefined ? "" : `\nlimit ${view.limit}`;
  // A window over a count needs the counting to be done.
  const sql = view.order.includes(" over ") ? `select * from (\n${grouped}\n)` : grouped;
  return {
    name,
    sql: `-- ${title}${classes ? ", by class (train)" : ", by split"}\n${sql}\norder by ${view.order}${limit}`,
    chart: (source) =>
      classes
        ? chartSource(source, x, "n", "class", title)
        : chartSource(source, x, "train", undefined, `${title}, train`),
  };
}

export function classNameSql({ names, others }: ShownClasses): string {
  if (others === 0) return "label";
  return `case when label in (${names.slice(0, MOST_CLASSES).map(literal).join(", ")}) then label else 'other' end`;
}

export function chartSource(source: string, x: string, y: string, color: string | undefined, title: string): string {
  return [
    `source: ${source}`,
    "type: bar",
    `x: ${yamlText(x)}`,
    `y: ${yamlText(y)}`,
    ...(color ? [`color: ${yamlText(color)}`] : []),
    `title: ${yamlText(title)}`,
  ].join("\n");
}

/** Plain where YAML reads it as the text that it is, in double quotes (which JSON's are) otherwise. */
function yamlText(text: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_ ,]*$/.test(text) && !/^(true|false|null)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** A wish that can be a cell's name: letters, digits and _. */
export function identifier(wish: string): string {
  const name = wish.replace(/[^A-Za-z0-9_]+/g, "_");
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}
