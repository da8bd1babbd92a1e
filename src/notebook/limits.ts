import type { FaultData } from "../base";

/**
 * What a stranger's text may ask of the page before anybody has agreed to run it: parsers and highlighters are fast on what
 * people write, and need seconds, or the whole stack, on what was made to hurt them. Settings are a few lines; code may be
 * a small program.
 */
const LONGEST_CELL = { sql: 50_000, ts: 50_000, chart: 10_000, model: 10_000, score: 10_000, explain: 10_000 } as const;
/** Brackets, list marks and quotation marks within one another. */
const DEEPEST = 200;

/** A cell that no parser is shown: it is too long, or too deep. */
export function sizeFault(cell: {
  kind: keyof typeof LONGEST_CELL;
  name: string;
  source: string;
}): FaultData | undefined {
  const most = LONGEST_CELL[cell.kind];
  const where = { cell: cell.name };
  if (cell.source.length > most)
    return {
      code: "cell-long",
      message: `The cell "${cell.name}" has ${cell.source.length.toLocaleString("en")} characters; the most of a ${cell.kind} cell is ${most.toLocaleString("en")}`,
      hint: "Data belongs in the task's files; a long program in several cells.",
      where,
    };
  if (isDeep(cell.source))
    return {
      code: "cell-deep",
      message: `The cell "${cell.name}" nests deeper than ${DEEPEST} levels`,
      hint: "Put the inner parts into cells or variables of their own.",
      where,
    };
  return undefined;
}

/** Whether brackets, or the marks that a line begins with (`> - 1.`), or its indentation nest too deeply. */
export function isDeep(source: string): boolean {
  let open = 0;
  let lead = 0;
  let leading = true;
  for (let i = 0; i < source.length; i++) {
    const letter = source[i];
    if (letter === "\n") {
      lead = 0;
      leading = true;
    } else if ("([{".includes(letter)) {
      if (++open > DEEPEST) return true;
    } else if (")]}".includes(letter)) open = Math.max(0, open - 1);
    if (leading && letter !== "\n") {
      const isMark = letter === ">" || (/[-*+.)?:]/.test(letter) && /[ \t]/.test(source[i + 1] ?? ""));
      if (isMark || letter === "\t" || letter === " ") lead += isMark ? 2 : 1;
      else if (!/[\d*+-]/.test(letter)) leading = false;
      if (lead > DEEPEST) return true;
    }
  }
  return false;
}
