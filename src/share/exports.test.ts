import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNotebook } from "../notebook";
import { escapeHtml, readHtml, readIpynb, writeHtml, writeIpynb } from ".";

const folder = join(import.meta.dirname, "../../tools/samples/notebooks");
const starters = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(
    ...starters,
    "",
    "```ts a\n```",
    "\uFEFF# with a mark\r\n\r\n```sql x\r\nselect 1\r\n```",
    "</template><script>alert(1)</script>",
  ),
);

describe("a notebook as .ipynb", () => {
  it("comes back to the byte", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readIpynb(writeIpynb(parseNotebook(text), text), "a.ipynb")).toBe(text);
      }),
    );
  });
  it("is nbformat 4.5: its keys, kinds and ids as the format says", () => {
    for (const text of starters) {
      const document = JSON.parse(writeIpynb(parseNotebook(text), text));
      expect([document.nbformat, document.nbformat_minor]).toEqual([4, 5]);
      const ids = document.cells.map((cell: { id: string }) => cell.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const cell of document.cells) {
        expect(cell.id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        const keys =
          cell.cell_type === "code"
            ? ["cell_type", "execution_count", "id", "metadata", "outputs", "source"]
            : ["cell_type", "id", "metadata", "source"];
        expect(Object.keys(cell).sort()).toEqual(keys);
        expect(
          cell.source.every(
            (line: string, i: number) =>
              typeof line === "string" && (line.endsWith("\n") || i === cell.source.length - 1),
          ),
        ).toBe(true);
      }
    }
  });
  it("one that was edited in Jupyter comes back by what its cells say", () => {
    const text = "---\npolytab: 1\ntitle: T\ntask: t\n---\n\n# T\n\n```sql a\nselect 1\n```\n";
    const document = JSON.parse(writeIpynb(parseNotebook(text), text));
    document.cells[1].source = ["-- polytab sql a\n", "select 2"];
    expect(readIpynb(JSON.stringify(document), "a.ipynb")).toBe(
      '---\npolytab: 1\ntitle: "T"\ntask: "t"\n---\n\n# T\n\n```sql a\nselect 2\n```\n',
    );
  });
  it("a foreign one is prose, and none of it would run", () => {
    const foreign = {
      nbformat: 4,
      nbformat_minor: 2,
      metadata: {},
      cells: [
        { cell_type: "code", source: "import os\n```sql x\n", outputs: [], metadata: {} },
        { cell_type: "raw", source: ["raw"] },
      ],
    };
    const notebook = parseNotebook(readIpynb(JSON.stringify(foreign), "Some.ipynb"));
    expect(notebook.front.title).toBe("Some");
    expect(notebook.cells.map((cell) => cell.kind)).toEqual(["prose"]);
  });
  it.each(["", "[]", '{"nbformat":3,"cells":[]}', '{"nbformat":4}'])("%j is refused by name", (text) =>
    expect(() => readIpynb(text, "a.ipynb")).toThrow("a.ipynb"),
  );
});

describe("a notebook as .html", () => {
  const page = (markdown: string, hostile = "") =>
    writeHtml({
      title: `T ${hostile}`,
      about: hostile,
      markdown,
      parts: [
        {
          kind: "code",
          label: `sql ${hostile}`,
          body: hostile,
          output: `<p>${escapeHtml(hostile)}</p>`,
          note: hostile,
        },
      ],
    });
  it("comes back to the byte", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readHtml(page(text), "a.html")).toBe(text);
      }),
    );
  });
  it("holds no script and no address, whatever is in it", () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)><template id="polytab-notebook" data-markdown="AAAA">`;
    const html = page("mine", hostile);
    expect(html).not.toMatch(/<script|<img|https?:\/\//i);
    expect(html.match(/<template/g)).toHaveLength(1);
    expect(html).toContain("default-src 'none'");
    expect(readHtml(html, "a.html")).toBe("mine");
  });
  it("another page is refused by name", () =>
    expect(() => readHtml("<html></html>", "b.html")).toThrow('"b.html" holds no Polytab notebook'));
});
