import { Fault, type FaultData } from "../base";
import { hintFor } from "./hints";
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
  /** What the code could have meant: tables by their names, and the toolbox. */
  known: Readonly<Record<string, unknown>>;
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
