import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Program } from "acorn";
import type { Options } from "sucrase";
import { Fault, type Place, suggest } from "../base";
import { type ColumnsRead, columnsRead } from "./columns-read";
import { importsIn } from "./imports";
import { parsers } from "./parsers";
import { type Complaint, innermostComplaint } from "./syntax-place";

/** A longer cell is no cell: the parsers would hold the page for long. */
const LONGEST_SOURCE = 1_000_000;

const SUCRASE: Options = {
  transforms: ["typescript"],
  disableESTransforms: true,
  preserveDynamicImport: true,
  filePath: "cell.ts",
  sourceMapOptions: { compiledFilename: "cell.js" },
};

export interface Compiled {
  /** JavaScript with blanks where the imports of the toolbox were: every other character keeps its line and column. */
  code: string;
  /** The imports of the toolbox up to their specifier. They go to the module's end, where they are hoisted from. */
  imports: string[];
  /** What its features can read of their rows. */
  reads: ColumnsRead;
  /** A place in `code` (both from 1) as a place in the TypeScript source. */
  placeOf(line: number, column: number | undefined): { line: number; column?: number };
}

/**
 * TypeScript to a JavaScript module: types are stripped, not checked. `tools` are the names that `polytab` exports.
 * @throws Fault `code-syntax`, `code-import`, `code-too-long`, placed in the source
 */
export function compile(source: string, tools: readonly string[]): Compiled {
  if (source.length > LONGEST_SOURCE) {
    throw new Fault("code-too-long", `The cell has ${source.length.toLocaleString("en")} characters`, {
      hint: `The most is ${LONGEST_SOURCE.toLocaleString("en")}. Data belongs in the task's files or in an SQL cell.`,
    });
  }
  const { code, map } = stripTypes(source);
  const placeOf = (line: number, column: number | undefined): { line: number; column?: number } => {
    if (column === undefined) return { line };
    const original = originalPositionFor(map, { line, column: column - 1 });
    return original.line === null ? { line, column } : { line: original.line, column: original.column + 1 };
  };
  const program = parseModule(code, placeOf);
  const { toolbox, foreign } = importsIn(program);
  if (foreign) throw foreignImport(foreign.specifier, foreign.isDynamic, placeAt(code, foreign.start, placeOf));
  for (const { imported } of toolbox)
    for (const { name, start } of imported)
      if (!tools.includes(name)) throw unknownTool(name, tools, placeAt(code, start, placeOf));
  return {
    code: blanked(code, toolbox),
    imports: toolbox.map((found) => code.slice(found.start, found.specifierStart)),
    reads: columnsRead(program),
    placeOf,
  };
}

/** The tree of a TypeScript text, or undefined where it does not parse. */
export function treeOf(source: string): Program | undefined {
  const { parse, transform } = parsers();
  try {
    return parse(transform(source, SUCRASE).code, { ecmaVersion: "latest", sourceType: "module" });
  } catch {
    return undefined;
  }
}

/** The tree of a TypeScript text with the way from a place in it (line from 1, column from 0) to an offset of the text. */
export function placedTreeOf(
  source: string,
): { tree: Program; offsetOf: (place: { line: number; column: number }) => number | undefined } | undefined {
  try {
    const { code, map } = stripTypes(source);
    const starts = [0];
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
    return {
      tree: parsers().parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true }),
      offsetOf: (place) => {
        const { line, column } = originalPositionFor(map, place);
        return line === null ? undefined : starts[line - 1] + column;
      },
    };
  } catch {
    return undefined;
  }
}

function stripTypes(source: string): { code: string; map: TraceMap } {
  const { transform } = parsers();
  try {
    const { code, sourceMap } = transform(source, SUCRASE);
    return { code, map: new TraceMap(sourceMap as ConstructorParameters<typeof TraceMap>[0]) };
  } catch (error) {
    const first = sucraseComplaint(error);
    if (!first) throw syntaxFault(error, undefined);
    const { message, offset } = innermostComplaint(source, first, (text) => {
      try {
        transform(text, SUCRASE);
      } catch (other) {
        return sucraseComplaint(other);
      }
      return undefined;
    });
    throw syntaxFault(new Error(message, { cause: error }), placeOfOffset(source, offset));
  }
}

function sucraseComplaint(error: unknown): Complaint | undefined {
  const { message, pos } = error as { message: string; pos?: number };
  return pos === undefined ? undefined : { message, offset: pos };
}

/** Sucrase lets pass much that is no JavaScript; the real parser says what and where before anything runs. */
function parseModule(code: string, placeOf: Compiled["placeOf"]): Program {
  try {
    return parsers().parse(code, { ecmaVersion: "latest", sourceType: "module" });
  } catch (error) {
    const { loc } = error as { loc?: { line: number; column: number } };
    throw syntaxFault(error, loc && placeOf(loc.line, loc.column + 1));
  }
}

function syntaxFault(error: unknown, where: Place | undefined): Fault {
  const said = String((error as Error).message)
    .replace(/^Error transforming cell\.ts: /, "")
    .replace(/\s*\(\d+:\d+\)$/, "");
  return new Fault("code-syntax", `The code cannot be read: ${said}`, {
    hint: "Look at this place and just before it.",
    where: where && { line: where.line, column: where.column },
    cause: error,
  });
}

function foreignImport(specifier: string, isDynamic: boolean, where: Place): Fault {
  if (specifier === "polytab") {
    return new Fault("code-import", `Cannot import "polytab" while the cell runs`, {
      hint: `Import it at the top of the cell: import { … } from "polytab";`,
      where,
    });
  }
  const way = isDynamic ? "load" : "import";
  return new Fault("code-import", `Cannot ${way} "${specifier}": a cell can import only "polytab"`, {
    hint: "Cells run without a network. Paste what you need into the cell, or look for it in polytab's toolbox.",
    where,
  });
}

function unknownTool(name: string, tools: readonly string[], where: Place): Fault {
  const message = name === "default" ? `"polytab" has no default export` : `"polytab" has no "${name}"`;
  const hint = name === "default" ? `Write import { … } from "polytab";` : suggest(name, tools);
  return new Fault("code-import", message, { hint, where });
}

function placeAt(code: string, offset: number, placeOf: Compiled["placeOf"]): Place {
  const { line, column } = placeOfOffset(code, offset);
  return placeOf(line, column);
}

function placeOfOffset(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

function blanked(code: string, spans: { start: number; end: number }[]): string {
  let text = "";
  let at = 0;
  for (const { start, end } of spans) {
    text += code.slice(at, start) + code.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return text + code.slice(at);
}
