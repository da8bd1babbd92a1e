import fc from "fast-check";
import { deflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { Fault } from "../base";
import { parseNotebook } from "../notebook";
import { decodeLink, encodeLink } from ".";
import everMade from "./fixtures/links.json";
import { MUTATIONS, MUTATIONS_MS, SLOW_MUTATIONS, SLOW_MUTATIONS_MS } from "./fixtures/mutations";
import { sealed } from "./link";

const shared = {
  markdown:
    '---\npolytab: 1\ntitle: "Ünïcode 🍋"\n---\n\n```ts features\nimport { defineFeatures } from "polytab";\n```\n',
  task: { id: "emoji-aisle", data: "0123456789ab" },
  scores: { result: { linear: 0.7123456789012345 } },
  across: { "icon-topic": ["ba9876543210", 0.8577181208053692] as [string, number] },
  checks: { features: "aZ3k" },
};

function faultCode(text: string): string {
  try {
    decodeLink(text);
    return "none";
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

describe("links", () => {
  it("carry text, provenance and scores to the last digit", () =>
    expect(decodeLink(encodeLink(shared))).toEqual(shared));
  it("leave out a score that is no number, and still open", () =>
    expect(
      decodeLink(encodeLink({ ...shared, scores: { result: { linear: Number.NaN, trees: 0.5 } } })).scores,
    ).toEqual({
      result: { trees: 0.5 },
    }));
  it("carry any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (markdown) => {
        expect(decodeLink(encodeLink({ markdown })).markdown).toBe(markdown);
      }),
      { numRuns: 100 },
    );
  });
  it.each(everMade)("that were ever made still open: $note", ({ link, shared: expected }) =>
    expect(decodeLink(link)).toEqual(expected),
  );
  it("use only characters that need no escaping", () => expect(encodeLink(shared)).toMatch(/^[A-Za-z0-9._-]+$/));
});

describe("links that are not whole", () => {
  const good = encodeLink(shared);
  it.each([
    ["", "link-damaged"],
    ["hello", "link-damaged"],
    ["9.abc.0000000", "link-newer"],
    ["toString.abc.0000000", "link-damaged"],
    [good.slice(0, -20), "link-damaged"],
    [good.slice(0, good.lastIndexOf(".")), "link-damaged"],
    [good.replace(/.(?=\.[^.]*$)/, "~"), "link-damaged"],
    ["1.".padEnd(600_000, "A"), "link-large"],
  ])("case %# is refused", (text, code) => expect(faultCode(text)).toBe(code));

  it("a bomb is stopped at the cap", () => {
    const bomb = deflateSync(new Uint8Array(30_000_000));
    const packed = Buffer.from(bomb).toString("base64url");
    let sum = 0x811c9dc5;
    for (const byte of strToU8(packed)) sum = Math.imul(sum ^ byte, 0x01000193);
    expect(faultCode(`1.${packed}.${(sum >>> 0).toString(36).padStart(7, "0")}`)).toBe("link-large");
  });

  it(
    "mutated links end in a fault or in a notebook, never in a crash",
    () => {
      const mutation = fc.record({ at: fc.nat(good.length - 1), text: fc.string({ maxLength: 4 }), cut: fc.nat(3) });
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
          let text = good;
          for (const { at, text: planted, cut } of mutations) text = text.slice(0, at) + planted + text.slice(at + cut);
          try {
            parseNotebook(decodeLink(text).markdown);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        }),
        { numRuns: MUTATIONS },
      );
    },
    MUTATIONS_MS,
  );

  /** A stranger can make the checksum fit. */
  it.each(["1", "2", "3"])(
    "bytes of form %s that nobody packed end in a fault or in a notebook",
    (form) => {
      const whole = everMade.find(({ link }) => link.startsWith(`${form}.`))!;
      const bytes = Buffer.from(whole.link.split(".")[1], "base64url");
      const foreign = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .array(fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) }), { minLength: 1, maxLength: 4 })
          .map((changes) => {
            const mutated = Uint8Array.from(bytes);
            for (const { at, to } of changes) mutated[at] = to;
            return mutated;
          }),
      );
      fc.assert(
        fc.property(foreign, (mutated) => {
          try {
            parseNotebook(decodeLink(sealed(form, mutated)).markdown);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        }),
        { numRuns: form === "1" ? MUTATIONS : SLOW_MUTATIONS },
      );
    },
    SLOW_MUTATIONS_MS,
  );
});
