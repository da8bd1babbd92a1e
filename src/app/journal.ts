/** What was last edited of a notebook, until it is stored. */
export interface Unstored {
  markdown: string;
  /** When it was edited, in milliseconds since 1970. */
  at: number;
}

/**
 * The newest text of each notebook that is not stored yet, kept where a write is done when it returns: IndexedDB takes some
 * ten milliseconds to keep a text, and a tab that is killed meanwhile would lose it.
 */
export interface Journal {
  note(slot: string, unstored: Unstored): void;
  /** Forgets the text if it is still this one, or whatever it is. */
  forget(slot: string, markdown?: string): void;
  /** What a tab that went had not stored. */
  read(slot: string): Unstored | undefined;
}

/** Longer texts are not worth a pause at every letter: they are as safe as IndexedDB makes them. */
const LONGEST = 200_000;
const KEY = "polytab-unstored ";

export function createJournal(storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined): Journal {
  const read: Journal["read"] = (slot) => {
    const text = storage?.getItem(KEY + slot);
    const [, at, markdown] = /^(\d+) ([\s\S]*)$/.exec(text ?? "") ?? [];
    return markdown === undefined ? undefined : { at: Number(at), markdown };
  };
  const forget: Journal["forget"] = (slot, markdown) => {
    if (markdown === undefined || read(slot)?.markdown === markdown) storage?.removeItem(KEY + slot);
  };
  return {
    read,
    forget,
    note: (slot, { markdown, at }) => {
      if (markdown.length > LONGEST) return forget(slot);
      try {
        storage?.setItem(KEY + slot, `${at} ${markdown}`);
      } catch {
        forget(slot); // full, or not for this page: an older text is worth nothing
      }
    },
  };
}

/** The browser's own; undefined where a page may not have one. */
export function browserJournal(): Journal {
  try {
    return createJournal(globalThis.localStorage);
  } catch {
    return createJournal(undefined);
  }
}
