import { readAs, z } from "../base";
import { damaged } from "./faults";

/** What a link carries: the notebook's text, and what its author saw. */
export interface Shared {
  markdown: string;
  /** The task's id and data hash (first 12 hex digits) that the scores belong to. */
  task?: { id: string; data: string };
  /** Score cell name to its primary values by predictions name, as the author's tab computed them. */
  scores?: Record<string, Record<string, number>>;
  /** Cell name to a short check of its result, where it had one. */
  checks?: Record<string, string>;
  /** The notebook on every task of its track: task to its data hash (first 12 hex digits) and score. */
  across?: Record<string, [data: string, score: number]>;
}

/** A text and its provenance as JSON, empty where there is none: what the packings carry. */
export interface Packed {
  markdown: string;
  provenance: string;
}

const schema = z.object({
  t: z.union([z.string().max(64), z.tuple([z.string().max(200), z.string().max(64)])]).optional(),
  s: z.record(z.string().max(200), z.record(z.string().max(200), z.number())).optional(),
  c: z.union([z.string(), z.record(z.string().max(200), z.string().max(16))]).optional(),
  a: z.record(z.string().max(200), z.tuple([z.string().max(64), z.number()])).optional(),
});

/**
 * As one line of JSON; empty where there is nothing to say. From form 3 on it is `terse`: what the text itself says is
 * left out, the task's id and the names of the cells that have a check.
 */
export function formatProvenance({ markdown, task, scores, checks, across }: Shared, terse: boolean): string {
  const said = {
    t: task && (terse && task.id === taskIn(markdown) ? task.data : [task.id, task.data]),
    s:
      scores &&
      Object.fromEntries(Object.entries(scores).map(([cell, values]) => [cell, finite(values, (value) => value)])),
    c: checks && ((terse && inOrder(checks, cellsIn(markdown))) || checks),
    a: across && finite(across, ([, score]) => score),
  };
  return Object.values(said).some((value) => value !== undefined) ? JSON.stringify(said) : "";
}

/** What JSON can say: a score that is no number would come back as none at all. */
function finite<T>(values: Readonly<Record<string, T>>, of: (value: T) => number): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(of(value))));
}

export function readProvenance(text: string, markdown: string): Omit<Shared, "markdown"> {
  if (text === "") return {};
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw damaged("This link is damaged: its provenance cannot be read", cause);
  }
  const { t, s, c, a } = readAs(schema, said, "the link's provenance");
  const [id, data] = typeof t === "string" ? [taskIn(markdown), t] : (t ?? []);
  const checks = typeof c === "string" ? named(c, cellsIn(markdown)) : c;
  return {
    ...(id !== undefined && data !== undefined && { task: { id, data } }),
    ...(s && { scores: s }),
    ...(checks && { checks }),
    ...(a && { across: a }),
  };
}

// How a terse line finds cells and task is part of the link form: it stays, whatever the notebook's own rules become.

function taskIn(markdown: string): string | undefined {
  return /^task: ([\w-]+)$/m.exec(markdown)?.[1];
}

function cellsIn(markdown: string): string[] {
  return [
    ...new Set([...markdown.matchAll(/^```(?:sql|ts|chart|model|score|explain) (\w+)$/gm)].map(([, name]) => name)),
  ];
}

/** The checks in the order of the cells, a dot for one that has none; undefined where that would not say all. */
function inOrder(checks: Readonly<Record<string, string>>, cells: readonly string[]): string | undefined {
  const names = Object.keys(checks);
  if (!names.every((name) => cells.includes(name) && /^[\w-]{4}$/.test(checks[name]))) return undefined;
  return cells.map((cell) => (names.includes(cell) ? checks[cell] : ".")).join("");
}

function named(checks: string, cells: readonly string[]): Record<string, string> {
  const each = checks.match(/[\w-]{4}|\./g) ?? [];
  return Object.fromEntries(cells.flatMap((cell, i) => (each[i] && each[i] !== "." ? [[cell, each[i]]] : [])));
}
