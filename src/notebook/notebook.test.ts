import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault, z } from "../base";
import {
  cellFault,
  codeCells,
  editConfig,
  formatNotebook,
  freeName,
  insertCell,
  isCode,
  moveCell,
  parseNotebook,
  readConfig,
  record,
  redo,
  removeCell,
  setFront,
  setName,
  setSource,
  startHistory,
  undo,
} from ".";

const SAMPLE = `---
polytab: 1
title: First look
task: emoji-aisle
---

# First look

Some words.

\`\`\`sql class_balance
select label, count(*) as n from train group by all
\`\`\`

\`\`\`python
\`\`\`sql not_a_cell
\`\`\`

\`\`\`ts features
export default 1;
\`\`\`
`;

/** Lines that are likely to break a fence parser, strung together at random. */
const line = fc.constantFrom(
  "",
  " ",
  "text",
  "```",
  "````",
  "~~~",
  "```sql a",
  "```ts  b ",
  "~~~model m",
  "   ```chart c",
  "    ```sql d",
  "```sql",
  "```sql a b",
  "```python",
  "---",
  "polytab: 1",
  "title: [",
  "```score é",
  "``` sql x",
  "\r",
  "```\r",
  "```sql r\r",
  "# head",
  "```sql `x`",
);
const anyText = fc.oneof(
  fc.array(line, { maxLength: 30 }).map((lines) => lines.join("\n")),
  fc.string({ maxLength: 200 }),
);

describe("N1 text to document to text is the identity", () => {
  it("for a whole notebook", () => expect(formatNotebook(parseNotebook(SAMPLE))).toBe(SAMPLE));
  it("for any text whatever", () => {
    fc.assert(
      fc.property(anyText, (text) => formatNotebook(parseNotebook(text)) === text),
      { numRuns: 3000 },
    );
  });
});

describe("N2, N3 what is a cell", () => {
  it("finds cells by the first word of the info string and leaves other fences whole", () => {
    const notebook = parseNotebook(SAMPLE);
    expect(notebook.cells.map((cell) => (isCode(cell) ? `${cell.kind} ${cell.name}` : "prose"))).toEqual([
      "prose",
      "sql class_balance",
      "prose",
      "ts features",
    ]);
    expect(notebook.cells[2].source).toContain("not_a_cell");
  });
  it("takes a longer fence and tildes", () => {
    const [cell] = codeCells(parseNotebook("~~~~ts x\n~~~\n```\n~~~~\n"));
    expect(cell.source).toBe("~~~\n```");
  });
});

describe("N4 damaged cells", () => {
  it.each([
    ["```sql\nselect 1\n```\n", "cell-unnamed"],
    ["```sql two words\nselect 1\n```\n", "cell-name"],
    ["```sql a\nselect 1\n", "cell-unclosed"],
  ])("%j is a cell with a fault", (text, code) => {
    expect(cellFault(codeCells(parseNotebook(text))[0])?.code).toBe(code);
  });
});

describe("N5, N7 front matter", () => {
  it("reads title and task", () =>
    expect(parseNotebook(SAMPLE).front).toMatchObject({ version: 1, title: "First look", task: "emoji-aisle" }));
  it("reads how it runs, and sets it without touching the rest", () => {
    expect(parseNotebook(SAMPLE).front).toMatchObject({ run: "demand", held: [], budget: undefined });
    const set = setFront(setFront(setFront(parseNotebook(SAMPLE), "run", "auto"), "held", ["a", "b"]), "budget", 30);
    expect(formatNotebook(set)).toContain("task: emoji-aisle\nrun: auto\nheld: [ a, b ]\nbudget: 30\n---\n");
    expect(parseNotebook(formatNotebook(set)).front).toMatchObject({ run: "auto", held: ["a", "b"], budget: 30 });
    const back = (["run", "held", "budget"] as const).reduce((now, key) => setFront(now, key, undefined), set);
    expect(formatNotebook(back)).toBe(SAMPLE);
  });
  it("keeps damaged front matter and says what is wrong", () => {
    const notebook = parseNotebook("---\ntitle: [\n---\ntext\n");
    expect(notebook.front.fault?.code).toBe("front-matter");
    expect(formatNotebook(notebook)).toBe("---\ntitle: [\n---\ntext\n");
  });
  it("opens a newer version with a fault", () => {
    expect(parseNotebook("---\npolytab: 99\n---\n\n```sql a\nselect 1\n```\n").front.fault?.code).toBe(
      "newer-notebook",
    );
  });
  it("sets the title without touching the rest", () => {
    const changed = formatNotebook(setFront(parseNotebook(SAMPLE), "title", "Second look"));
    expect(changed).toBe(SAMPLE.replace("title: First look", "title: Second look"));
    expect(formatNotebook(setFront(parseNotebook("hello\n"), "title", "T"))).toMatch(
      /^---\npolytab: 1\ntitle: T\n---\n\nhello\n$/,
    );
  });
});

