import { expect, it } from "vitest";
import { createJournal } from "./journal";

function memory(most = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > most) throw new Error("full");
      kept.set(key, value);
    },
  };
}

it("gives back what was noted last, to the byte, until it is forgotten", () => {
  const journal = createJournal(memory());
  journal.note("a", { markdown: "one", at: 1 });
  journal.note("a", { markdown: "---\n12 two\n\n", at: 17 });
  journal.note("b", { markdown: "", at: 3 });
  expect(journal.read("a")).toEqual({ markdown: "---\n12 two\n\n", at: 17 });
  expect(journal.read("b")).toEqual({ markdown: "", at: 3 });
  journal.forget("a");
  expect(journal.read("a")).toBeUndefined();
});

it("a text that was stored is forgotten, one that came after it is not", () => {
  const journal = createJournal(memory());
  journal.note("a", { markdown: "older", at: 1 });
  journal.note("a", { markdown: "newer", at: 2 });
  journal.forget("a", "older");
  expect(journal.read("a")?.markdown).toBe("newer");
  journal.forget("a", "newer");
  expect(journal.read("a")).toBeUndefined();
});

it("where there is no room, no older text is left behind", () => {
  const journal = createJournal(memory(10));
  journal.note("a", { markdown: "short", at: 1 });
  journal.note("a", { markdown: "much too long", at: 2 });
  expect(journal.read("a")).toBeUndefined();
  journal.note("b", { markdown: "x".repeat(200_001), at: 1 });
  expect(journal.read("b")).toBeUndefined();
  createJournal(undefined).note("a", { markdown: "nowhere", at: 1 });
});
