import type { Notebook } from "./document";

/** Undo and redo over whole notebooks; they share the cells that an edit left alone, so a step costs little. */
export interface History {
  past: readonly Notebook[];
  present: Notebook;
  future: readonly Notebook[];
  /** What the last edit was about (say `source c3`): a run of equal ones is undone as one. */
  merging?: string;
}

const KEPT = 200;

export function startHistory(notebook: Notebook): History {
  return { past: [], present: notebook, future: [] };
}

/** A new present. With the same `merging` as the last edit, the step before that one stays the one to go back to. */
export function record(history: History, next: Notebook, merging?: string): History {
  if (next === history.present) return history;
  const joined = merging !== undefined && merging === history.merging && history.past.length > 0;
  const past = joined ? history.past : [...history.past, history.present].slice(-KEPT);
  return { past, present: next, future: [], merging };
}

export function undo(history: History): History {
  const present = history.past.at(-1);
  if (!present) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redo(history: History): History {
  const [present, ...future] = history.future;
  if (!present) return history;
  return { past: [...history.past, history.present], present, future };
}
