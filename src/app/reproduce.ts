import { type CellContext, type CellValue, checkOf } from "../cells";
import { cellNamed, parseNotebook } from "../notebook";
import { lastOf, statusOf } from "../runtime";
import type { Shared } from "../share";
import type { Derived } from "./graph";
import type { Session } from "./state";

type Scores = NonNullable<Shared["scores"]>;

/** The primary value of every fresh score cell, for the link: what the author saw. */
export function authorScores(derived: Derived, states: Session["states"]): Scores | undefined {
  const scores: Scores = {};
  for (const cell of derived.cells) {
    const value = freshValue(derived, states, cell.id);
    if (value?.kind !== "score") continue;
    scores[cell.name] = Object.fromEntries(value.entries.map(({ name, scored }) => [name, scored.primary.value]));
  }
  return Object.keys(scores).length > 0 ? scores : undefined;
}

/** A cell whose result is another one than the author's; `changed`: so is its text. */
export interface Deviation {
  cell: string;
  changed: boolean;
}

export type Reproduction =
  /** `first`: the scores are the same, but the first result that differs in some detail is this one. */
  | { kind: "same"; of: "scores" | "results"; count: number; first?: Deviation }
  | { kind: "differs"; cell: string; predictions: string; authors: number; here: number; first?: Deviation }
  /** There are no scores to compare, or some are the same; a result is not. */
  | { kind: "result differs"; first: Deviation }
  | { kind: "pending" }
  | { kind: "other data" };

/**
 * Compares the author's scores, to the last digit, with those computed here, and names the first cell in the order of
 * running whose result differs by its check.
 */
export function reproduction(
  shared: Shared | undefined,
  derived: Derived,
  states: Session["states"],
  checks: Readonly<Record<string, string>> = {},
): Reproduction | undefined {
  if (!shared?.scores && !shared?.checks) return undefined;
  if (shared.task && derived.dataHash !== "" && !derived.dataHash.startsWith(shared.task.data))
    return { kind: "other data" };
  const deviation = firstDeviation(shared, derived, checks);
  const first = deviation && { first: deviation };
  let count = 0;
  for (const [name, authors] of Object.entries(shared.scores ?? {})) {
    const cell = derived.cells.find((each) => each.name === name);
    const value = cell && freshValue(derived, states, cell.id);
    if (value?.kind !== "score") return { kind: "pending" };
    for (const [predictions, author] of Object.entries(authors)) {
      const here = value.entries.find((entry) => entry.name === predictions)?.scored.primary.value;
      if (here === undefined) return { kind: "pending" };
      if (here !== author) return { kind: "differs", cell: name, predictions, authors: author, here, ...first };
      count++;
    }
  }
  if (count > 0) return { kind: "same", of: "scores", count, ...first };
  if (deviation) return { kind: "result differs", first: deviation };
  const compared = Object.keys(shared.checks ?? {}).filter((name) => name in checks).length;
  return compared < Object.keys(shared.checks ?? {}).length
    ? { kind: "pending" }
    : { kind: "same", of: "results", count: compared };
}

function firstDeviation(
  { checks: authors = {}, markdown }: Shared,
  { graph, cells }: Derived,
  checks: Readonly<Record<string, string>>,
): Deviation | undefined {
  for (const id of graph.order) {
    const cell = cells.find((each) => each.id === id);
    if (!cell || !Object.hasOwn(authors, cell.name) || !Object.hasOwn(checks, cell.name)) continue;
    if (authors[cell.name] === checks[cell.name]) continue;
    return { cell: cell.name, changed: cellNamed(parseNotebook(markdown), cell.name)?.source !== cell.source };
  }
  return undefined;
}

/** The check of every cell's fresh result, by name. */
export async function checksOf(
  derived: Derived,
  states: Session["states"],
  context: CellContext,
): Promise<Record<string, string>> {
  const checks: Record<string, string> = {};
  for (const cell of derived.cells) {
    const value = freshValue(derived, states, cell.id);
    if (value) checks[cell.name] = await checkOf(value, context);
  }
  return checks;
}

export function freshValue(derived: Derived, states: Session["states"], id: string): CellValue | undefined {
  const state = states.get(id) ?? { status: "idle" };
  return statusOf(state, derived.keys.get(id)) === "ready" ? lastOf(state)?.value : undefined;
}
