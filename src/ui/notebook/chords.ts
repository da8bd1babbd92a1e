/** Cuts a cell in two, in its editor. */
export const SPLIT_KEYS = "Mod+Shift+-";

/** The part of a keyboard event that chords look at. */
export interface Press {
  key: string;
  code?: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * A press as a chord's text: modifiers in one order, then the key. Letters are written small and carry Shift; a character
 * that Shift makes (`?`, `*`) is written as itself.
 */
export function chordOf({ key, code, shiftKey, altKey, ctrlKey, metaKey }: Press): string {
  // With Ctrl and Shift the key is what the layout makes of it: the minus key says "_".
  const plain = (ctrlKey || metaKey) && code === "Minus" ? "-" : key;
  const letter = plain.length === 1 && plain.toLowerCase() !== plain.toUpperCase();
  const shifted = shiftKey && (letter || plain.length > 1 || ctrlKey || metaKey);
  return [
    ctrlKey || metaKey ? "Mod" : "",
    altKey ? "Alt" : "",
    shifted ? "Shift" : "",
    plain === " " ? "Space" : letter ? plain.toLowerCase() : plain,
  ]
    .filter(Boolean)
    .join("+");
}

/** How long a first key waits for its second, like the `d` of `d d`. */
const PATIENCE_MS = 800;

export interface Chords<T> {
  /** What the keys pressed up to now mean; `waiting` when they may yet mean something. */
  press(press: Press, at: number): T | "waiting" | undefined;
}

/** Finds bindings by their keys: a chord, or two of them after each other with a space between. */
export function createChords<T extends object>(bindings: readonly { keys: readonly string[]; does: T }[]): Chords<T> {
  const byKeys = new Map(bindings.flatMap(({ keys, does }) => keys.map((each) => [each, does] as const)));
  const starts = new Set([...byKeys.keys()].flatMap((keys) => (keys.includes(" ") ? [keys.split(" ")[0]] : [])));
  let first: { chord: string; at: number } | undefined;
  return {
    press: (press, at) => {
      const chord = chordOf(press);
      const second = first && at - first.at < PATIENCE_MS ? byKeys.get(`${first.chord} ${chord}`) : undefined;
      first = undefined;
      if (second) return second;
      const found = byKeys.get(chord);
      if (found) return found;
      if (!starts.has(chord)) return undefined;
      first = { chord, at };
      return "waiting";
    },
  };
}

const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
const NAMES: Record<string, string> = MAC
  ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", ArrowUp: "↑", ArrowDown: "↓", Enter: "↩" }
  : { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

/** A binding as it is shown: `Ctrl ⇧ -`, `D D`. */
export function shownKeys(keys: string): string {
  return keys
    .split(" ")
    .map((chord) =>
      chord
        .split(/(?<=.)\+/)
        .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(MAC ? "" : " "),
    )
    .join(" then ");
}
