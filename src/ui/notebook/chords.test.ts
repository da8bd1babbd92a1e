import { describe, expect, it } from "vitest";
import { chordOf, createChords, type Press, shownKeys } from "./chords";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});

describe("chords", () => {
  it.each<[Press, string]>([
    [press("j"), "j"],
    [press("J", { shiftKey: true }), "Shift+j"],
    [press("?", { shiftKey: true }), "?"],
    [press("Enter", { shiftKey: true }), "Shift+Enter"],
    [press("z", { metaKey: true }), "Mod+z"],
    [press("_", { ctrlKey: true, shiftKey: true, code: "Minus" }), "Mod+Shift+-"],
    [press("ArrowUp", { altKey: true }), "Alt+ArrowUp"],
  ])("%o is %s", (given, chord) => expect(chordOf(given)).toBe(chord));

  it("one and two keys find their binding; the second has to come soon, and to fit", () => {
    const [remove, down] = [{ name: "remove" }, { name: "down" }];
    const chords = createChords([
      { keys: ["d d"], does: remove },
      { keys: ["j", "ArrowDown"], does: down },
    ]);
    expect(chords.press(press("ArrowDown"), 0)).toBe(down);
    expect(chords.press(press("d"), 0)).toBe("waiting");
    expect(chords.press(press("d"), 500)).toBe(remove);
    expect(chords.press(press("d"), 1000)).toBe("waiting");
    expect(chords.press(press("d"), 3000)).toBe("waiting");
    expect(chords.press(press("j"), 3100)).toBe(down);
    expect(chords.press(press("d"), 3200)).toBe("waiting");
    expect(chords.press(press("x"), 3300)).toBe(undefined);
  });
  it("are shown in words", () => {
    expect(shownKeys("d d")).toBe("D then D");
    expect(shownKeys("Mod+Shift+-")).toBe("Ctrl Shift -");
  });
});
