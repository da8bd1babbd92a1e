import { chartSource, type ViewCells } from "./cells";
import { type RowFilter, valuesFilter } from "./filter";
import { type Frame, labelSql, type ProfiledColumn, type Source } from "./frame";

/** SQL for the classes, most frequent in train first: `label`, and its rows in `train` and `validation`. */
export function balanceSql(frame: Frame): string {
  const per = (split: string): string => `count(*) filter (where split = '${split}')::integer as ${split}`;
  const part = (split: "train" | "validation"): string =>
    `  select '${split}' as split, ${labelSql(frame, split)} as label from ${split}`;
  return `select label, ${per("train")}, ${per("validation")}
from (
${part("train")}
  union all
${part("validation")}
)
where label is not null
group by label
order by train desc, label`;
}

/** The classes by size; test has no labels to count. */
export function balanceCells(frame: Frame): ViewCells {
  return {
    name: "class_balance",
    sql: `-- Rows by class; the labels of test are held back\n${balanceSql(frame)}`,
    chart: (source) => chartSource(source, "label", "train", undefined, "Classes in train"),
  };
}

/** The sizes of the splits. */
export function splitCells(): ViewCells {
  return {
    name: "splits",
    sql: `-- Rows by split
select 'train' as split, count(*) as n from train
union all
select 'validation', count(*) from validation
union all
select 'test', count(*) from test`,
    chart: (source) => chartSource(source, "split", "n", undefined, "Rows by split"),
  };
}

/** The rows of one class; in a matching task in the words of its pairs. */
export function labelFilter(
  { track, label }: Pick<Frame, "track" | "label">,
  columns: readonly Source[],
  value: string,
): RowFilter {
  const source = columns.find(({ name }) => name === label) ?? { name: label, type: "VARCHAR" };
  const column: ProfiledColumn = { name: label, modality: "categorical", description: "", sources: [source] };
  const filter = valuesFilter(column, [value]);
  return track === "matching" ? { ...filter, label: isMatch(value) ? "match" : "no match" } : filter;
}

/** Whether a matching task's label says yes: it may be a number or a truth value in the reader's own files. */
export function isMatch(label: string): boolean {
  return /^(1|true)/.test(label);
}
