import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cellFault, codeCells, formatNotebook, parseNotebook } from "../notebook";
import { decodeLink, encodeLink } from ".";
import { MUTATIONS, MUTATIONS_MS } from "./fixtures/mutations";

const folder = join(import.meta.dirname, "../../tools/samples/notebooks");
const starters = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
const planted = fc.oneof(
  fc.constantFrom(
    "```",
    "~~~~\n",
    "---\n",
    "```ts ",
    "\n```sql a\n",
    "\r\n",
    "\0",
    "polytab: 9",
    "- [",
    "\u2028",
    "\ud800",
    ": &a *a",
  ),
  fc.string({ maxLength: 5 }),
);
const mutation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), text: planted, cut: fc.nat(40) });

it(
  "mutated notebooks open, keep their text, and say what is wrong with a cell",
  () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...starters),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (whole, mutations) => {
          let text = whole;
          for (const { at, text: put, cut } of mutations) {
            const place = Math.floor(at * text.length);
            text = text.slice(0, place) + put + text.slice(place + cut);
          }
          const notebook = parseNotebook(text);
          expect(formatNotebook(notebook)).toBe(text);
          for (const cell of codeCells(notebook)) if (cell.close === undefined) expect(cellFault(cell)).toBeDefined();
        },
      ),
      { numRuns: MUTATIONS },
    );
  },
  MUTATIONS_MS,
);

it("a mutated notebook goes through a link as it is", () => {
  fc.assert(
    fc.property(fc.constantFrom(...starters), mutation, (whole, { at, text, cut }) => {
      const place = Math.floor(at * 2_000);
      const markdown = wellFormed(whole.slice(0, place) + text + whole.slice(place + cut, 2_000));
      expect(decodeLink(encodeLink({ markdown })).markdown).toBe(markdown);
    }),
    { numRuns: 20 },
  );
});

/** What a lone surrogate cannot be in UTF-8, and so in no link. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
