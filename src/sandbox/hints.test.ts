import { describe, expect, it } from "vitest";
import { hintFor } from "./hints";

/** In the words of SpiderMonkey's list of messages (js.msg); those of V8 are tried by running code (cell.test.ts). */
describe("the hint of an error in Firefox", () => {
  const row = { value: { name: null, price: 2 } };
  it.each<[Error, string]>([
    [new TypeError(`can't access property "length", row.name is null`), "write row.name?.length"],
    [new TypeError("row.name is null"), "row.name is missing (null)"],
    [new TypeError("row.price.trim is not a function"), "String(row.price).trim"],
    [new TypeError("row.price is not iterable"), "row.name is missing"],
    [new TypeError("invalid assignment to const 'a'"), "let in place of const"],
    [new ReferenceError("can't access lexical declaration 'b' before initialization"), "b is used above"],
    [new ReferenceError("simlarity is not defined"), 'Did you mean "similarity"?'],
    [new SyntaxError("JSON.parse: unexpected character at line 1 column 1 of the JSON data"), "is no JSON here"],
    [new SyntaxError("unterminated parenthetical"), "stand for something else"],
    [new SyntaxError("nothing to repeat"), "stand for something else"],
    [new RangeError("repeat count must be non-negative"), "negative, not whole, or too large"],
    [new RangeError("invalid array length"), "negative, not whole, or too large"],
    [new TypeError("reduce of empty array with no initial value"), "give reduce a value"],
    [new TypeError("can't convert BigInt to number"), "Number(…)"],
    [Object.assign(new Error("too much recursion"), { name: "InternalError" }), "calls itself without an end"],
  ])("%s", (error, hint) => {
    expect(hintFor(error, { row, known: { similarity: {} } })).toContain(hint);
  });
});
