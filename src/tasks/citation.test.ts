import { expect, it } from "vitest";
import { bibtexOf, citationOf } from "./citation";
import type { TaskManifest } from "./manifest";

const task = {
  id: "toy_match",
  title: "Same toy & colour?",
  licence: "MIT AND CC-BY-4.0",
  attribution: [
    { name: "Toys by {Ann}", licence: "MIT", url: "https://toys.example/" },
    { name: "More toys", licence: "CC-BY-4.0" },
  ],
  source: "Made from toys 1.0, 100 % of them.",
} as unknown as TaskManifest;

it("cites the title, the id, the licence and who made the data under which one", () => {
  expect(citationOf(task)).toBe(
    "Same toy & colour? Polytab task “toy_match”, MIT AND CC-BY-4.0. Data: Toys by {Ann} (MIT, https://toys.example/); More toys (CC-BY-4.0). Made from toys 1.0, 100 % of them.",
  );
  expect(citationOf({ ...task, attribution: [] })).not.toContain("Data:");
});

it("gives the same to BibTeX, with nothing in it that TeX would take for its own", () => {
  expect(bibtexOf(task)).toBe(`@misc{polytab-toy_match,
  title = {{Same toy \\& colour?}},
  author = {{Toys by \\{Ann\\}} and {More toys}},
  howpublished = {Polytab task toy\\_match},
  note = {Licence: MIT AND CC-BY-4.0. Made from toys 1.0, 100 \\% of them.}
}`);
  expect(bibtexOf({ ...task, attribution: [] })).toContain("author = {{Polytab}}");
});