describe("N6 the front matter keeps what an edit is not about", () => {
  const title = (text: string): string => formatNotebook(setFront(parseNotebook(text), "title", "T"));
  it("also where a line is at fault", () => {
    expect(title("---\npolytab: 1\ntitle: 2024\ntask: emoji-aisle # ours\n---\n")).toBe(
      "---\npolytab: 1\ntitle: T\ntask: emoji-aisle # ours\n---\n",
    );
    expect(setFront(parseNotebook("---\ntitle: 2024\ntask: a\n---\n"), "title", "T").front).toMatchObject({
      title: "T",
      task: "a",
    });
  });
  it("and is left alone where it is newer, or cannot be read", () => {
    for (const text of ["---\npolytab: 99\ntitle: new\ntask: a\n---\n", "---\ntitle: [\n---\n"])
      expect(title(text)).toBe(text);
  });
});

describe("N6 edits", () => {
  const notebook = parseNotebook(SAMPLE);
  const features = codeCells(notebook)[1];
  it("changes one cell's text only", () => {
    expect(formatNotebook(setSource(notebook, features.id, "export default 2;"))).toBe(
      SAMPLE.replace("default 1", "default 2"),
    );
  });
  it("gives a longer fence to a source that would close its own", () => {
    const text = formatNotebook(setSource(notebook, features.id, "/*\n```\n*/"));
    expect(codeCells(parseNotebook(text))[1].source).toBe("/*\n```\n*/");
  });
  it("inserts, moves, renames and removes cells, and the text reads back the same", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.nat(10),
        fc.integer({ min: -3, max: 3 }),
        fc.string({ maxLength: 30 }),
        (text, at, by, source) => {
          const opened = parseNotebook(text);
          const inserted = insertCell(
            opened,
            Math.min(at, opened.cells.length),
            "ts",
            source.replaceAll("\r", ""),
            "fresh",
          );
          const moved = moveCell(inserted.notebook, inserted.id, by);
          const again = codeCells(parseNotebook(formatNotebook(moved)));
          expect(again.map((cell) => [cell.name, cell.source])).toEqual(
            codeCells(moved).map((cell) => [cell.name, cell.source]),
          );
          expect(removeCell(moved, inserted.id).cells.length).toBe(opened.cells.length);
        },
      ),
      { numRuns: 1000 },
    );
  });
  it("renames in the fence", () =>
    expect(formatNotebook(setName(notebook, features.id, "better"))).toContain("```ts better\n"));
  it("finds a free name, which differs from others by more than capitals and is none of the task's tables", () => {
    expect(freeName(notebook, "features")).toBe("features_2");
    expect(freeName(notebook, "Features")).toBe("Features_2");
    expect(freeName(notebook, "train")).toBe("train");
    expect(freeName(notebook, "Train", ["train"])).toBe("Train_2");
  });
});

describe("N8 settings", () => {
  const schema = z.object({ learner: z.enum(["linear", "gbdt"]), seed: z.number().default(0) });
  it("reads them", () =>
    expect(readConfig(schema, "learner: linear # ours", "m")).toEqual({ learner: "linear", seed: 0 }));
  it.each([
    ["learner: [", "config-syntax", undefined],
    ["learner: lineer", "config", 1],
    ["learner: linear\nsed: 1", "config", 2],
    ["- a", "config", 1],
  ])("names what is wrong in %j", (text, code, at) => {
    try {
      readConfig(schema, text, "m");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      expect((error as Fault).code).toBe(code);
      if (at !== undefined) expect((error as Fault).where).toMatchObject({ cell: "m", line: at });
    }
  });
  it("suggests the nearest setting", () => {
    expect(() => readConfig(schema, "learner: linear\nseeed: 1", "m")).toThrow(
      expect.objectContaining({ hint: 'Did you mean "seed"?' }),
    );
  });
  it("sets a key and keeps comments", () => {
    expect(editConfig("# mine\nlearner: linear # ours\nseed: 1", "seed", 2)).toBe(
      "# mine\nlearner: linear # ours\nseed: 2",
    );
    expect(editConfig("learner: linear", "inputs", ["a", "b"])).toBe("learner: linear\ninputs: [ a, b ]");
    expect(editConfig("learner: linear\nseed: 1", "seed", undefined)).toBe("learner: linear");
  });
});

describe("history", () => {
  const [a, b, c] = ["a", "b", "c"].map((text) => parseNotebook(text));
  it("undoes and redoes, and joins a run of typing", () => {
    let history = record(startHistory(a), b, "source c1");
    history = record(history, c, "source c1");
    expect(undo(history).present).toBe(a);
    expect(redo(undo(history)).present).toBe(c);
    expect(undo(record(history, a, "source c2")).present).toBe(c);
  });
});
