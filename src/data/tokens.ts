import type { Place } from "../base";

/**
 * A piece of a SQL statement. `text` is the word as written, the name inside quotes, or the mark; `end` is exclusive.
 * White space and comments are left out.
 */
export interface Token {
  kind: "word" | "quoted" | "string" | "number" | "mark";
  text: string;
  start: number;
  end: number;
}

// DuckDB's lexer is PostgreSQL's scan.l: any character beyond ASCII is a letter, and a name may hold "$" after its first.
// Its parser first turns Unicode spaces into plain ones, so they are spaces here too.
const SPACE = /[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/u;
const WORD_START = /[A-Za-z_\u0080-\u{10ffff}]/u;
const WORD = /[\w$\u0080-\u{10ffff}]/u;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;

/**
 * Splits SQL text into tokens as DuckDB 0.9 does: nested block comments, doubled quotes, `E'…\'…'`, `$tag$ … $tag$`.
 * What is opened and not closed reaches to the end of the text; the engine will say so.
 */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const start = at;
    const two = sql.slice(at, at + 2);
    if (SPACE.test(sql[at])) at++;
    else if (two === "--") at = lineEnd(sql, at);
    else if (two === "/*") at = commentEnd(sql, at);
    else if (sql[at] === "'") {
      at = quoteEnd(sql, at, false);
      tokens.push({ kind: "string", text: sql.slice(start, at), start, end: at });
    } else if (/[eE]/.test(sql[at]) && sql[at + 1] === "'") {
      at = quoteEnd(sql, at + 1, true);
      tokens.push({ kind: "string", text: sql.slice(start, at), start, end: at });
    } else if (sql[at] === '"') {
      at = quoteEnd(sql, at, false);
      const text = sql.slice(start + 1, sql[at - 1] === '"' && at - 1 > start ? at - 1 : at).replaceAll('""', '"');
      tokens.push({ kind: "quoted", text, start, end: at });
    } else if (sql[at] === "$" && dollarEnd(sql, at) > at) {
      at = dollarEnd(sql, at);
      tokens.push({ kind: "string", text: sql.slice(start, at), start, end: at });
    } else if (WORD_START.test(sql[at])) {
      while (at < sql.length && WORD.test(sql[at]) && !SPACE.test(sql[at])) at++;
      tokens.push({ kind: "word", text: sql.slice(start, at), start, end: at });
    } else if (/\d/.test(sql[at]) || (sql[at] === "." && /\d/.test(sql[at + 1] ?? ""))) {
      at += /^(?:\d[\d_]*)?\.?\d*(?:[eE][+-]?\d+)?/.exec(sql.slice(at))?.[0].length || 1;
      tokens.push({ kind: "number", text: sql.slice(start, at), start, end: at });
    } else {
      at++;
      tokens.push({ kind: "mark", text: sql.slice(start, at), start, end: at });
    }
  }
  return tokens;
}

/** The line and column (from 1) of an offset. */
export function placeAt(sql: string, offset: number): Place {
  const before = sql.slice(0, offset).split("\n");
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/** A name as DuckDB reads it back unchanged. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf("\n", at);
  return end < 0 ? sql.length : end;
}

function commentEnd(sql: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < sql.length) {
    const two = sql.slice(at, at + 2);
    if (two === "/*") depth++;
    else if (two === "*/") depth--;
    at += two === "/*" || two === "*/" ? 2 : 1;
    if (depth === 0) return at;
  }
  return sql.length;
}

function quoteEnd(sql: string, from: number, backslashes: boolean): number {
  const quote = sql[from];
  let at = from + 1;
  while (at < sql.length) {
    if (backslashes && sql[at] === "\\") at += 2;
    else if (sql[at] !== quote) at++;
    else if (sql[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return sql.length;
}

function dollarEnd(sql: string, at: number): number {
  DOLLAR_QUOTE.lastIndex = at;
  const tag = DOLLAR_QUOTE.exec(sql)?.[0];
  if (!tag) return at;
  const end = sql.indexOf(tag, at + tag.length);
  return end < 0 ? sql.length : end + tag.length;
}
