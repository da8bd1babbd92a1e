import { Fault } from "../../base";
import { type CsvRow, csvRows, type Dialect } from "./csv-rows";
import { detectDialect, dialectWords, QUOTINGS, seemsQuoted } from "./dialect";
import { decodeText, mixedEncodings } from "./encoding";
import { headerOf } from "./header";
import { type BadRow, counted, type FileRole, type Note, type SourceTable } from "./source";

/** More than this many columns are pixels or counts: not a table that a page can show. */
export const MOST_COLUMNS = 2000;
/** A string of the browser's holds about half a billion characters. */
const MOST_BYTES = 400_000_000;

/** So many rows tell whether the first line is a header. */
const AHEAD = 50;

export interface CsvOptions {
  role: FileRole;
  file: string;
  /** The label's column: a first line that holds its name is the header. */
  label?: string;
  onProgress?: (done: number) => void;
}

/**
 * Reads separated values whole: every line becomes a row or is listed with its line number and what is wrong with it.
 * Values are texts as they stand in the file.
 * @throws Fault `file-empty`, `file-binary`, `file-large`, `csv-header`, `csv-columns`, `csv-field`
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions): SourceTable {
  const { role, file, onProgress } = options;
  if (bytes.length > MOST_BYTES)
    throw new Fault(
      "file-large",
      `Cannot read ${file}: ${Math.round(bytes.length / 1e6)} MB are too much CSV for a tab`,
      {
        hint: "Save it as Parquet, or take a part of its rows.",
        where: { file },
      },
    );
  const { text: whole, encoding, strayLines } = decodeText(bytes, file);
  // Excel writes its delimiter on a first line of its own.
  const stated = /^sep=(.)\r?\n/.exec(whole);
  const text = stated ? whole.slice(stated[0].length) : whole;
  const skipped = stated ? 1 : 0;
  const found = detectDialect(text, file);
  let dialect = stated ? { ...found, delimiter: stated[1] } : found;
  let read = readAll(text, dialect, options, onProgress);
  // A first look may miss the one odd line that tells how quotes are written.
  for (const quoting of QUOTINGS) {
    if (!read.bad.some((row) => row.isQuoting) || quoting === dialect.quoting) continue;
    const other = readAll(text, { ...dialect, quoting }, options);
    if (other.bad.length > 0 || (quoting === "none" && other.quoted >= read.bad.length)) continue;
    dialect = { ...dialect, quoting };
    read = other;
  }
  const notes: Note[] = [...read.notes];
  if (strayLines.length > 0)
    notes.push({ kind: "warning", text: mixedEncodings(file, strayLines), file, lines: strayLines.slice(0, 20) });
  return {
    role,
    file,
    how: `CSV, ${encoding}, ${dialectWords(dialect)}`,
    rows: read.lines.length,
    columns: read.names.map((name, c) => ({ kind: "string", name, values: read.columns[c] })),
    lines: Uint32Array.from(read.lines, (line) => line + skipped),
    badRows: read.bad.map(({ line, problem, text }) => ({ line: line + skipped, problem, text })),
    notes,
  };
}

interface Read {
  names: string[];
  columns: string[][];
  lines: number[];
  bad: (BadRow & { isQuoting: boolean })[];
  notes: Note[];
  /** Rows with quotes that are read as letters and seem to be meant as quotes. */
  quoted: number;
}

function readAll(
  text: string,
  dialect: Dialect,
  { file, label }: CsvOptions,
  onProgress: (done: number) => void = () => {},
): Read {
  const rows = csvRows(text, dialect, file);
  // By hand: leaving a `for … of` would close the generator.
  const ahead: CsvRow[] = [];
  for (let next = rows.next(); !next.done; next = rows.next()) if (ahead.push(next.value) === AHEAD) break;
  if (ahead.length === 0)
    throw new Fault("file-empty", `Cannot read ${file}: it holds no rows`, {
      hint: "The first line names the columns, each further line is a row.",
      where: { file },
    });
  const header = headerOf(ahead, { file, label });
  const { names, notes } = header;
  if (names.length > MOST_COLUMNS)
    throw new Fault("csv-columns", `Cannot read ${file}: it has ${counted(names.length, "column")}`, {
      hint: `Up to ${MOST_COLUMNS.toLocaleString("en")} columns can be shown and trained on. Leave some out.`,
      where: { file, line: ahead[0].line },
    });
  const read: Read = { names, columns: names.map(() => []), lines: [], bad: [], notes, quoted: 0 };
  const width = names.length;
  const take = ({ line, fields, problem }: CsvRow): void => {
    if (problem !== undefined || fields.length !== width) {
      read.bad.push({
        line,
        problem: problem ?? `has ${counted(fields.length, "field")} where the header has ${width}`,
        text: fields.join(dialect.delimiter).slice(0, 120),
        isQuoting: problem !== undefined,
      });
      return;
    }
    if (seemsQuoted(fields, dialect)) read.quoted++;
    for (let c = 0; c < width; c++) read.columns[c].push(fields[c]);
    read.lines.push(line);
    if (read.lines.length % 10_000 === 0) onProgress(read.lines.length);
  };
  for (const row of ahead.slice(header.rows)) take(row);
  for (const row of rows) take(row);
  return read;
}
