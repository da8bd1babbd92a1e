import { encodeLink } from "../../src/share";
import { BOMBS, CODE, LEAVING, MARKED, PROSE, RESULTS, SQL, tryAll } from "./attempts";

/** Notebooks of the attempts, for the journeys of either browser: cells are named by their group and their place in it. */
export const FRONT = "---\npolytab: 1\ntitle: From a stranger\ntask: emoji-aisle\n---\n";
/** A cell that shows, after an attempt, that the page still computes. */
export const FINE = "```sql fine\nselect count(*) as n from train\n```\n";

export const block = (kind: string, name: string, source: string): string =>
  `\`\`\`${kind} ${name}\n${source}\n\`\`\`\n`;
export const linkOf = (markdown: string): string => `#nb=${encodeLink({ markdown })}`;
export const proseUrl = (listener: string, index: number): string => `${listener}prose-${index}`;

/** A name as `pwned` has it. */
export const wordsOf = (name: string): string => name.replaceAll("'", "");

/** An attempt's text with the listener's address, and a script without a quotation mark that says its name, in their places. */
export function armed(text: string, name: string, url: string): string {
  return text.replaceAll("URL", url).replaceAll("PWN", `(top.pwned??=[]).push(/${wordsOf(name)}/.source)`);
}

/** Everything that ends by itself: texts, code, statements and results. `home` is the page's own address. */
export function attackNotebook(listener: string, home: string): string {
  const tries = tryAll({ ...CODE, ...LEAVING }, listener);
  return [
    FRONT,
    ...Object.entries(PROSE).map(
      ([name, { markdown }], index) => `${armed(markdown, name, proseUrl(listener, index))}\n`,
    ),
    FINE,
    block("ts", "code", `const scope = globalThis as any, home = "${home}";\nexport default ${tries};`),
    block("sql", "marked", armed(MARKED, "markup", listener)),
    ...Object.values(SQL).map(({ statement }, index) => block("sql", `sql_${index}`, armed(statement, "", listener))),
    ...Object.entries(RESULTS).map(([name, { kind, source }], index) =>
      block(kind, `result_${index}`, armed(source, name, listener)),
    ),
  ].join("\n");
}

export function bombNotebook(): string {
  const bombs = Object.values(BOMBS).map(({ kind, source }, index) => block(kind, `bomb_${index}`, source));
  return [FRONT, FINE, ...bombs].join("\n");
}

/** What a stranger's script or markup would have left in the page. */
export const TRACES = `({
  pwned: window.pwned ?? null,
  polluted: ({}).polluted ?? null,
  foreign: document.querySelectorAll("#root :is(script, iframe, object, embed, video, link, style, base)").length,
  unsafe: document.querySelectorAll('#root :is([onload], [onerror], a[href^="javascript" i])').length,
})`;
export const NO_TRACES = { pwned: null, polluted: null, foreign: 0, unsafe: 0 };
