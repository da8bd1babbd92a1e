import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseNotebook } from "../notebook";
import { loadParsers } from "../sandbox";
import type { TaskManifest } from "../tasks";
import { derive } from "./graph";
import { readingOf } from "./reading";

beforeAll(loadParsers);

const manifest = {
  columns: ["name", "skin", "image", "paths"].map((name) => ({ name })),
} as unknown as TaskManifest;

const of = (markdown: string) => {
  const notebook = parseNotebook(markdown);
  return readingOf(derive(notebook, ""), notebook.front.task, manifest);
};

describe("what a notebook would read", () => {
  it("the starter: its splits, columns, models and cells", () => {
    const starter = readFileSync(join(import.meta.dirname, "../../tools/samples/notebooks/emoji-aisle.md"), "utf8");
    expect(of(starter)).toMatchObject({
      task: "emoji-aisle",
      tables: ["train", "validation"],
      allSplits: true,
      columns: { named: expect.arrayContaining(["name", "image"]), of: 4 },
      cells: { score: ["result"] },
    });
  });
  it("one query: the tables and columns that it names, no more", () =>
    expect(of("---\npolytab: 1\ntask: t\n---\n```sql a\nselect name, skin from train\n```\n")).toMatchObject({
      tables: ["train"],
      allSplits: false,
      columns: { named: ["name", "skin"], all: false },
      models: [],
    }));
  it("a model over columns reads all, and a model by its id is named", () => {
    const reading = of("```model a\nlearner: linear\ninputs: [columns]\n```\n\n```model b\nmodel: big-one\n```\n");
    expect(reading).toMatchObject({ columns: { all: true }, models: ["big-one"], task: undefined });
  });
  it("the two sides of a pair are the column", () =>
    expect(of("```sql a\nselect left_name, right_name from test\n```\n").columns?.named).toEqual(["name"]));
  it("cells at fault are left out: they do not run", () =>
    expect(of("```sql a\nselect * from b\n```\n\n```sql b\nselect * from a\n```\n").cells.sql).toEqual([]));
});
