import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNotebooks, differs } from "./compare";
import { isCode, type Notebook } from "./document";
import { type Decision, mergeNotebooks } from "./merge";
import { formatNotebook, parseNotebook } from "./text";

const here = parseNotebook(
  "---\npolytab: 1\ntitle: Mine\n---\n\n# Mine\n\nFirst some words on it.\n\n```sql a\nselect 1\n```\n\n```ts b\nexport default 1;\n```\n\nThe old end.\n",
);
const at = (text: string) => compareNotebooks(here, parseNotebook(text));
const kinds = (text: string) =>
  at(text).cells.map((each) => `${each.kind}${each.moved ? " moved" : ""} ${name(each.here ?? each.there)}`);
const name = (cell: Notebook["cells"][number] | undefined) =>
  cell && (isCode(cell) ? cell.name : cell.source.slice(0, 6));
const all = (compared: ReturnType<typeof at>, decision: Decision = "taken") =>
  new Map([...compared.front, ...compared.cells].map(({ key }) => [key as string, decision]));
/** What a notebook says, whatever its spacing. */
const said = ({ front, cells }: Notebook) => [
  [front.title, front.task, front.run, front.held, front.budget],
  ...cells.map((cell) => [cell.kind, isCode(cell) ? cell.name : "", cell.source]),
];

describe("N9 two notebooks are compared cell by cell", () => {
  const text = formatNotebook(here);
  it("a notebook does not differ from itself", () => {
    expect(at(text).front).toEqual([]);
    expect(at(text).cells.some(differs)).toBe(false);
  });
  it("a changed text, an added cell, a removed one", () =>
    expect(
      kinds(text.replace("select 1", "select 2").replace("```ts b\nexport default 1;\n```", "```sql c\nselect 3\n```")),
    ).toEqual(["same # Mine", "changed a", "removed b", "added c", "same The ol"]));
  it("a renamed cell is the same cell, changed", () =>
    expect(kinds(text.replace("sql a", "sql other"))).toEqual(["same # Mine", "changed a", "same b", "same The ol"]));
  it("rewritten prose is known by its place and its words", () =>
    expect(kinds(text.replace("The old end.", "The new end."))).toContain("changed The ol"));
  it("the fewest cells have moved", () => {
    const moved = text
      .replace("```sql a\nselect 1\n```\n\n", "")
      .replace("The old end.", "```sql a\nselect 1\n```\n\nThe old end.");
    expect(kinds(moved)).toEqual(
      ["same # Mine", "same moved b", "same a", "same The ol"].map((line) =>
        line.replace("moved b", "b").replace("same a", "same moved a"),
      ),
    );
  });
  it("the front matter, line by line", () =>
    expect(at(text.replace("title: Mine", "title: Theirs\ntask: t\nrun: auto\nheld: [b]\nbudget: 9")).front).toEqual([
      { key: "title", here: "Mine", there: "Theirs" },
      { key: "task", here: undefined, there: "t" },
      { key: "run", here: "demand", there: "auto" },
      { key: "held", here: undefined, there: ["b"] },
      { key: "budget", here: undefined, there: 9 },
    ]));
  it("a text without front matter differs in its cells only", () =>
    expect(at(text.replace(/^---[\s\S]*?---\n/, "")).front).toEqual([]));
});

describe("N10 taking differences", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "```sql a\nselect 1\n```",
      "```sql a\nselect 22\n```",
      "```ts b\nexport default 1;\n```",
      "```sql b\nselect 5\n```",
    ),
    fc.constantFrom(
      "# Mine\n\nFirst some words on it.",
      "Another word",
      "The old end.",
      "```model m\nlearner: gbdt\n```",
      "```sql\nnameless\n```",
    ),
  );
  const notebook = fc
    .tuple(
      fc.constantFrom(
        "",
        "---\npolytab: 1\ntitle: Mine\ntask: t\n---\n\n",
        "---\npolytab: 1\ntitle: Yours\nrun: auto\nheld: [a]\nbudget: 5\n---\n\n",
      ),
      fc.array(part, { maxLength: 7 }),
    )
    .map(([front, parts]) => parseNotebook(`${front}${parts.join("\n\n")}\n`));
  it("none leaves the notebook as it is, to the byte", () => {
    fc.assert(
      fc.property(notebook, notebook, (a, b) => {
        const compared = compareNotebooks(a, b);
        expect(mergeNotebooks(a, compared, new Map())).toBe(a);
        expect(mergeNotebooks(a, compared, all(compared, "refused"))).toBe(a);
      }),
    );
  });
  it("all says what the other says, in its order, and its text reads back so", () => {
    fc.assert(
      fc.property(notebook, notebook, (a, b) => {
        const compared = compareNotebooks(a, b);
        const merged = mergeNotebooks(a, compared, all(compared));
        const front = said(b.front.raw === "" ? a : b)[0];
        expect(said(merged)).toEqual([front, ...said(b).slice(1)]);
        expect(formatNotebook(parseNotebook(formatNotebook(merged)))).toBe(formatNotebook(merged));
      }),
      { numRuns: 500 },
    );
  });
  it("one is that one only", () => {
    const compared = at(
      formatNotebook(here).replace("select 1", "select 2").replace("export default 1", "export default 2"),
    );
    const key = compared.cells.find((each) => each.here && name(each.here) === "b")?.key ?? "";
    const merged = formatNotebook(mergeNotebooks(here, compared, new Map<string, Decision>([[key, "taken"]])));
    expect(merged).toBe(formatNotebook(here).replace("export default 1", "export default 2"));
  });
});
