import { treeOf } from "./compile";
import { parsers } from "./parsers";

const MOST_REMEMBERED = 500;
const remembered = new Map<string, ReadonlySet<string>>();

/**
 * The names among `known` that a cell's module reads: its free identifiers. A text that does not parse (it is being
 * typed) gives every known name that occurs in it as a word outside of comments, quotes and property accesses.
 */
export function namesRead(source: string, known: readonly string[]): string[] {
  const free = freeNames(source);
  return known.filter((name) => free.has(name));
}

function freeNames(source: string): ReadonlySet<string> {
  let free = remembered.get(source);
  if (!free) {
    free = globalsOf(source) ?? wordsOf(source);
  } else remembered.delete(source);
  remembered.set(source, free);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  return free;
}

/** Undefined for a text that does not parse, or that nests too deeply to be walked. */
function globalsOf(source: string): Set<string> | undefined {
  const { analyze } = parsers();
  const tree = treeOf(source);
  try {
    return tree && new Set(analyze(tree as Parameters<typeof analyze>[0]).globals.keys());
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Quotes are looked at as far as their most: one that is never closed is looked for from every other one. */
function wordsOf(source: string): Set<string> {
  const bare = source
    .replace(/\/\*[\s\S]*?(\*\/|$)|\/\/.*/g, " ")
    .replace(/"(?:[^"\\\n]|\\.){0,400}"|'(?:[^'\\\n]|\\.){0,400}'/g, " ");
  return new Set(Array.from(bare.matchAll(/(?<![.\w$])[\p{ID_Start}$_][\p{ID_Continue}$]*/gu), ([word]) => word));
}
