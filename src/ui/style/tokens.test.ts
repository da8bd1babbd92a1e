import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const pairs = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
);

/** WCAG 2.1: relative luminance, and the contrast of two colours. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "surface", "sunken", "raised"];
const WORDS = [
  "ink",
  "ink-2",
  "ink-3",
  "text",
  "numeric",
  "categorical",
  "image",
  "ready",
  "stale",
  "running",
  "failed",
  ...Object.keys(pairs).filter((name) => name.startsWith("code-")),
];
const MARKS = ["line-control", "focus", ...Object.keys(pairs).filter((name) => name.startsWith("class-"))];

describe.each(["light", "dark"] as const)("the %s tokens", (theme) => {
  const colour = (name: string) => pairs[name][theme];

  it("measures black on white as 21 to 1", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  });
  it.each(WORDS)("%s can be read on every ground (4.5 to 1)", (name) => {
    for (const ground of GROUNDS)
      expect.soft(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });
  it.each(MARKS)("%s can be seen on every ground (3 to 1)", (name) => {
    for (const ground of ["paper", "surface"])
      expect.soft(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(3);
  });
  it.each([
    ["ink-2", "hover"],
    ["ink", "pressed"],
    ["failed", "failed-wash"],
    ["ink-2", "failed-wash"],
    ["ink", "stale-wash"],
    ["ink-inverse", "ink"],
    ["ink", "selection"],
  ])("%s can be read on %s", (name, ground) => {
    expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
});
