import { Fault } from "../../base";

/**
 * How a file of separated values is written. `doubled`: a quote inside quotes is two of them (RFC 4180); `backslash`: it
 * has a backslash before it, as MySQL and some scrapers write; `none`: quotes are letters like any other.
 */
export interface Dialect {
  delimiter: string;
  quoting: "doubled" | "backslash" | "none";
}

export interface CsvRow {
  /** The line on which the row begins, from 1. */
  line: number;
  fields: string[];
  /** What is wrong with its quotes; the fields are then what could be made of it. */
  problem?: string;
}

const QUOTE = 34;
const BACKSLASH = 92;
const LINE_FEED = 10;
const RETURN = 13;

/** A field of so many characters is no value: a quote was left open, or the file is none of separated values. */
const MOST_CHARACTERS = 1 << 24;

const UNCLOSED = "opens a quote that is never closed";
const STRAY = "has a quote that does not end its field";

/**
 * The rows of a text, one after the other, with their lines. Lines end by LF, CRLF or CR; empty lines are no rows. A row
 * whose quotes are wrong is given up at the end of its first line, so that an open quote costs one line and not the file.
 * @throws Fault `csv-field` for a field that is too long to be one, naming the line
 */
export function* csvRows(text: string, { delimiter, quoting }: Dialect, file: string): Generator<CsvRow> {
  const separator = delimiter.charCodeAt(0);
  const quotes = quoting !== "none";
  const end = text.length;
  let at = 0;
  let line = 1;

  /** Past the line's end at `at`. */
  const nextLine = (): void => {
    if (text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    at++;
    line++;
  };
  const isLineEnd = (code: number): boolean => code === LINE_FEED || code === RETURN;
  const check = (length: number, from: number): void => {
    if (length > MOST_CHARACTERS)
      throw new Fault(
        "csv-field",
        `Cannot read ${file}: line ${from} holds a field of more than 16 million characters`,
        {
          hint: "Look for a quote that is opened there and never closed. Is this a file of separated values?",
          where: { file, line: from },
        },
      );
  };

  while (at < end) {
    if (isLineEnd(text.charCodeAt(at))) {
      nextLine();
      continue;
    }
    const start = at;
    const first = line;
    const fields: string[] = [];
    let problem: string | undefined;
    for (;;) {
      if (quotes && text.charCodeAt(at) === QUOTE) {
        at++;
        let value = "";
        let from = at;
        for (;;) {
          const code = text.charCodeAt(at);
          if (at >= end) {
            problem = UNCLOSED;
            break;
          }
          if (code === QUOTE) {
            value += text.slice(from, at);
            at++;
            if (quoting === "doubled" && text.charCodeAt(at) === QUOTE) {
              from = at;
              at++;
              continue;
            }
            break;
          }
          if (code === BACKSLASH && quoting === "backslash") {
            value += text.slice(from, at);
            from = at + 1;
            at += 2;
            continue;
          }
          if (code === LINE_FEED || (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) line++;
          at++;
          if (at - start > MOST_CHARACTERS) check(value.length + at - from, first);
        }
        if (problem) break;
        const code = text.charCodeAt(at);
        if (at < end && code !== separator && !isLineEnd(code)) {
          problem = STRAY;
          break;
        }
        fields.push(value);
      } else {
        const from = at;
        while (at < end) {
          const code = text.charCodeAt(at);
          if (code === separator || code === LINE_FEED || code === RETURN) break;
          at++;
        }
        check(at - from, first);
        fields.push(text.slice(from, at));
      }
      if (at < end && text.charCodeAt(at) === separator) {
        at++;
        continue;
      }
      break;
    }
    if (problem) {
      at = start;
      while (at < end && !isLineEnd(text.charCodeAt(at))) at++;
      line = first;
      yield { line: first, fields: [text.slice(start, at)], problem };
    } else yield { line: first, fields };
    if (at < end) nextLine();
  }
}
