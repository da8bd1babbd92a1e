import { describe, expect, it } from "vitest";
import { createEchoes } from "./echoes";

/** An editor and a slow page: what is typed reaches the page at once and comes back when told to. */
function pair(start: string) {
  const echoes = createEchoes();
  const told: string[] = [];
  const editor = { text: start };
  const set = (text: string) => {
    editor.text = text;
    if (echoes.sent(text)) told.push(text);
  };
  return {
    editor,
    told,
    type: (letter: string) => set(editor.text + letter),
    give: (text: string) => echoes.given(text, editor.text, set),
  };
}

describe("an editor and a page that renders late", () => {
  it("keeps every letter, however late the page gives older texts back", () => {
    const { editor, told, type, give } = pair("s");
    type("i");
    type("m");
    give("si");
    type("i");
    give("sim");
    type("l");
    give("simi");
    give("simil");
    expect(editor.text).toBe("simil");
    expect(told).toEqual(["si", "sim", "simi", "simil"]);
  });

  it("lets the page leave out what it never rendered", () => {
    const { editor, type, give } = pair("");
    type("a");
    type("b");
    type("c");
    give("ab");
    expect(editor.text).toBe("abc");
    give("abc");
    give("a");
    expect(editor.text).toBe("a");
  });

  it("takes a text from outside, and does not tell the page of it", () => {
    const { editor, told, type, give } = pair("old");
    type("!");
    give("old!");
    give("from a form");
    expect(editor.text).toBe("from a form");
    expect(told).toEqual(["old!"]);
  });

  it("takes an undo back to a text that was typed before", () => {
    const { editor, type, give } = pair("a");
    type("b");
    give("ab");
    give("a");
    expect(editor.text).toBe("a");
  });
});
