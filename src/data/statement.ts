import { Fault, nearestName } from "../base";
import { closing, isMark, wordAt } from "./names";
import { placeAt, type Token, tokensOf } from "./tokens";

/** What a reading statement gives: `rows` can be kept as a table by the engine itself, a `report` only by its result. */
export type Reading = "rows" | "report";

const READS: Record<string, Reading> = {
  select: "rows",
  with: "rows",
  from: "rows",
  values: "rows",
  table: "rows",
  pivot: "rows",
  unpivot: "rows",
  pivot_wider: "rows",
  pivot_longer: "rows",
  show: "report",
  describe: "report",
  desc: "report",
  summarize: "report",
  explain: "report",
};

const KEEP = "Write a SELECT: the cell's result is kept as a table under the cell's name.";
const FILES = "Put the file on the page instead: it becomes a table that a cell can read.";
const FIXED = "The engine's settings are fixed, so that a notebook gives the same result everywhere.";
const SAVE = "Download the result of the cell instead.";
const SINGLE = "Each cell is one statement, and needs no transaction.";

const REFUSED: Record<string, string> = {
  create: KEEP,
  insert: KEEP,
  update: KEEP,
  delete: KEEP,
  merge: KEEP,
  drop: KEEP,
  alter: KEEP,
  truncate: KEEP,
  comment: KEEP,
  attach: FILES,
  detach: FILES,
  use: FILES,
  import: FILES,
  install: "The engine's extensions are fixed: Parquet, CSV and the built-in functions.",
  load: "The engine's extensions are fixed: Parquet, CSV and the built-in functions.",
  copy: SAVE,
  export: SAVE,
  set: FIXED,
  reset: FIXED,
  pragma: FIXED,
  call: FIXED,
  checkpoint: FIXED,
  vacuum: FIXED,
  analyze: FIXED,
  begin: SINGLE,
  start: SINGLE,
  commit: SINGLE,
  rollback: SINGLE,
  abort: SINGLE,
  end: SINGLE,
  prepare: SINGLE,
  execute: SINGLE,
  deallocate: SINGLE,
};

/**
 * Checks, before the engine sees it, that a text is one reading statement.
 * @throws Fault `sql-empty`, `sql-refused` (names the statement and the way out) or `sql-syntax` (no known statement)
 */
export function checkStatement(sql: string): Reading {
  const tokens = tokensOf(sql);
  while (isMark(tokens[tokens.length - 1], ";")) tokens.pop();
  if (tokens.length === 0)
    throw new Fault("sql-empty", "There is no statement to run", {
      hint: "Start with FROM or SELECT, like: from train limit 10",
    });
  const parting = tokens.findIndex((token) => isMark(token, ";"));
  if (parting >= 0) {
    const second = tokens.slice(parting).find((token) => !isMark(token, ";")) ?? tokens[parting];
    throw new Fault("sql-refused", "A SQL cell holds one statement; this one holds several", {
      hint: "Put each statement in a cell of its own; a later cell can read an earlier one by its name.",
      where: placeAt(sql, second.start),
    });
  }
  return readingOf(sql, tokens, 0);
}

function readingOf(sql: string, tokens: Token[], from: number): Reading {
  let at = from;
  while (isMark(tokens[at], "(")) at++;
  const token = tokens[at];
  const verb = wordAt(tokens, at);
  const reading = Object.hasOwn(READS, verb) ? READS[verb] : undefined;
  if (!reading) throw refusal(sql, token, verb);
  if (verb === "explain") {
    // EXPLAIN ANALYZE runs its statement, so what is explained has to be a reading one too.
    readingOf(sql, tokens, afterExplain(tokens, at));
  } else if (verb === "with") {
    const body = afterDefinitions(tokens, at);
    if (body < tokens.length) readingOf(sql, tokens, body);
  }
  return reading;
}

function afterExplain(tokens: Token[], explain: number): number {
  let at = explain + 1;
  if (wordAt(tokens, at) === "analyze" || wordAt(tokens, at) === "verbose") at++;
  if (isMark(tokens[at], "(") && /^(analyze|format|verbose)$/.test(wordAt(tokens, at + 1)))
    at = closing(tokens, at) + 1;
  return at;
}

/** Where the statement after `WITH a AS (…), b(x) AS (…)` begins. */
function afterDefinitions(tokens: Token[], withAt: number): number {
  let at = withAt + 1;
  while (at < tokens.length) {
    if (!isMark(tokens[at], "(")) {
      at++;
      continue;
    }
    at = closing(tokens, at) + 1;
    const isColumnList = wordAt(tokens, at) === "as";
    if (!isColumnList && !isMark(tokens[at], ",")) return at;
  }
  return at;
}

function refusal(sql: string, token: Token | undefined, verb: string): Fault {
  const where = placeAt(sql, token?.start ?? sql.length);
  const hint = Object.hasOwn(REFUSED, verb) ? REFUSED[verb] : undefined;
  if (hint !== undefined)
    return new Fault("sql-refused", `A SQL cell only reads: ${verb.toUpperCase()} is not allowed`, { hint, where });
  const nearest = verb && nearestName(verb, Object.keys(READS));
  return new Fault("sql-syntax", `A statement cannot start with ${token ? `"${token.text}"` : "nothing"}`, {
    hint: nearest
      ? `Did you mean ${nearest.toUpperCase()}?`
      : "Start with SELECT, WITH, FROM, VALUES, TABLE, PIVOT, UNPIVOT, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN.",
    where,
  });
}
