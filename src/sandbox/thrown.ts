import { Fault, type FaultData, suggest } from "../base";
import type { Row } from "./rows";

/** The place of the user's module in a stack: the first frame that lies in it. Lines and columns from 1. */
export function placeIn(stack: unknown, url: string): { line: number; column: number } | undefined {
  if (typeof stack !== "string") return undefined;
  const at = stack.indexOf(`${url}:`);
  const match = at < 0 ? null : /^(\d+):(\d+)/.exec(stack.slice(at + url.length + 1));
  return match ? { line: Number(match[1]), column: Number(match[2]) } : undefined;
}

export interface ThrownContext {
  url: string;
  /** While which row was computed. */
  row?: { id: string; split: string; value: Row };
  /** What the code could have meant: names of tables and of the toolbox. */
  known: readonly string[];
}

/**
 * What user code threw, as fault data placed in the *generated* module (the page maps it to TypeScript).
 * The cause is said in the engine's words, with the row and the likely fix.
 */
export function faultOfThrown(error: unknown, context: ThrownContext): FaultData {
  const where = error instanceof Error ? placeIn(error.stack, context.url) : undefined;
  const during = context.row ? ` (row "${context.row.id}" of ${context.row.split})` : "";
  if (error instanceof Fault) {
    return { ...error.toData(), message: `${error.message}${placesRow(error) ? "" : during}`, where };
  }
  if (error instanceof Error) {
    const hint = hintFor(error, context);
    return {
      code: error instanceof SyntaxError && !where ? "code-syntax" : "code-threw",
      message: `${error.name}: ${error.message}${during}`,
      ...(hint !== undefined && { hint }),
      where,
    };
  }
  return {
    code: "code-threw",
    message: `The code threw ${typeof error === "string" ? JSON.stringify(error) : String(error)}${during}`,
    hint: `Throw an Error (throw new Error("…")) to see the line that threw.`,
  };
}

/** The collector's faults name their rows themselves. */
function placesRow(fault: Fault): boolean {
  return fault.code === "code-feature-value" || fault.code === "code-mixed-types";
}

function hintFor(error: Error, { row, known }: ThrownContext): string | undefined {
  const missing = /Cannot read properties of (null|undefined) \(reading '(.+)'\)/.exec(error.message);
  if (missing || / is (null|undefined)$/.test(error.message)) {
    const empty = row ? emptyColumns(row.value) : [];
    const property = missing?.[2] ?? "…";
    if (empty.length === 0) return `Something before ".${property}" is ${missing?.[1] ?? "missing"} here.`;
    const [first] = empty;
    return `On this row ${empty.join(", ")} ${empty.length === 1 ? "is" : "are"} missing (null): write ${first}?.${property}, or give a value of your own: (${first} ?? "").${property}.`;
  }
  const unknown = /^(\S+) is not defined$/.exec(error.message);
  if (error instanceof ReferenceError && unknown) return suggest(unknown[1], known);
  if (/dynamically imported module|error loading dynamically/i.test(error.message)) {
    return "Cells have no network: nothing can be loaded while they run.";
  }
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return "A function calls itself without an end.";
  return undefined;
}

/** The row's columns that are null, as the user writes them. */
function emptyColumns(row: Row): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (value === null) found.push(`row.${name}`);
    else if (name === "left" || name === "right")
      for (const [inner, part] of Object.entries(value as Row)) if (part === null) found.push(`row.${name}.${inner}`);
  }
  return found.slice(0, 5);
}
