import { nearestName, type Place } from "../base";
import { placeAt, type Token, tokensOf } from "./tokens";

/** What is likely meant by a statement that the engine refused, where its own words do not say so. */
export interface LikelyFix {
  hint?: string;
  where?: Place;
}

const KEYWORDS =
  "select from where group order by having limit offset join inner left on using union distinct when then else end".split(
    " ",
  );
const AGGREGATES = "count sum avg min max median mode stddev first last any_value list string_agg".split(" ");
const FUNCTIONS =
  "length lower upper trim substr replace round floor ceil abs sqrt coalesce concat contains starts_with regexp_matches date_part date_trunc row_number rank unnest".split(
    " ",
  );

/** @param at the offset that the engine's caret stands at, if it has one */
export function likelyFix(sql: string, code: string, message: string, at: number | undefined): LikelyFix {
  const tokens = tokensOf(sql);
  const here = at === undefined ? -1 : tokens.findIndex((token) => at >= token.start && at < token.end);
  if (code === "sql-syntax") return syntaxFix(sql, tokens, here);
  if (/GROUP BY clause/.test(message)) {
    const name = /[Cc]olumn "?(?:\w+\.)?([^"\s]+)"? must appear/.exec(message)?.[1];
    return {
      hint: `Put ${name ? `"${name}"` : "it"} into GROUP BY (\`group by all\` takes all that need it), or take one of its values: \`any_value(${name ?? "x"})\`.`,
      where: placed(sql, tokens.find((token) => isName(token, name ?? "")) ?? tokens.find(({ text }) => text === "*")),
    };
  }
  if (/clause cannot contain aggregates/.test(message))
    return { hint: "What is asked of groups goes into HAVING, after GROUP BY." };
  const ambiguous = /Ambiguous reference to column name "([^"]+)"/.exec(message)?.[1];
  if (ambiguous) {
    const lone = tokens.find((token, i) => isName(token, ambiguous) && tokens[i - 1]?.text !== ".");
    return { hint: "Say whose it is, as in the brackets.", where: placed(sql, lone) };
  }
  if (/same number of result columns/.test(message))
    return { hint: "Select the same columns, in the same order, on both sides." };
  const called = /There is no (?:scalar |aggregate )?function "([^"]+)"/.exec(message)?.[1];
  if (called?.startsWith("`")) return { hint: BACKTICKS };
  if (called) {
    const nearest = nearestName(called, [...AGGREGATES, ...FUNCTIONS]);
    return nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` };
  }
  const column = /There is no column "([^"]+)"/.exec(message)?.[1];
  return column === undefined ? {} : columnFix(sql, tokens, here, column);
}

const BACKTICKS = 'Names that need quotes stand in double ones: "name".';

function syntaxFix(sql: string, tokens: readonly Token[], here: number): LikelyFix {
  if (tokens.some(({ text }) => text === "`")) return { hint: BACKTICKS };
  const marks = (mark: string): Token[] => tokens.filter(({ kind, text }) => kind === "mark" && text === mark);
  const words = (word: string): number => tokens.filter((token) => isWord(token, word)).length;
  const top = tokens.findIndex((token, i) => isWord(token, "top") && isWord(tokens[i - 1], "select"));
  if (top > 0 && tokens[top + 1]?.kind === "number")
    return { hint: `The first rows are taken at the end: \`limit ${tokens[top + 1].text}\`.` };
  if (marks("(").length > marks(")").length) return { hint: "A bracket is opened and not closed." };
  if (marks("(").length < marks(")").length) return { hint: "A bracket is closed that nothing opened." };
  if (words("case") > words("end")) return { hint: "A CASE goes on to END: `case when … then … end`." };
  // A misspelt keyword is read as a name, and the word after it is what the engine stumbles over.
  for (const token of [tokens[here - 1], tokens[here]]) {
    if (token?.kind !== "word" || token.text.length < 3 || KEYWORDS.includes(token.text.toLowerCase())) continue;
    const nearest = nearestName(token.text, KEYWORDS);
    if (nearest) return { hint: `Did you mean "${nearest}" for "${token.text}"?`, where: placed(sql, token) };
  }
  const before = tokens[here - 1];
  if (before?.text === "," && tokens[here]?.kind === "word" && KEYWORDS.includes(tokens[here].text.toLowerCase()))
    return { hint: "Nothing follows the comma.", where: placed(sql, before) };
  if (tokens.some(({ text }, i) => text === "&" && tokens[i + 1]?.text === "&"))
    return { hint: "In SQL it is `and`, not `&&`." };
  return {};
}

const COMPARES = new Set(["=", ">", "<", "like", "ilike", "in", "(", "~"]);

/** A text in no quotes, or in those of names, is read as a column. */
function columnFix(sql: string, tokens: readonly Token[], here: number, column: string): LikelyFix {
  const i = here >= 0 ? here : tokens.findIndex((token) => isName(token, column));
  const token = tokens[i];
  if (!token || !isName(token, column)) return {};
  const where = here < 0 ? { where: placed(sql, token) } : {};
  const compared = COMPARES.has(tokens[i - 1]?.text.toLowerCase() ?? "");
  if (token.kind === "quoted" || (compared && tokens[i + 1]?.text !== "." && tokens[i - 1]?.text !== "("))
    return { hint: `A text stands in single quotes: '${column}'.`, ...where };
  return where;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}

function isName(token: Token, name: string): boolean {
  return (token.kind === "word" || token.kind === "quoted") && token.text.toLowerCase() === name.toLowerCase();
}

function placed(sql: string, token: Token | undefined): Place | undefined {
  return token && placeAt(sql, token.start);
}

/** The offset of a line and column, from 1. */
export function offsetOf(sql: string, { line, column }: Place): number | undefined {
  if (line === undefined) return undefined;
  const lines = sql.split("\n");
  return lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + (column ?? 1) - 1;
}
