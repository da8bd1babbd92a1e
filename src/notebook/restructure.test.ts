import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CodeKind,
  codeCells,
  convertCell,
  findInNotebook,
  formatNotebook,
  isCode,
  mergeBelow,
  type Notebook,
  outlineOf,
  parseNotebook,
  pasteCell,
  renameInConfig,
  replaceInNotebook,
  type SearchQuery,
  splitCell,
} from ".";

const TEXT = `---
polytab: 1
title: Shapes
---

# One

Some *words* on [it](#x).

\`\`\`sql counts
select 1
select 2
\`\`\`

\`\`\`sql more
select 3
\`\`\`

## Two \`code\` ##

\`\`\`python
# no heading
\`\`\`

\`\`\`ts sizes
export default 1;
\`\`\`
`;
const notebook = parseNotebook(TEXT);
const [prose, counts, more, , sizes] = notebook.cells;
const shape = (of: Notebook) => of.cells.map((cell) => [cell.kind, isCode(cell) ? cell.name : "", cell.source]);
const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  matchCase: false,
  wholeWord: false,
  pattern: false,
  ...more,
});

describe("N11 a split", () => {
  it("cuts at the offset; the second part has a name of its own and leaves no empty line behind", () => {
    const { notebook: next, id } = splitCell(notebook, counts.id, "select 1\n".length);
    expect(shape(next).slice(1, 3)).toEqual([
      ["sql", "counts", "select 1"],
      ["sql", "counts_2", "select 2"],
    ]);
    expect(next.cells[2].id).toBe(id);
  });
  it("and a merge give back the text", () => {
    const { notebook: next } = splitCell(notebook, counts.id, "select 1\n".length);
    expect(formatNotebook(mergeBelow(next, counts.id))).toBe(TEXT);
  });
});

describe("N12 a merge", () => {
  it("joins two of one kind under the first one's name", () =>
    expect(shape(mergeBelow(notebook, counts.id))[1]).toEqual(["sql", "counts", "select 1\nselect 2\nselect 3"]));
  it("of different kinds, or with nothing below, changes nothing", () => {
    expect(mergeBelow(notebook, more.id)).toBe(notebook);
    expect(mergeBelow(notebook, sizes.id)).toBe(notebook);
  });
});

describe("N13 another kind", () => {
  it("keeps the text, the place, the id and the name", () => {
    const next = convertCell(notebook, counts.id, "ts");
    expect(shape(next)[1]).toEqual(["ts", "counts", "select 1\nselect 2"]);
    expect(next.cells[1].id).toBe(counts.id);
  });
  it("of prose gets a free name", () =>
    expect(shape(convertCell(notebook, prose.id, "sql"))[0].slice(0, 2)).toEqual(["sql", "sql"]));
});

describe("N14 a pasted cell", () => {
  it("stands after the given one under a free name", () =>
    expect(shape(pasteCell(notebook, counts.id, { kind: "sql", name: "counts", source: "x" }).notebook)[2]).toEqual([
      "sql",
      "counts_2",
      "x",
    ]));
});

describe("whatever is done, the text reads back the same", () => {
  const kind = fc.constantFrom<CodeKind | "prose">("sql", "ts", "model", "prose");
  const source = fc
    .array(fc.constantFrom("a", "b c", "", "  d", "---", "\t"), { maxLength: 4 })
    .map((l) => l.join("\n"));
  const cell = fc.record({ kind, source, name: fc.constantFrom("a", "b", "c") });
  const step = fc.record({
    at: fc.nat(8),
    offset: fc.nat(9),
    kind,
    cell,
    do: fc.constantFrom("split", "merge", "convert", "paste"),
  });
  it("N11 N12 N13 N14", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let now = parseNotebook("---\npolytab: 1\n---\n");
        for (const each of steps) {
          const id = now.cells[each.at % Math.max(1, now.cells.length)]?.id ?? "";
          if (each.do === "split") now = splitCell(now, id, each.offset).notebook;
          else if (each.do === "merge") now = mergeBelow(now, id);
          else if (each.do === "convert") now = convertCell(now, id, each.kind);
          else now = pasteCell(now, id, each.cell).notebook;
        }
        const again = parseNotebook(formatNotebook(now));
        const code = (of: Notebook) => codeCells(of).map((each) => [each.kind, each.name, each.source]);
        expect(code(again)).toEqual(code(now));
      }),
      { numRuns: 300 },
    );
  });
});

describe("N15 a search", () => {
  it("finds in every cell, in order, by case, word and pattern", () => {
    expect(findInNotebook(notebook, query("SELECT"))).toHaveLength(3);
    expect(findInNotebook(notebook, query("SELECT", { matchCase: true }))).toHaveLength(0);
    expect(findInNotebook(notebook, query("wor", { wholeWord: true }))).toHaveLength(0);
    expect(findInNotebook(notebook, query("^select (\\d)$", { pattern: true })).map(({ cell }) => cell)).toEqual([
      counts.id,
      counts.id,
      more.id,
    ]);
    expect(findInNotebook(notebook, query(""))).toEqual([]);
    expect(findInNotebook(notebook, query("x*", { pattern: true })).every(({ start, end }) => end > start)).toBe(true);
  });
  it("says which pattern is none", () =>
    expect(() => findInNotebook(notebook, query("(", { pattern: true }))).toThrow('"(" is no regular expression'));
});

describe("N16 a replacement", () => {
  it("of all touches what matched and nothing else", () =>
    expect(formatNotebook(replaceInNotebook(notebook, query("select"), "pick $1"))).toBe(
      TEXT.replaceAll("select", "pick $1"),
    ));
  it("of one touches that one", () => {
    const [, second] = findInNotebook(notebook, query("select"));
    expect(replaceInNotebook(notebook, query("select"), "pick", second).cells[1].source).toBe("select 1\npick 2");
  });
  it("takes a pattern's groups", () =>
    expect(
      replaceInNotebook(notebook, query("select (?<n>\\d)", { pattern: true }), "$<n>$$$1 $9").cells[2].source,
    ).toBe("3$3 $9"));
});

describe("N17 the outline", () => {
  it("has the headings outside of fences, and the cells under them", () =>
    expect(outlineOf(notebook).map(({ depth, title }) => [depth, title])).toEqual([
      [1, "One"],
      [2, "counts"],
      [2, "more"],
      [2, "Two code"],
      [3, "sizes"],
    ]));
});

describe("N18 a name in settings", () => {
  it("is renamed where it is a cell, also in quotes, and left where it is a column", () => {
    expect(renameInConfig('inputs: [a, "a", columns(b, a, c), a_b] # a', "inputs", "a", "x")).toBe(
      'inputs: [x, "x", columns(b, a, c), a_b] # a',
    );
    expect(renameInConfig("source: a\nx: a", "source", "a", "x")).toBe("source: x\nx: a");
    expect(renameInConfig("inputs:\n  - a\n  - b", "inputs", "b", "x")).toBe("inputs:\n  - a\n  - x");
    expect(renameInConfig("inputs: [", "inputs", "b", "x")).toBe("inputs: [");
  });
});
