import { expect, it } from "vitest";
import { keepLabels, labelsAsCsv, readLabels } from "./ownLabels";

function shelf(text?: string) {
  const kept = new Map(text === undefined ? [] : [["k", text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it("labels come back from the browser as they were kept", () => {
  const own = shelf();
  expect(keepLabels(own, "k", { "a,1": "1", b: "0" })).toBe(true);
  expect(readLabels(own, "k")).toEqual({ "a,1": "1", b: "0" });
});

it.each(["no json", "[1]", '{"a":"2"}', "null"])("what is not ours is no labels: %s", (text) => {
  expect(readLabels(shelf(text), "k")).toEqual({});
});

it("a browser without room says so", () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(keepLabels(full, "k", { a: "1" })).toBe(false);
});

it("the CSV quotes an id that needs it", () => {
  expect(labelsAsCsv({ 'a,"b"': "1", c: "0" })).toBe('id,label\r\n"a,""b""",1\r\nc,0\r\n');
});
