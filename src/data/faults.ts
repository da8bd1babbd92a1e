import { Fault, nearestName, type Place, suggest } from "../base";
import { likelyFix, offsetOf } from "./mistakes";

/** What is known beside the engine's words: the user's text, the lines put before it, and the names a user can read. */
export interface FaultContext {
  sql: string;
  linesBefore?: number;
  known: readonly string[];
  /** The columns of the known tables, asked for only where a fault may propose one. */
  columns: () => readonly string[];
}

/** The code of faults after which the engine cannot be trusted and has to be restarted. */
export const CRASH = "engine-crashed";
/** The engine answers on, but its memory has grown to the limit and only a restart gives it back. */
export const EXHAUSTED = "sql-memory";

// The engine's own catalogue, which it likes to propose for a name it does not know.
const SYSTEM_NAME = /^(?:pg_|duckdb_|sqlite_|pragma_|information_schema|main\.|temp\.|system\.)/;

/**
 * Turns DuckDB's error text (`Binder Error: … LINE 2: … ^`) into a Fault: the sentence, the nearest name and the place in
 * the user's own text. What is not such a text is a crash of the engine.
 */
export function readEngineError(error: unknown, context: FaultContext): Fault {
  const text = error instanceof Error ? error.message : String(error);
  const parts = /^([A-Z][A-Za-z]*(?: [A-Za-z]+){0,3}) Error: ([\s\S]*)$/.exec(text);
  const type = parts?.[1] ?? "";
  if (!parts || type === "INTERNAL" || type === "FATAL" || error instanceof WebAssembly.RuntimeError)
    return new Fault(CRASH, firstLine(parts?.[2] ?? text), { cause: error });
  const where = placeOf(parts[2], context);
  const body = parts[2].replace(/\n+LINE \d+:[\s\S]*$/, "").trim();
  const { code, message, hint } = sentenceOf(type, body, context);
  const fix = likelyFix(context.sql, code, message, where && offsetOf(context.sql, where));
  // A near name that the engine or the catalogue has is the likelier fix; a list of what there is, is not.
  const told =
    hint?.startsWith("Did you mean") && !fix.hint?.startsWith("A text") && !message.includes("function")
      ? hint
      : (fix.hint ?? hint);
  return new Fault(code, message, { hint: told, where: fix.where ?? where, cause: error });
}

interface Sentence {
  code: string;
  message: string;
  hint?: string;
}

function sentenceOf(type: string, body: string, { known, columns }: FaultContext): Sentence {
  const line = firstLine(body);
  const first = line.charAt(0).toUpperCase() + line.slice(1);
  switch (type) {
    case "Parser":
    case "Syntax":
      return { code: "sql-syntax", message: `Cannot read the statement: ${line}`, hint: syntaxHint(line) };
    case "Catalog":
      return missing(body, first, known);
    case "Binder": {
      const column =
        /Referenced column "(.*?)" not found/.exec(body) ?? /does not have a column named "(.*?)"/.exec(body);
      if (column) return missingColumn(column[1], body, columns);
      if (/No function matches|Cannot (?:compare|mix|combine|deduce)|type/i.test(line))
        return {
          code: "sql-type",
          message: first,
          hint: "A cast such as x::double or x::varchar makes the types meet.",
        };
      return { code: "sql-binding", message: first };
    }
    case "Conversion":
    case "Mismatch Type":
    case "Invalid Type":
      return { code: "sql-type", message: first, hint: "try_cast(x as …) gives NULL where a value does not convert." };
    case "Out of Range":
      return { code: "sql-range", message: first, hint: "A cast to a wider type, such as x::double, makes room." };
    case "Permission":
      return {
        code: "sql-refused",
        message: `A SQL cell reads the task's tables only: ${line.charAt(0).toLowerCase()}${line.slice(1)}`,
        hint: "Put the file on the page instead: it becomes a table that a cell can read.",
      };
    case "Out of Memory":
    case "Invalid":
      if (type === "Invalid" && !line.includes("bad_alloc")) return { code: "sql-failed", message: first };
      return {
        code: EXHAUSTED,
        message: "The statement needs more memory than a browser tab has",
        hint: "Read fewer rows or columns: leave images out, add a WHERE, or aggregate before joining.",
      };
    case "Not implemented":
      return { code: "sql-unsupported", message: first };
    default:
      if (/requires the extension/.test(line))
        return {
          code: "sql-refused",
          message: `A SQL cell reads the task's tables only: ${line}`,
          hint: "Put the file on the page instead: it becomes a table that a cell can read.",
        };
      return { code: "sql-failed", message: first };
  }
}

function missing(body: string, first: string, known: readonly string[]): Sentence {
  const found = /^(Table|View|(?:Scalar |Table |Aggregate )?Function|Macro|Type) with name (\S+) does not exist/.exec(
    body,
  );
  if (!found) return { code: "sql-catalog", message: first };
  const [, kind, name] = found;
  const proposed = /Did you mean "(.*?)"/.exec(body)?.[1];
  if (kind === "Table" || kind === "View") {
    const nearest = nearestName(name, known);
    const usable = proposed !== undefined && known.some((other) => other.toLowerCase() === proposed.toLowerCase());
    const hint = nearest === undefined && usable ? `Did you mean "${proposed}"?` : suggest(name, known);
    return { code: "sql-catalog", message: `There is no table "${name}"`, hint };
  }
  const hint = proposed && !SYSTEM_NAME.test(proposed) ? `Did you mean "${proposed}"?` : undefined;
  return { code: "sql-catalog", message: `There is no ${kind.toLowerCase()} "${name}"`, hint };
}

function missingColumn(name: string, body: string, columns: () => readonly string[]): Sentence {
  const list = /Candidate bindings: (.*)/.exec(body)?.[1] ?? "";
  const candidates = Array.from(list.matchAll(/"((?:[^"]|"")*)"/g), ([, candidate]) => candidate);
  const proposed = [...new Set(candidates.map((candidate) => candidate.slice(candidate.lastIndexOf(".") + 1)))];
  const table = /Table "(.*?)" does not have/.exec(body)?.[1];
  const nearest = nearestName(name, proposed) ?? nearestName(name, columns());
  return {
    code: "sql-catalog",
    message: table ? `There is no column "${name}" in "${table}"` : `There is no column "${name}"`,
    hint: nearest ? `Did you mean "${nearest}"?` : proposed.length > 0 ? suggest(name, proposed) : undefined,
  };
}

function syntaxHint(line: string): string | undefined {
  if (/at end of input/.test(line)) return "Something is missing at the end of the statement.";
  if (/unterminated/.test(line)) return "A quote or a comment is opened and not closed.";
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n")[0].trim();
}

/**
 * Reads `LINE 2: …fragment…` and the caret below it. DuckDB shortens a long line with "..." on either side, so the
 * fragment is found again in the user's text.
 */
function placeOf(text: string, { sql, linesBefore = 0 }: FaultContext): Place | undefined {
  const shown = /LINE (\d+): (.*)\n( *)\^/.exec(text);
  if (!shown) return undefined;
  const line = Number(shown[1]) - linesBefore;
  const source = sql.split("\n")[line - 1];
  if (source === undefined) return undefined;
  const caret = shown[3].length - `LINE ${shown[1]}: `.length;
  const head = shown[2].startsWith("...") ? 3 : 0;
  const fragment = shown[2].slice(head).replace(/\.\.\.$/, "");
  const start = head > 0 ? source.replaceAll("\t", " ").indexOf(fragment.replaceAll("\t", " ")) : 0;
  return { line, column: Math.max(0, start) + Math.max(0, caret - head) + 1 };
}
