import { beforeAll, describe, expect, it } from "vitest";
import { formatNotebook, outlineOf, parseNotebook, refuseLarge } from "../notebook";
import { loadParsers } from "../sandbox";
import { derive } from "./graph";
import { readingOf } from "./reading";

beforeAll(loadParsers);

const MANY = 40_000;
const cell = (kind: string, body: string): string =>
  `---\npolytab: 1\ntask: t\n---\n\n\`\`\`${kind} a\n${body}\n\`\`\`\n`;

/** Texts that took a parser seconds to hours, or its whole stack: what a link may bring before anybody agreed to run it. */
const HOSTILE: Record<string, { text: string; fault?: string }> = {
  "line ends of two kinds": { text: `a${"\n\r".repeat(5_000)}x` },
  "nothing but line ends": { text: `${"\n".repeat(MANY)}x${"\n".repeat(MANY)}y` },
  "open brackets in code": { text: cell("ts", "(".repeat(MANY)), fault: "cell-deep" },
  "open quotes in code": { text: cell("ts", `(${'\\"'.repeat(MANY / 2)}`) },
  "a chain without brackets": { text: cell("ts", `export default 1${"+1".repeat(MANY / 2)}`) },
  "arrows within arrows": { text: cell("ts", `export default ${"a=>".repeat(MANY / 4)}1`) },
  "more code than a cell has": { text: cell("ts", "a".repeat(500_000)), fault: "cell-long" },
  "WITH within WITH": { text: cell("sql", "with a as (".repeat(MANY / 12)), fault: "cell-deep" },
  "lists within lists in settings": { text: cell("model", "- ".repeat(4_000)), fault: "cell-deep" },
  "flow lists in settings": { text: cell("chart", `source: ${"[".repeat(4_000)}`), fault: "cell-deep" },
  "aliases that multiply in settings": {
    text: cell(
      "model",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"].map((name, i) => `${name}: &${name} [${`*${"abcdef"[i]},`.repeat(9)}x]`).join("\n")}\ninputs: *g\nlearner: gbdt`,
    ),
  },
  "a title of brackets": { text: `---\npolytab: 1\ntitle: ${"[".repeat(9_000)}\n---\n` },
  "a heading of spaces and brackets": { text: `# ${"[".repeat(MANY)}${" ".repeat(MANY)}x` },
  "names of the language's own": {
    text: ["constructor", "__proto__", "toString", "hasOwnProperty"]
      .map((name) => `\`\`\`sql ${name}\nfrom constructor, __proto__\n\`\`\``)
      .join("\n"),
  },
};

describe("a text made to hurt", () => {
  it.each(Object.entries(HOSTILE))("%s: is opened, and kept as it is", (_, { text, fault }) => {
    const started = performance.now();
    const notebook = parseNotebook(text);
    const derived = derive(notebook, "data");
    readingOf(derived, "t", undefined);
    outlineOf(notebook);
    expect(formatNotebook(notebook)).toBe(text);
    if (fault) expect([...derived.graph.faults.values()].map(({ code }) => code)).toEqual([fault]);
    expect(performance.now() - started).toBeLessThan(8_000); // a tenth of it on a machine without other work
  });

  it("of more cells or letters than a page can show is refused", () => {
    const refused = (text: string) => () => refuseLarge(text);
    expect(refused("```sql\n```\n".repeat(100_000))).toThrow("1,100,000 characters; the most is 1,000,000");
    expect(refused("```sql\n```\n".repeat(2_001))).toThrow("This notebook has 2,001 cells; the most is 2,000");
    expect(refused("a ".repeat(500_001))).toThrow(/1,000,002 characters/);
    expect(refused("```sql a\nselect 1\n```\n".repeat(2_000))).not.toThrow();
  });
});
