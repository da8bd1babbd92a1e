import { namesRead } from "./names";

/** Something that changed what the engine holds, beside the files it opened. */
export type Step =
  | { kind: "keep"; name: string; sql: string }
  | { kind: "put"; name: string; arrow: Uint8Array }
  | { kind: "alias"; name: string; target: string }
  | { kind: "drop"; name: string };

export interface Journal {
  /** A new engine that holds these tables. */
  start(tables: readonly string[]): void;
  /** Call it before the step is recorded, with what the step is going to be, and commit when it succeeded. */
  record(step: Step): void;
  /** Takes back a name whose step can no longer be repeated. */
  forget(name: string): void;
  /** The steps that bring a fresh engine with the same files to the same state, in order. */
  plan(): Step[];
  /** What a user can name: opened tables, aliases, and kept tables that no alias shows. */
  names(): string[];
}

interface Entry {
  step: Step;
  /** The entries whose names this one read when it ran. */
  reads: Entry[];
}

/**
 * Remembers how the engine's tables were made, so that a restarted engine can be brought back. A statement is repeated on
 * what it read at its time: an older version of a name stays in the plan as long as something living was made from it.
 * Everything else is forgotten.
 */
export function createJournal(): Journal {
  let tables: string[] = [];
  let entries: Entry[] = [];
  let current = new Map<string, Entry>();

  const readBy = (step: Step): Entry[] => {
    const names =
      step.kind === "keep"
        ? namesRead(
            step.sql,
            [...current.values()].map((entry) => entry.step.name),
          )
        : step.kind === "alias"
          ? [step.target]
          : [];
    return names.flatMap((name) => current.get(key(name)) ?? []);
  };

  const prune = () => {
    const living = new Set<Entry>();
    const reach = (entry: Entry) => {
      if (living.has(entry)) return;
      living.add(entry);
      for (const read of entry.reads) reach(read);
    };
    for (const entry of current.values()) if (entry.step.kind !== "drop") reach(entry);
    // A dropped name has to be dropped again where the plan makes it, or where it came with the files.
    const made = new Set([...living].map((entry) => key(entry.step.name)).concat(tables.map(key)));
    for (const [name, entry] of current) {
      if (entry.step.kind !== "drop") continue;
      if (made.has(name)) living.add(entry);
      else current.delete(name);
    }
    entries = entries.filter((entry) => living.has(entry));
  };

  return {
    start: (opened) => {
      tables = [...opened];
      entries = [];
      current = new Map();
    },
    record: (step) => {
      const entry: Entry = { step, reads: readBy(step) };
      entries.push(entry);
      current.set(key(step.name), entry);
      prune();
    },
    forget: (name) => {
      current.delete(key(name));
      prune();
    },
    plan: () => entries.map((entry) => entry.step),
    names: () => {
      const shown = new Set<string>();
      for (const { step } of current.values()) if (step.kind === "alias") shown.add(key(step.target));
      const mine = [...current.values()].filter(({ step }) => step.kind !== "drop").map(({ step }) => step.name);
      const all = [...tables.filter((name) => current.get(key(name)) === undefined), ...mine];
      return all.filter((name) => !shown.has(key(name)) || tables.includes(name));
    },
  };
}

/** Names of tables do not tell cases apart in SQL. */
function key(name: string): string {
  return name.toLowerCase();
}
