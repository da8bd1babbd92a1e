import type { CellValue } from "../cells";
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

export type Reproduction =
  | { kind: "same"; count: number }
  | { kind: "differs"; cell: string; predictions: string; authors: number; here: number }
  | { kind: "pending" }
  | { kind: "other data" };

/** Compares the author's scores, to the last digit, with those computed here. */
export function reproduction(
  shared: Shared | undefined,
  derived: Derived,
  states: Session["states"],
): Reproduction | undefined {
  if (!shared?.scores) return undefined;
  if (shared.task && derived.dataHash !== "" && !derived.dataHash.startsWith(shared.task.data))
    return { kind: "other data" };
  let count = 0;
  for (const [name, authors] of Object.entries(shared.scores)) {
    const cell = derived.cells.find((each) => each.name === name);
    const value = cell && freshValue(derived, states, cell.id);
    if (value?.kind !== "score") return { kind: "pending" };
    for (const [predictions, author] of Object.entries(authors)) {
      const here = value.entries.find((entry) => entry.name === predictions)?.scored.primary.value;
      if (here === undefined) return { kind: "pending" };
      if (here !== author) return { kind: "differs", cell: name, predictions, authors: author, here };
      count++;
    }
  }
  return { kind: "same", count };
}

function freshValue(derived: Derived, states: Session["states"], id: string): CellValue | undefined {
  const state = states.get(id) ?? { status: "idle" };
  return statusOf(state, derived.keys.get(id)) === "ready" ? lastOf(state)?.value : undefined;
}
