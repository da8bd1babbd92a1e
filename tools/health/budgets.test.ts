import { expect, test } from "vitest";
import { type BuildManifest, closureOf, judgeBudgets } from "./budgets";

const manifest: BuildManifest = {
  "index.html": { file: "assets/index.js", imports: ["_a.js"], css: ["assets/index.css"] },
  "_a.js": { file: "assets/a.js", imports: ["_b.js"], css: [] },
  "_b.js": { file: "assets/b.js", imports: ["_a.js"], css: ["assets/b.css"] },
  "later.tsx": { file: "assets/later.js", imports: ["_b.js"], css: [] },
};

test("what a module needs before it runs is its static imports and their styles, a circle counted once", () => {
  expect([...closureOf(manifest, "index.html")].sort()).toEqual([
    "assets/a.js",
    "assets/b.css",
    "assets/b.js",
    "assets/index.css",
    "assets/index.js",
  ]);
});

test("a module that the build no longer has is named", () => {
  expect(() => closureOf(manifest, "gone.tsx")).toThrow(/gone\.tsx/);
});

test("a part over its budget fails with its name, its size and its files", () => {
  const weighed = [
    { part: "shell", bytes: 100_000, most: 100_000, files: ["assets/index.js"] },
    { part: "editor", bytes: 2_000_000, most: 1_000_000, files: ["assets/editor.js"] },
  ];
  expect(() => judgeBudgets(weighed)).toThrow(/editor: 2000 kB, at most 1000 kB: assets\/editor\.js/);
  expect(judgeBudgets(weighed.slice(0, 1))).toEqual(["shell: 100 kB of 100 kB"]);
});
