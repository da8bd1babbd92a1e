import { binConditionSql, binWords } from "./bins";
import { type ProfiledColumn, type Source, valueSql } from "./frame";
import { type Measure, type MeasureProfile, measureSql } from "./measures";
import { type Agreement, agreementSql } from "./pairs";
import { literal } from "./quote";

/** Rows of the task that a click on a drawing chose: a sentence for the reader, and the same as SQL. */
export interface RowFilter {
  /** The column that it is about, as the manifest names it. */
  column: string;
  /** Like `price from 5 to 10`. */
  label: string;
  /** A boolean expression over the columns of a split's flat rows. */
  sql: string;
}

/** Rows whose number lies in one bin; of a pair, on either side. */
export function binFilter(
  { measure, histogram }: MeasureProfile,
  bin: number,
  format: (value: number) => string,
): RowFilter | undefined {
  if (!histogram) return undefined;
  const { column, kind } = measure;
  const label = `${measureWords(measure)} ${binWords(histogram.bins, bin, format)}`;
  return eitherSide(column, label, (source) =>
    binConditionSql(histogram.bins, bin, measureSql(kind, valueSql(column.modality, source))),
  );
}

/** Rows that hold one of these values, or none of them (`not`). */
export function valuesFilter(column: ProfiledColumn, values: readonly string[], not = false): RowFilter {
  const list = values.map(literal).join(", ");
  const one = values.length === 1 && !not;
  const label = not ? `${column.name} is another value` : `${column.name} is ${values.join(" or ")}`;
  return eitherSide(column, label, (source) => {
    const value = valueSql(column.modality, source);
    if (values.length === 0) return `${value} is not null`;
    return one ? `${value} = ${list}` : `${value} ${not ? "not in" : "in"} (${list})`;
  });
}

export function missingFilter(column: ProfiledColumn): RowFilter {
  return eitherSide(column, `${column.name} is missing`, (source) => `${valueSql(column.modality, source)} is null`);
}

/** Pairs whose sides compare in this way. */
export function agreementFilter(column: ProfiledColumn, how: keyof Agreement): RowFilter {
  const words = { equal: "equal", different: "different", oneMissing: "one missing", bothMissing: "both missing" };
  const label = { ...words, oneMissing: "missing on one side", bothMissing: "missing on both sides" }[how];
  return { column: column.name, label: `${column.name} is ${label}`, sql: `${agreementSql(column)} = '${words[how]}'` };
}

/** A measure in words: `price`, `length of definition`, `words in definition`, `bytes of image`. */
export function measureWords({ column, kind }: Measure): string {
  const words = { value: "", length: "length of ", words: "words in ", bytes: "bytes of " }[kind];
  return `${words}${column.name}`;
}

function eitherSide(column: ProfiledColumn, label: string, condition: (source: Source) => string): RowFilter {
  const conditions = column.sources.map(condition);
  const sql = conditions.length === 1 ? conditions[0] : conditions.map((each) => `(${each})`).join(" or ");
  return { column: column.name, label, sql };
}
