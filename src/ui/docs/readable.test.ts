import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cellFault, codeCells, parseNotebook } from "../../notebook";
import { DOCUMENTS, textOf } from "./documents";
import { partsOf, readable } from "./readable";

const folder = resolve(import.meta.dirname, "../../../docs");
const documents = DOCUMENTS.flatMap(({ documents }) => documents);

it("a link to a document leads to its page, one to a file that is not served is words, others stay", () => {
  expect(
    readable("see [metrics](metrics.md), [the rules](../src/notebook/SPEC.md), [schema](samples/task.schema.json)"),
  ).toBe("see [metrics](#/docs/metrics), the rules, [schema](samples/task.schema.json)");
  expect(readable("[out](https://example.org/) ![shot](screenshot.png)")).toBe("[out](https://example.org/) ");
});

it("front matter is not read out", () => {
  expect(readable("---\npolytab: 1\n---\n\n# Title\n")).toBe("\n# Title\n");
});

it("parts are the second headings outside of fences", () => {
  expect(partsOf("# a\n## One `x`\n```sh\n## no\n```\n~~~~\n~~~\n## no\n~~~~\n### deeper\n## Two")).toEqual([
    "One x",
    "Two",
  ]);
});

it("no document is listed twice", () => {
  expect(new Set(documents.map(({ name }) => name)).size).toBe(documents.length);
});

describe.each(documents)("$name", ({ name, title, notebook = false }) => {
  it("is there, under the title that the list gives", async () => {
    const text = await textOf({ name, title, about: "" });
    expect(text).toBe(readFileSync(resolve(folder, `${name}.md`), "utf8"));
    expect(/^# (.*)$/m.exec(readable(text))?.[1]).toBe(title);
  });

  it("links to documents that are listed, or to files that are there", () => {
    const text = readFileSync(resolve(folder, `${name}.md`), "utf8");
    for (const [, target] of text.matchAll(/\]\(([^)\s]+\.md)\)/g))
      expect(readdirSync(resolve(folder, target, "..")), target).toContain(target.split("/").at(-1));
  });

  it("its cells are whole", () => {
    const parsed = parseNotebook(readFileSync(resolve(folder, `${name}.md`), "utf8"));
    // A fence without a name shows code; one with a name is a cell that a reader may try.
    const cells = codeCells(parsed).filter((cell) => notebook || cell.name);
    expect(cells.map((cell) => cellFault(cell)?.message).filter(Boolean)).toEqual([]);
    if (notebook) expect(parsed.front.title).toBe(title);
  });
});
