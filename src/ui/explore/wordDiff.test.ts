import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "./wordDiff";

/** Changed parts in brackets. */
const marked = (parts: { text: string; changed: boolean }[]) =>
  parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("");
const both = (left: string, right: string) => {
  const diff = wordDiff(left, right);
  return [marked(diff.left), marked(diff.right)];
};

describe("words of two texts", () => {
  it("that stand on one side only are marked, whole and with the space between them", () => {
    expect(both("black square button", "white square button")).toEqual([
      "[black] square button",
      "[white] square button",
    ]);
    expect(both("LED bulb E27 warm white, 806 lm", "LED bulb GU10 cold, 806 lm")).toEqual([
      "LED bulb [E27 warm white], 806 lm",
      "LED bulb [GU10 cold], 806 lm",
    ]);
    expect(both("smart plug", "smart plug with meter")).toEqual(["smart plug", "smart plug[ with meter]"]);
  });

  it("are told apart by case", () => {
    expect(both("Smart plug", "smart plug")).toEqual(["[Smart] plug", "[smart] plug"]);
  });

  it("are words in scripts without spaces, too", () => {
    expect(both("黒い猫の顔", "白い猫の顔")[0]).toMatch(/^\[.+\].*猫の顔$/);
  });

  it("are not marked where none is common", () => {
    const diff = wordDiff("grinning face", "grinsendes Gesicht, lachend");
    expect(diff.common).toBe(false);
    expect(diff.left).toEqual([{ text: "grinning face", changed: false }]);
    expect(wordDiff("", "x")).toMatchObject({ left: [], common: false });
  });

  it("join to the texts that they came from", () => {
    const text = fc.array(fc.constantFrom("red", "Red", " ", "  ", "\n", "apple", ",", "é", "猫", "5"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [a.join(""), b.join("")];
        const diff = wordDiff(left, right);
        expect(diff.left.map((part) => part.text).join("")).toBe(left);
        expect(diff.right.map((part) => part.text).join("")).toBe(right);
        if (left === right) expect([...diff.left, ...diff.right].some((part) => part.changed)).toBe(false);
      }),
    );
  });

  it("of long, wholly different texts cost no patience", () => {
    const long = (seed: number) => Array.from({ length: 20_000 }, (_, i) => `w${i * seed}`).join(" ");
    const started = performance.now();
    const diff = wordDiff(long(3), long(7));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(diff.left.map((part) => part.text).join("")).toBe(long(3));
  });
});
