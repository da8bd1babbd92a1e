import { lowerEdgeSql } from "./bins";
import { identifier, rowsSql, type ViewCells } from "./cells";
import type { Frame, ProfiledColumn } from "./frame";
import { type MeasureProfile, measureSql } from "./measures";
import { literal } from "./quote";
import { MOST_ALONE, shiftGroups } from "./shift";
import type { ValueProfile } from "./values";

/** How far the splits lie from train in a measure, part by part: the terms of the population stability index. */
export function measureShiftCells(frame: Frame, { measure, histogram }: MeasureProfile): ViewCells | undefined {
  if (!histogram) return undefined;
  const { column, kind } = measure;
  const { edges, width = 0 } = histogram.bins;
  const groups = shiftGroups(histogram.counts.train, true);
  // Half a bin short of the edge: the bin is a product of whole numbers and a width, and may miss it by its last digit.
  const steps = groups
    .slice(1)
    .map(([bin], i) => `when bin < ${Number((edges[bin] - width / 2).toPrecision(12))} then '${edges[groups[i][0]]}'`);
  const last = edges[groups[groups.length - 1][0]];
  const part = `case when bin is null then 'missing' ${steps.map((step) => `${step} `).join("")}else '${last}' end`;
  const rows = rowsSql(frame, column, (value) => `${measureSql(kind, value)} as number`);
  const what = kind === "value" ? column.name : `${kind} of ${column.name}`;
  return shiftCells(
    column,
    `${what}, in parts from these numbers on`,
    `select split, ${part} as part\nfrom (\n  select split, ${lowerEdgeSql(histogram.bins, "number")} as bin\n  from (\n${rows}\n  )\n)`,
    "try_cast(part as double) nulls last",
  );
}

/** The same for the values of a categorical column: the most frequent of train, and all others together. */
export function valueShiftCells(frame: Frame, column: ProfiledColumn, { values }: ValueProfile): ViewCells {
  const alone = values.slice(0, MOST_ALONE).map(({ value }) => literal(value));
  const named = alone.length > 0 ? `when value in (${alone.join(", ")}) then 'is ' || value ` : "";
  const part = `case when value is null then 'missing' ${named}else 'others' end`;
  return shiftCells(
    column,
    column.name,
    `select split, ${part} as part\nfrom (\n${rowsSql(frame, column, (value) => `${value} as value`)}\n)`,
    "train desc, part",
  );
}

function shiftCells(column: ProfiledColumn, what: string, parts: string, order: string): ViewCells {
  const splits = ["train", "validation", "test"];
  // Half a row is added to each part, so that one without rows has a logarithm.
  const share = (split: string): string =>
    `    (${split} + 0.5) / (sum(${split}) over () + count(*) over () / 2.0) as ${split}_share`;
  const term = (split: string): string =>
    `  (train_share - ${split}_share) * ln(train_share / ${split}_share) as ${split}_psi`;
  return {
    name: identifier(`${column.name}_shift`),
    sql: `-- Population stability index against train: the sum of each last two columns. ${what}
with parts as (
${parts}
), counts as (
  select part, ${splits.map((split) => `count(*) filter (where split = '${split}') as ${split}`).join(", ")}
  from parts group by part
), shares as (
  select *,
${splits.map(share).join(",\n")}
  from counts
)
select part, train, validation, test,
${["validation", "test"].map(term).join(",\n")}
from shares
order by ${order}`,
  };
}
