import { quoted, type Token, tokensOf } from "./tokens";

// After these a table's name may stand. TABLE, DESCRIBE and the like count only where a statement begins.
const LEADS = new Set(["from", "join", "pivot", "unpivot", "pivot_wider", "pivot_longer"]);
const STATEMENT_LEADS = new Set(["table", "describe", "desc", "summarize", "show"]);
// These end a FROM list, so that a comma after them parts something else.
const CLAUSES = new Set(
  "select where group having order limit offset qualify window union intersect except values using".split(" "),
);
// extract(year from d) and its kin: this FROM leads to a value.
const FROM_ARGUMENT = new Set(["extract", "substring", "trim", "overlay", "position"]);

interface Level {
  /** The word before the opening bracket, in lower case. */
  opener: string;
  /** Inside a FROM list: a comma leads to another table. */
  inFrom: boolean;
  /** The next token may be a table's name. */
  expects: boolean;
  /** A PIVOT or UNPIVOT statement, whose ON begins a list of columns. */
  pivots?: boolean;
}

/** A name where a statement reads it; `text` is the name as it is known. */
interface NamePlace {
  text: string;
  token: Token;
}

/**
 * Which of the known names a statement reads: names that stand where a table can stand (after FROM, JOIN, a comma of a
 * FROM list, PIVOT, TABLE, DESCRIBE …), so that a column or an alias of the same spelling is not taken for one. Case
 * does not matter, as in SQL; the answer keeps the spelling and the order of `known`. A name that the statement's own
 * WITH defines is read only where it stands before or inside its definition.
 */
export function namesRead(sql: string, known: readonly string[]): string[] {
  const found = new Set(placesRead(tokensOf(sql), known).map(({ text }) => text));
  return known.filter((name) => found.has(name));
}

/**
 * The statement with one name that it reads put for another: as a table, and as the owner of a column
 * (`features.size`). An alias, a column or a text of the same spelling stays.
 */
export function renameRead(sql: string, from: string, to: string): string {
  const tokens = tokensOf(sql);
  const places = placesRead(tokens, [from]).map(({ token }) => token);
  if (places.length === 0) return sql;
  const read = new Set(places);
  const owners = tokens.filter(
    (token, index) =>
      !read.has(token) &&
      (token.kind === "word" || token.kind === "quoted") &&
      token.text.toLowerCase() === from.toLowerCase() &&
      isMark(tokens[index + 1], ".") &&
      !isMark(tokens[index - 1], "."),
  );
  return [...places, ...owners]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, kind }) => text.slice(0, start) + (kind === "quoted" ? quoted(to) : to) + text.slice(end),
      sql,
    );
}

function placesRead(tokens: Token[], known: readonly string[]): NamePlace[] {
  const spelling = new Map(known.map((name) => [name.toLowerCase(), name]));
  const defined = definitions(tokens);
  const found: NamePlace[] = [];
  const levels: Level[] = [{ opener: "", inFrom: false, expects: false }];
  for (const [index, token] of tokens.entries()) {
    const level = levels[levels.length - 1];
    const word = token.kind === "word" ? token.text.toLowerCase() : "";
    const next = tokens[index + 1]?.text;
    const afterDot = isMark(tokens[index - 1], ".");
    if (token.kind === "mark") {
      if ("([{".includes(token.text)) {
        levels.push({
          opener: wordAt(tokens, index - 1),
          inFrom: level.expects && token.text === "(",
          expects: level.expects && token.text === "(",
        });
        level.expects = false;
      } else if (")]}".includes(token.text)) {
        if (levels.length > 1) levels.pop();
      } else if (token.text !== ".") level.expects = token.text === "," && level.inFrom;
      continue;
    }
    if (level.expects && (word === "lateral" || word === "only")) continue;
    if (!afterDot && LEADS.has(word) && !isValueFrom(tokens, index, level)) {
      if (word.includes("pivot") && !level.inFrom) level.pivots = true;
      level.inFrom = true;
      level.expects = true;
      continue;
    }
    if (!afterDot && STATEMENT_LEADS.has(word) && startsStatement(tokens, index)) {
      level.expects = true;
      continue;
    }
    if (!afterDot && CLAUSES.has(word)) {
      if (word !== "using") level.inFrom = false;
      level.expects = false;
      continue;
    }
    if (word === "on" && level.pivots) level.inFrom = false;
    const isName = token.kind === "word" || token.kind === "quoted";
    // main.train and memory.main.train are train too: the last part of a dotted name is the table's.
    if (level.expects && isName && next === ".") continue;
    if (level.expects && isName && next !== "(") {
      const name = spelling.get(token.text.toLowerCase());
      const definition = defined.get(token.text.toLowerCase());
      const shadowed = definition !== undefined && token.start >= definition;
      if (name !== undefined && !shadowed) found.push({ text: name, token });
    }
    level.expects = false;
  }
  return found;
}

/** Names defined by WITH, to the offset from which they stand for the definition: its end, or its start if recursive. */
function definitions(tokens: Token[]): Map<string, number> {
  const defined = new Map<string, number>();
  for (let i = 0; i < tokens.length; i++) {
    if (wordAt(tokens, i) !== "with") continue;
    let at = i + 1;
    const recursive = wordAt(tokens, at) === "recursive";
    if (recursive) at++;
    for (;;) {
      const name = tokens[at];
      if (name?.kind !== "word" && name?.kind !== "quoted") break;
      at++;
      if (isMark(tokens[at], "(")) at = closing(tokens, at) + 1;
      if (wordAt(tokens, at) !== "as") break;
      at++;
      while (wordAt(tokens, at) === "not" || wordAt(tokens, at) === "materialized") at++;
      if (!isMark(tokens[at], "(")) break;
      const end = closing(tokens, at);
      const key = name.text.toLowerCase();
      if (!defined.has(key)) defined.set(key, recursive ? name.start : (tokens[end]?.end ?? Number.POSITIVE_INFINITY));
      at = end + 1;
      if (!isMark(tokens[at], ",")) break;
      at++;
    }
  }
  return defined;
}

/** The index of the bracket that closes the one at `open`, or the number of tokens. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i].kind !== "mark") continue;
    if ("([{".includes(tokens[i].text)) depth++;
    else if (")]}".includes(tokens[i].text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The word at an index in lower case, or the empty text where there is none. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === "word" ? token.text.toLowerCase() : "";
}

export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

function isValueFrom(tokens: Token[], index: number, level: Level): boolean {
  if (wordAt(tokens, index) !== "from") return false;
  return wordAt(tokens, index - 1) === "distinct" ? isComparison(tokens, index - 2) : FROM_ARGUMENT.has(level.opener);
}

function isComparison(tokens: Token[], index: number): boolean {
  const word = wordAt(tokens, index);
  return word === "is" || (word === "not" && wordAt(tokens, index - 1) === "is");
}

function startsStatement(tokens: Token[], index: number): boolean {
  const before = tokens[index - 1];
  return !before || isMark(before, "(") || ["explain", "analyze", "all"].includes(wordAt(tokens, index - 1));
}
