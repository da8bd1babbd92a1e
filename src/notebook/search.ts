import { Fault } from "../base";
import type { Notebook } from "./document";
import { setSource } from "./edit";

export interface SearchQuery {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
  /** `text` is a regular expression. */
  pattern: boolean;
}

/** A place in a cell's source; offsets from 0. */
export interface Match {
  cell: string;
  start: number;
  end: number;
}

/** More than a reader will ever step through; a pattern such as `.` must not fill the memory. */
const MOST_MATCHES = 10_000;

/**
 * The query as a regular expression over one source; undefined for an empty one.
 * @throws Fault `search-pattern` where the reader's pattern is none
 */
export function searchPattern({ text, matchCase, wholeWord, pattern }: SearchQuery): RegExp | undefined {
  if (text === "") return undefined;
  const body = pattern ? text : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const bounded = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${body})(?![\\p{L}\\p{N}_])` : body;
  try {
    return new RegExp(bounded, `gmu${matchCase ? "" : "i"}`);
  } catch (cause) {
    throw new Fault("search-pattern", `"${text}" is no regular expression`, {
      hint: "Put a \\ before brackets, dots and the like, or turn the pattern off.",
      cause,
    });
  }
}

/** N15: every match in every cell, in the notebook's order. Empty matches are none. */
export function findInNotebook(notebook: Notebook, query: SearchQuery): Match[] {
  const pattern = searchPattern(query);
  const found: Match[] = [];
  if (!pattern) return found;
  for (const { id, source } of notebook.cells) {
    for (const match of source.matchAll(pattern)) {
      if (match[0] === "") continue;
      if (found.length >= MOST_MATCHES) return found;
      found.push({ cell: id, start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

/** N16: replaces one match, or all of them. In a pattern's replacement `$1` and `$<name>` stand for its groups. */
export function replaceInNotebook(notebook: Notebook, query: SearchQuery, replacement: string, only?: Match): Notebook {
  const pattern = searchPattern(query);
  if (!pattern) return notebook;
  let next = notebook;
  for (const { id, source } of notebook.cells) {
    if (only && only.cell !== id) continue;
    const changed = replaceIn(source, pattern, query.pattern ? replacement : replacement.replaceAll("$", "$$$$"), only);
    if (changed !== source) next = setSource(next, id, changed);
  }
  return next;
}

/** Each match is replaced by itself, by the text it stands in, so that groups and look-around mean the same as in the search. */
function replaceIn(source: string, pattern: RegExp, replacement: string, only: Match | undefined): string {
  let text = "";
  let at = 0;
  for (const match of source.matchAll(pattern)) {
    if (match[0] === "" || (only && only.start !== match.index)) continue;
    text += source.slice(at, match.index) + expand(replacement, match);
    at = match.index + match[0].length;
  }
  return text + source.slice(at);
}

function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\$(\$|&|\d{1,2}|<([^>]+)>)/g, (whole, what: string, name?: string) => {
    if (what === "$") return "$";
    if (what === "&") return match[0];
    const group = name === undefined ? match[Number(what)] : match.groups?.[name];
    const known = name === undefined ? Number(what) < match.length : name in (match.groups ?? {});
    return known ? (group ?? "") : whole;
  });
}
