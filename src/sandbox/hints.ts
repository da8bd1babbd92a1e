import { nearestName, suggest } from "../base";
import type { Row } from "./rows";

/** What a hint may know beside the error. */
export interface HintContext {
  /** While which row was computed. */
  row?: { value: Row };
  /** What the code could have meant: tables by their names, and the toolbox. */
  known: Readonly<Record<string, unknown>>;
}

/** What it says of an error, or nothing where it is about another. The words of V8 and of SpiderMonkey are told apart here alone. */
type Rule = [said: RegExp, hint: (match: RegExpExecArray, context: HintContext) => string | undefined];

const RULES: readonly Rule[] = [
  [
    /^Cannot (?:read|set) properties of (?:null|undefined) \((?:reading|setting) '(.+)'\)/,
    ([, name], at) => missing(name, at),
  ],
  [/^can't access property "(.+)", .* is (?:null|undefined)$/, ([, name], at) => missing(name, at)],
  [/^Cannot destructure property '(.+?)' of/, ([, name], at) => missing(name, at)],
  [
    /^Cannot convert undefined or null to object|^can't convert (?:null|undefined) to object/,
    (_, at) => missing(undefined, at),
  ],
  [/ is (?:null|undefined)$/, (_, at) => missing(undefined, at)],
  [/^([\w$]+) is not defined$/, ([, name], { known }) => suggest(name, Object.keys(known))],
  [/^(.+)\.([\w$]+) is not a function$/, ([, of, method], at) => noMethod(of, method, at)],
  [/^([\w$]+) is not a function$/, ([, name]) => calledValue(name)],
  [
    /is not iterable|Symbol\.iterator/,
    (_, at) =>
      emptyColumns(at).length > 0
        ? missing(undefined, at)
        : "Only lists and texts can be spread, or gone through by for … of.",
  ],
  [/^Assignment to constant|^invalid assignment to const/, () => "Declare it with let in place of const."],
  [
    /^Cannot access '(.+)' before initialization|^can't access lexical declaration '(.+)' before/,
    ([, v8, firefox]) => `${v8 ?? firefox} is used above the line that declares it: move the declaration up.`,
  ],
  [
    /JSON/,
    () =>
      "The text that is parsed is no JSON here: look at it with display(…), and parse only where it is, or within try … catch.",
  ],
  [
    /^Invalid regular expression|^(?:invalid|unterminated|nothing to repeat|unmatched).*/i,
    (match) => (/regular|repeat|parenthe|character class|group|quantifier|escape/i.test(match[0]) ? ESCAPE : undefined),
  ],
  [
    /^Invalid (?:array length|count value)|invalid array length|repeat count must/,
    () => "A length or a number of times is negative, not whole, or too large.",
  ],
  [/^Cannot mix BigInt|can't convert BigInt/, () => "Number(…) makes an ordinary number of a BigInt."],
  [
    /^Reduce of empty array|^reduce of empty array/,
    () => "The list is empty here: give reduce a value to begin with, as in .reduce((sum, x) => sum + x, 0).",
  ],
  [
    /dynamically imported module|error loading dynamically/i,
    () => "Cells have no network: nothing can be loaded while they run.",
  ],
  [/call stack|too much recursion/i, () => "A function calls itself without an end."],
];

const ESCAPE =
  "In a pattern the characters . * + ? ( ) [ ] { } | ^ $ \\\\ stand for something else: write \\\\ before one that is meant itself.";

/** Those of the language itself: what an author throws says what it means. */
const OF_THE_LANGUAGE = new Set(["TypeError", "ReferenceError", "RangeError", "SyntaxError", "InternalError"]);

/** The likely way out of what user code threw, for who wrote the code. */
export function hintFor({ name, message }: Error, context: HintContext): string | undefined {
  if (!OF_THE_LANGUAGE.has(name)) return undefined;
  for (const [said, hint] of RULES) {
    const match = said.exec(message);
    const told = match && hint(match, context);
    if (told) return told;
  }
  return undefined;
}

/** Something before a dot is not there: a column that is empty on this row, if there is one. */
function missing(property: string | undefined, context: HintContext): string {
  const empty = emptyColumns(context);
  const name = property ?? "…";
  if (empty.length === 0) return `Something before ".${name}" is missing here: null or undefined.`;
  const [first] = empty;
  return `On this row ${empty.join(", ")} ${empty.length === 1 ? "is" : "are"} missing (null): write ${first}?.${name}, or give a value of your own: (${first} ?? "").${name}.`;
}

/** The row's columns that are null, as the user writes them. */
function emptyColumns({ row }: HintContext): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(row?.value ?? {})) {
    if (value === null) found.push(`row.${name}`);
    else if (name === "left" || name === "right")
      for (const [inner, part] of Object.entries(value as Row)) if (part === null) found.push(`row.${name}.${inner}`);
  }
  return found.slice(0, 5);
}

const calledValue = (of: string): string => `${of} is a value: leave out the parentheses after it.`;

/** A method that its object has not: misspelt, or another kind of value's. */
function noMethod(of: string, method: string, { row, known }: HintContext): string | undefined {
  const value = valueAt(of, { row: row?.value, ...known });
  if (value === undefined || value === null) return undefined;
  if (Object.hasOwn(Object(value), method)) return calledValue(`${of}.${method}`);
  if (typeof value === "object" && Object.hasOwn(known, of)) return suggest(method, Object.keys(value));
  const shown =
    typeof value === "string"
      ? `a text (${JSON.stringify(value.slice(0, 40))})`
      : typeof value === "number"
        ? `a number (${value})`
        : undefined;
  if (typeof value === "number" && method in String.prototype)
    return `${of} is ${shown}: String(${of}).${method} takes it as a text.`;
  if (typeof value === "string" && method in Number.prototype)
    return `${of} is ${shown}: Number(${of}).${method} takes it as a number.`;
  if (typeof value === "string" && method in Array.prototype)
    return `${of} is ${shown}: ${of}.split(" ").${method} goes through its words, [...${of}].${method} through its letters.`;
  const meant = nearestName(method, methodsOf(value));
  if (meant) return `Did you mean "${meant}"?`;
  return shown && `${of} is ${shown}, which has no ${method}.`;
}

/** What a path like `row.left.title` holds; nothing for one with a call in it. */
function valueAt(path: string, names: Record<string, unknown>): unknown {
  if (!/^[\w$]+(?:\??\.[\w$]+)*$/.test(path)) return undefined;
  let value: unknown = names;
  for (const name of path.split(/\??\./)) {
    if (value === undefined || value === null || !Object.hasOwn(Object(value), name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function methodsOf(value: unknown): string[] {
  const prototype: object = Object.getPrototypeOf(Object(value));
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
}
