import { type CsvRow, csvRows, type Dialect } from "./csv-rows";

const DELIMITERS = [",", "\t", ";", "|"];
export const QUOTINGS: readonly Dialect["quoting"][] = ["doubled", "backslash", "none"];

/** So much of a file tells how it is written. */
const PROBE = 1 << 18;
const PROBE_ROWS = 400;

/**
 * How a file is written: the delimiter and the quoting under which most rows have as many fields as the most have, with no
 * quote out of place. Earlier ones of equal standing win, so that nothing odd is assumed without a reason.
 */
export function detectDialect(text: string, file: string): Dialect {
  let best: { dialect: Dialect; worth: number } | undefined;
  for (const quoting of QUOTINGS) {
    for (const delimiter of DELIMITERS) {
      const dialect = { delimiter, quoting };
      const worth = worthOf(probe(text, dialect, file), dialect);
      if (!best || worth > best.worth + 1e-9) best = { dialect, worth };
    }
  }
  return best?.dialect ?? { delimiter: ",", quoting: "doubled" };
}

function probe(text: string, dialect: Dialect, file: string): CsvRow[] {
  const cut = text.length > PROBE;
  const rows: CsvRow[] = [];
  for (const row of csvRows(cut ? text.slice(0, PROBE) : text, dialect, file)) {
    rows.push(row);
    if (rows.length === PROBE_ROWS) return rows;
  }
  if (cut && rows.length > 1) rows.pop(); // the last one is cut off
  return rows;
}

/** Between 0 and 1: the share of rows that agree, less those with quotes out of place; little where there is one column. */
function worthOf(rows: readonly CsvRow[], dialect: Dialect): number {
  if (rows.length === 0) return 0;
  const counts = new Map<number, number>();
  let broken = 0;
  for (const { fields, problem } of rows) {
    if (problem || seemsQuoted(fields, dialect)) broken++;
    else counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  }
  let fields = 0;
  let agreeing = 0;
  for (const [width, count] of counts) {
    if (count > agreeing || (count === agreeing && width > fields)) [fields, agreeing] = [width, count];
  }
  const share = (agreeing - 2 * broken) / rows.length;
  return fields > 1 ? share : share * 0.2;
}

/**
 * Whether quotes that are read as letters seem to be meant as quotes: they stand around a whole field, or open one that is
 * not closed. Between tabs, where many programs do not quote at all, an open one may be a letter.
 */
export function seemsQuoted(fields: readonly string[], { quoting, delimiter }: Dialect): boolean {
  if (quoting !== "none") return false;
  return fields.some((field) => {
    if (!field.startsWith('"')) return false;
    return (field.length > 1 && field.endsWith('"')) || (delimiter !== "\t" && !field.includes('"', 1));
  });
}

export function dialectWords({ delimiter, quoting }: Dialect): string {
  const names: Record<string, string> = { ",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars" };
  const quotes = { doubled: "", backslash: ", quotes after backslashes", none: ", quotes as letters" };
  return `separated by ${names[delimiter]}${quotes[quoting]}`;
}
