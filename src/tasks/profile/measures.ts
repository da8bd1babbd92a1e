import type { Table } from "../../table";
import { answerOf, type PerSplit, perSplit } from "./answer";
import { type Bins, binAt, chooseBins, lowerEdgeSql } from "./bins";
import { type Frame, type ProfiledColumn, stackedSql } from "./frame";
import { type Shift, shiftOf } from "./shift";

/** A number that every row has for a column: its value, or a size of its text or picture. */
export interface Measure {
  column: ProfiledColumn;
  kind: "value" | "length" | "words" | "bytes";
}

/** What the numbers of a measure in one split come to; NaN where there is none. */
export interface NumberSummary {
  rows: number;
  present: number;
  distinct: number;
  min: number;
  max: number;
  mean: number;
  deviation: number;
  /** In the order of `QUANTILES`. */
  quantiles: number[];
  whole: boolean;
}

export const QUANTILES = [0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995] as const;

export interface MeasureProfile {
  measure: Measure;
  summary: PerSplit<NumberSummary>;
  /** Absent where no split has a value. */
  histogram: Histogram | undefined;
}

export interface Histogram {
  bins: Bins;
  counts: PerSplit<number[]>;
  shift: { validation: Shift | undefined; test: Shift | undefined };
}

/** The measure as SQL; `value` is the column's value as `valueSql` gives it. */
export function measureSql(kind: Measure["kind"], value: string): string {
  switch (kind) {
    case "value":
      return value;
    case "length":
      return `length(${value})`;
    case "words":
      // By its blanks: splitting the texts takes two to four times as long.
      return `length(${value}) - length(replace(${value}, ' ', '')) + (${value} <> '')::integer`;
    case "bytes":
      return `octet_length(${value})`;
  }
}

/** The stacked rows with the measures as `m0`, `m1`, … and `there0`, …, whether there is a value. */
function measuredSql(frame: Frame, measures: readonly Measure[]): string {
  const columns = [...new Set(measures.map((measure) => measure.column))];
  const list = measures.map(({ column, kind }, i) => {
    const value = `c${columns.indexOf(column)}`;
    return `${measureSql(kind, value)} as m${i}, ${value} is not null as there${i}`;
  });
  return `(select split, ${list.join(", ")} from ${stackedSql(frame, columns)})`;
}

/** One row a split, with every measure's summary. */
export function summarySql(frame: Frame, measures: readonly Measure[]): string {
  const inner = measures.map((_, i) =>
    [
      `count(m${i})::integer as n${i}`,
      `count(distinct m${i})::integer as d${i}`,
      `min(m${i})::double as lo${i}`,
      `max(m${i})::double as hi${i}`,
      `avg(m${i}) as mean${i}`,
      `stddev_samp(m${i}) as sd${i}`,
      `bool_and(m${i} = floor(m${i}))::integer as whole${i}`,
      `quantile_cont(m${i}::double, [${QUANTILES.join(", ")}]) as q${i}`,
    ].join(", "),
  );
  // A list would come back in single precision: its elements are taken out here.
  const outer = measures.map((_, i) => {
    const quantiles = QUANTILES.map((_quantile, k) => `q${i}[${k + 1}] as q${i}_${k}`);
    return ["n", "d", "lo", "hi", "mean", "sd", "whole"]
      .map((name) => `${name}${i}`)
      .concat(quantiles)
      .join(", ");
  });
  return `select split, n_rows, ${outer.join(", ")} from (select split, count(*)::integer as n_rows, ${inner.join(", ")} from ${measuredSql(frame, measures)} group by split)`;
}

/** The answer of `summarySql`, in the order of its measures. */
export function readSummaries(table: Table, measures: readonly Measure[]): PerSplit<NumberSummary>[] {
  const answer = answerOf(table);
  const none: NumberSummary = {
    rows: 0,
    present: 0,
    distinct: 0,
    min: Number.NaN,
    max: Number.NaN,
    mean: Number.NaN,
    deviation: Number.NaN,
    quantiles: QUANTILES.map(() => Number.NaN),
    whole: false,
  };
  return measures.map((_, i) => {
    const summaries = perSplit(() => none);
    for (let row = 0; row < answer.rows; row++) {
      summaries[answer.split(row)] = {
        rows: answer.count("n_rows", row),
        present: answer.count(`n${i}`, row),
        distinct: answer.count(`d${i}`, row),
        min: answer.number(`lo${i}`, row),
        max: answer.number(`hi${i}`, row),
        mean: answer.number(`mean${i}`, row),
        deviation: answer.number(`sd${i}`, row),
        quantiles: QUANTILES.map((_quantile, k) => answer.number(`q${i}_${k}`, row)),
        whole: answer.count(`whole${i}`, row) === 1,
      };
    }
    return summaries;
  });
}

/** Bins from the training rows, wide enough for all splits; none where there is no value at all. */
export function binsOf(summary: PerSplit<NumberSummary>): Bins | undefined {
  const filled = [summary.train, summary.validation, summary.test].filter((split) => split.present > 0);
  if (filled.length === 0) return undefined;
  const [first] = filled;
  const [q005, , q25, , q75, , q995] = first.quantiles;
  return chooseBins(
    { count: first.present, min: first.min, max: first.max, q005, q25, q75, q995, whole: filled.every((s) => s.whole) },
    Math.min(...filled.map((split) => split.min)),
    Math.max(...filled.map((split) => split.max)),
  );
}

/** Numbers of rows by `measure` (its place), `split` and `bin` (the bin's lower edge). */
export function histogramSql(frame: Frame, binned: readonly { measure: Measure; bins: Bins }[]): string {
  const from = measuredSql(
    frame,
    binned.map(({ measure }) => measure),
  );
  return binned
    .map(
      ({ bins }, i) =>
        `select ${i} as measure, split, (${lowerEdgeSql(bins, `m${i}`)})::double as bin, count(*)::integer as n from ${from} where there${i} group by all`,
    )
    .join(" union all ");
}

export function readHistograms(
  table: Table,
  binned: readonly { bins: Bins; summary: PerSplit<NumberSummary> }[],
): Histogram[] {
  const answer = answerOf(table);
  const counts = binned.map(({ bins }) => perSplit(() => new Array<number>(bins.edges.length - 1).fill(0)));
  for (let row = 0; row < answer.rows; row++) {
    const i = answer.count("measure", row);
    counts[i][answer.split(row)][binAt(binned[i].bins, answer.number("bin", row))] += answer.count("n", row);
  }
  return binned.map(({ bins, summary }, i) => {
    const missing = (split: "train" | "validation" | "test"): number => summary[split].rows - summary[split].present;
    const shift = (split: "validation" | "test"): Shift | undefined =>
      shiftOf(counts[i].train, counts[i][split], { ordered: true, missing: [missing("train"), missing(split)] });
    return { bins, counts: counts[i], shift: { validation: shift("validation"), test: shift("test") } };
  });
}
