import type { Column } from "../../table";
import { daysOf, isoDate, parseDate } from "./dates";
import { isMissing } from "./missing";
import type { Reading } from "./modality";
import { parseNumber } from "./numbers";
import { readPictureUri } from "./pictures";
import type { SourceColumn } from "./source";

/** Turns a value of any source column into text, "" where it is missing. */
function textReader(column: SourceColumn): (row: number) => string {
  if (column.kind === "number") return (row) => (Number.isNaN(column.values[row]) ? "" : String(column.values[row]));
  return (row) => {
    const value = column.values[row];
    return typeof value === "string" ? value.trim() : value === null || value === undefined ? "" : String(value);
  };
}

/** The rows of a column as it is read: `name` is the new column's. A column that is absent is missing throughout. */
export function convert(
  name: string,
  column: SourceColumn | undefined,
  reading: Reading,
  rows: readonly number[],
): Column {
  switch (reading.kind) {
    case "number": {
      if (!column) return numbers(name, rows, () => Number.NaN);
      if (column.kind === "number") return numbers(name, rows, (row) => column.values[row]);
      const text = textReader(column);
      return numbers(name, rows, (row) => {
        const value = text(row);
        if (isMissing(value)) return Number.NaN;
        const number = parseNumber(value, reading.format);
        return Number.isNaN(number) && /^(?:true|false|yes|no|y|n|t|f)$/i.test(value)
          ? Number(/^[ty]/i.test(value))
          : number;
      });
    }
    case "days": {
      const text = column ? textReader(column) : () => "";
      return numbers(name, rows, (row) => {
        const moment = parseDate(text(row), reading.order);
        return moment ? daysOf(moment) : Number.NaN;
      });
    }
    case "dates":
      return texts(name, column, rows, (text) => (isMissing(text) ? null : isoDate(text, reading.order)));
    case "text":
      return texts(name, column, rows, (text) => (isMissing(text) && !reading.words?.includes(text) ? null : text));
    case "truth":
      return texts(name, column, rows, (text) => (isMissing(text) ? null : /^[ty]/i.test(text) ? "true" : "false"));
    case "picture":
      return pictures(name, column, rows);
    case "as it is":
      return asItIs(name, column, rows);
  }
}

function numbers(name: string, rows: readonly number[], at: (row: number) => number): Column {
  return { kind: "number", name, values: Float64Array.from(rows, at) };
}

function texts(
  name: string,
  column: SourceColumn | undefined,
  rows: readonly number[],
  read: (text: string) => string | null,
): Column {
  const text = column ? textReader(column) : () => "";
  return { kind: "string", name, values: rows.map((row) => read(text(row))) };
}

/** `data:` URIs to the bytes they hold; bytes stay. What is no picture is missing. */
function pictures(name: string, column: SourceColumn | undefined, rows: readonly number[]): Column {
  return {
    kind: "bytes",
    name,
    values: rows.map((row) => {
      const value = column?.values[row];
      if (typeof value === "string") {
        if (column?.pictures) return column.pictures.get(value) ?? null;
        const read = readPictureUri(value.trim());
        return "bytes" in read ? read.bytes : null;
      }
      return value instanceof Uint8Array ? value : null;
    }),
  };
}

/** Nothing is read into the values; only an empty text is none. */
function asItIs(name: string, column: SourceColumn | undefined, rows: readonly number[]): Column {
  if (!column) return { kind: "string", name, values: rows.map(() => null) };
  if (column.kind !== "string") {
    const values =
      column.kind === "number"
        ? Float64Array.from(rows, (row) => column.values[row])
        : rows.map((row) => column.values[row]);
    return { ...column, name, values } as Column;
  }
  return { kind: "string", name, values: rows.map((row) => column.values[row]?.trim() || null) };
}
