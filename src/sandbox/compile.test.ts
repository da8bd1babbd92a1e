import { beforeAll, describe, expect, it } from "vitest";
import { Fault } from "../base";
import { compile } from "./compile";
import { namesRead } from "./names";
import { loadParsers } from "./parsers";
import { TOOLBOX_NAMES } from "./toolbox/names";

beforeAll(loadParsers);

const made = (source: string) => compile(source, TOOLBOX_NAMES);
function faultOf(source: string): Fault {
  try {
    made(source);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error("no fault");
}

describe("compile", () => {
  it("strips types and maps a place back to the TypeScript source", () => {
    const source = "const a = (1 as unknown as number) + b;\ninterface X { y: 1 }\nenum K { A }\nf<string>(x!);";
    const { code, placeOf } = made(source);
    expect(code).not.toMatch(/interface|unknown|<string>/);
    const lines = code.split("\n");
    expect(placeOf(1, lines[0].indexOf("b;") + 1)).toEqual({ line: 1, column: source.indexOf("b;") + 1 });
    expect(placeOf(4, lines[3].indexOf("x") + 1)).toEqual({ line: 4, column: "f<string>(".length + 1 });
    expect(placeOf(4, undefined)).toEqual({ line: 4 });
    expect(placeOf(99, 3)).toEqual({ line: 99, column: 3 });
  });

  it("lifts the toolbox's imports out and leaves every other character in its place", () => {
    const { code, imports } = made(
      `import {\n  text, // one\n  average as mean,\n} from "polytab"; const a = 1;\nexport { median } from "polytab";\nimport * as all from 'polytab'; all; text; mean;`,
    );
    expect(imports.map((found) => found.replace(/\s+/g, " "))).toEqual([
      "import { text, // one average as mean, } from ",
      "export { median } from ",
      "import * as all from ",
    ]);
    expect(code.split("\n")[3]).toBe(`${" ".repeat('} from "polytab";'.length)} const a = 1;`);
    expect(code.split("\n")[5].trim()).toBe("all; text; mean;");
    expect(code).not.toContain("polytab");
  });

  it("leaves imports that are used as types only to the editor", () => {
    expect(made(`import { Row } from "polytab"; import type { X } from "anything"; let r: Row;`).imports).toEqual([]);
  });

  it.each([
    [`import _ from "lodash"; _();`, `Cannot import "lodash": a cell can import only "polytab"`, 1, 15],
    [`const a: number = 1;\nexport * from "https://x.org/y.js";`, `Cannot import "https://x.org/y.js"`, 2, 15],
    [`const { x } = await import("d3");`, `Cannot load "d3"`, 1, 28],
    [`await import("polytab");`, `Cannot import "polytab" while the cell runs`, 1, 14],
    [`import { textt } from "polytab"; textt();`, `"polytab" has no "textt"`, 1, 10],
    [`import tools from "polytab"; tools();`, `"polytab" has no default export`, 1, 8],
  ])("refuses %s", (source, message, line, column) => {
    const fault = faultOf(source);
    expect(fault.code).toBe("code-import");
    expect(fault.message).toContain(message);
    expect(fault.where).toEqual({ line, column });
    expect(fault.hint).toBeTruthy();
  });

  it("suggests the tool that was meant", () => {
    expect(faultOf(`import { simliarity } from "polytab"; simliarity;`).hint).toBe(`Did you mean "similarity"?`);
  });

  it.each([
    ["const x: number = ;", 1, 19], // Sucrase finds it
    ["const a: string = 'abc\n';", 1, 19], // only the parser does
    ["let a: number = 1;\nlet  a = 2;", 2, 6],
    ["const f = (x: number) => {\n  return x +\n};", 3, 1],
    ["const f = (x): number => {\n  return x +\n};", 3, 1],
    ["const f = x => g((y: (z: 1) => 2) => [\n  () => { y + }\n]);", 2, 15],
    [
      "export default defineFeatures({ fit: (rows) => 1,\n  features: (row, { mean }) => ({\n  a: row.x +,\n})});",
      3,
      13,
    ],
    ["export default defineFeatures((row) => ({ a: 1, b: rows.map((r) => r + ) }));", 1, 72],
    ["const f = (x) => { const y = 1 };\n) => 2", 2, 1], // an arrow that has no parameters
    ["await (1 as any) = 2;", 1, 1],
  ])("places the syntax error of %j", (source, line, column) => {
    const fault = faultOf(source);
    expect(fault.code).toBe("code-syntax");
    expect(fault.where).toEqual({ line, column });
    expect(fault.message).not.toMatch(/\(\d+:\d+\)|cell\.ts/);
  });

  it("refuses a text that is no cell by its size", () => {
    expect(faultOf("a".repeat(1_000_001)).code).toBe("code-too-long");
  });
});

describe("namesRead", () => {
  const known = ["train", "prices", "text_features", "a", "name"];

  it("gives the free names of the module in the order known", () => {
    expect(namesRead("export default prices.map((row) => ({ x: row.name, n: train.length }));", known)).toEqual([
      "train",
      "prices",
    ]);
  });

  it("leaves out what is declared, a property, a label, a type or a text", () => {
    const source = `const train = 1; interface A { prices: string } type T = a;
      function f({ name }: { name: string }) { return name + "prices" + /prices/.source; }
      export const x = { text_features: f.prices, [\`\${train}\`]: 1 }; // a`;
    expect(namesRead(source, known)).toEqual([]);
  });

  it("sees through scopes: a name bound inside is free outside", () => {
    expect(namesRead("{ let prices = 1; } prices; (train) => train;", known)).toEqual(["prices"]);
    expect(namesRead("const x = { prices };", known)).toEqual(["prices"]);
    expect(namesRead("const [{ q = prices }] = [train];", known)).toEqual(["train", "prices"]);
  });

  it("scans the words of a text that is being typed", () => {
    const source = `const x = prices.map((row) => row.name + "text_features" // train\n`;
    expect(namesRead(source, known)).toEqual(["prices"]);
  });

  it("does not take a prototype's names for known ones", () => {
    expect(namesRead("constructor; __proto__; toString;", known)).toEqual([]);
  });
});
