import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink } from ".";

const folder = join(import.meta.dirname, "../../tools/samples/notebooks");
const starters = readdirSync(folder)
  .sort()
  .map((name) => ({ name, markdown: readFileSync(join(folder, name), "utf8") }));

/** As long as a real one: two scores to the last digit, and a check of every cell. */
function shared(markdown: string, id: string) {
  const cells = [...markdown.matchAll(/^```(?:sql|ts|chart|model|score) (\w+)/gm)].map((match) => match[1]);
  return {
    markdown,
    task: { id, data: "7f3a90c1d2be" },
    scores: { result: { mine: 0.7834619273450187, majority: 0.1538461538461538 } },
    checks: Object.fromEntries(cells.map((cell, i) => [cell, ["aZ3k", "Q_9x", "0Lmd", "wT-4", "c8Yb", "Hn2E"][i % 6]])),
  };
}

describe("the lengths of links", () => {
  it.each(starters)("$name with its author's scores is short and comes back", ({ name, markdown }) => {
    const whole = shared(markdown, name.replace(".md", ""));
    const link = encodeLink(whole);
    expect(decodeLink(link)).toEqual(whole);
    expect(link.length).toBeLessThan(1_000);
  });

  it("noise costs its own size: six bits a character, and a little", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 2_000 }), (bytes) => {
        const markdown = Array.from(bytes, (byte) => String.fromCharCode(byte & 127)).join("");
        expect(encodeLink({ markdown }).length).toBeLessThan(markdown.length * 1.45 + 40);
      }),
      { numRuns: 20 },
    );
  });

  it("a text too long for the predictor is deflated, and one beyond the cap is refused before it is sent", () => {
    const long = `${"select label, count(*) as n from train\n".repeat(2_000)}`;
    expect(encodeLink({ markdown: long })).toMatch(/^1\./);
    expect(decodeLink(encodeLink({ markdown: long })).markdown).toBe(long);
    expect(() => encodeLink({ markdown: " ".repeat(3_000_000) })).toThrow("larger than 2 MB");
    let state = 1;
    const noise = Array.from({ length: 900_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return String.fromCharCode(32 + (state % 95));
    });
    expect(() => encodeLink({ markdown: noise.join("") })).toThrow(/would have \d+ characters/);
  });
});
