import type { Table } from "../../table";
import type { Modality } from "../manifest";
import { answerOf } from "./answer";
import type { Frame, Source } from "./frame";
import { literal, quoted } from "./quote";

/** A table that a cell made. */
export interface Result {
  name: string;
  columns: readonly Source[];
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|REAL|DECIMAL.*)$/i;
const PICTURE = /^(BLOB|STRUCT\("?bytes"? BLOB, "?path"? VARCHAR\))$/i;
const NAMED = /^(BOOLEAN|DATE|TIME.*|UUID|INTERVAL|ENUM.*)$/i;

/** Longer texts than this, on the average, are read and not counted. */
const SHORT = 32;

/** What a column holds by its type; of texts only their values tell: `undefined`. Lists and structures hold none of it: `null`. */
export function modalityOf({ type }: Source): Modality | undefined | null {
  if (NUMBER.test(type)) return "numeric";
  if (PICTURE.test(type)) return "image";
  if (NAMED.test(type)) return "categorical";
  return /^VARCHAR$/i.test(type) ? undefined : null;
}

/** How long the texts of these columns are, and how many differ. */
export function shortTextsSql({ name }: Result, columns: readonly string[]): string {
  const facts = columns.map(
    (column, i) =>
      `coalesce(avg(length(${quoted(column)})), 0)::double as l${i}, approx_count_distinct(${quoted(column)})::double as d${i}`,
  );
  return `select count(*)::double as n, ${facts.join(", ")} from ${quoted(name)}`;
}

/** Of the columns asked for, those that hold names more than prose: few ones, or short ones that come again. */
export function readShortTexts(table: Table, columns: readonly string[]): Set<string> {
  const answer = answerOf(table);
  const rows = answer.count("n", 0);
  return new Set(
    columns.filter((_, i) => {
      const [length, distinct] = [answer.count(`l${i}`, 0), answer.count(`d${i}`, 0)];
      return distinct <= 50 || (length <= SHORT && distinct <= rows / 2);
    }),
  );
}

/**
 * A cell's table as what is profiled. Where it says by a column `split` which of its rows are validation and test, these
 * stand against the others; else all rows are one part. With the task's label among its columns it is told by class.
 */
export function resultFrame(
  task: string,
  { name, columns }: Result,
  label: string,
  modality: (column: Source) => Modality | undefined,
): Frame {
  const table = quoted(name);
  const split = columns.some((column) => column.name === "split" && /^VARCHAR$/i.test(column.type));
  const part = (condition: string): string => `(select * from ${table} where ${condition})`;
  const only = (value: string): string => part(split ? `"split" = ${literal(value)}` : "false");
  return {
    task,
    track: "classification",
    label: columns.some((column) => column.name === label) ? label : "",
    columns: columns.flatMap((source) => {
      const known = modality(source);
      return known ? [{ name: source.name, modality: known, description: "", sources: [source] }] : [];
    }),
    parts: {
      train: split ? part(`"split" is null or "split" not in ('validation', 'test')`) : table,
      validation: only("validation"),
      test: only("test"),
    },
  };
}
