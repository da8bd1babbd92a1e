import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as toolbox from "../../src/sandbox/toolbox";
import { TOOLBOX_DECLARATIONS } from "../../src/sandbox/toolbox/declarations";
import { root } from "../command";
import { declaredIn } from "./declared";
import { madeDocuments } from "./main";
import { withMade } from "./markdown";

it.each(madeDocuments())("$path says what the sources say: npm run reference", ({ path, text }) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});

const all = declaredIn(TOOLBOX_DECLARATIONS).flatMap((entry) => [entry, ...entry.members]);
const examples = all.flatMap(({ name, examples }) =>
  examples.map((example) => {
    const [expression, value] = example.split(" // ");
    return { name, expression, value };
  }),
);

it.each(examples)("$expression is $value", ({ expression, value }) => {
  const names = Object.keys(toolbox);
  const evaluate = new Function(...names, `return ${expression};`);
  expect(evaluate(...names.map((name) => Reflect.get(toolbox, name)))).toEqual(JSON.parse(value));
});

it("every function of the toolbox but those that need a task or a picture has an example", () => {
  const without = all.filter(({ kind, examples }) => kind === "function" && examples.length === 0);
  expect(without.map(({ name }) => name).sort()).toEqual([
    "images.averageHash",
    "images.differenceHash",
    "targetEncoding",
  ]);
});

it("an object and the interface that types it are one entry, with its functions as members", () => {
  const text = `/** Shapes. */ export interface Shapes {
      /** A round one. @throws Fault where it is not */ circle(r: number): string; }
    export const shapes: Shapes; export interface Other { a: number }`;
  expect(declaredIn(text)).toMatchObject([
    {
      name: "shapes",
      kind: "object",
      doc: "Shapes.",
      members: [{ name: "shapes.circle", doc: "A round one.", throws: ["Fault where it is not"] }],
    },
    { name: "Other", kind: "type", signature: "interface Other { a: number }" },
  ]);
});

it("what is made replaces what stands between its marks and leaves the rest", () => {
  expect(withMade("a <!-- made: x --> old <!-- end: x --> b", "x", "new")).toBe(
    "a <!-- made: x -->\n\nnew\n\n<!-- end: x --> b",
  );
  expect(() => withMade("a", "x", "new")).toThrow("no <!-- made: x -->");
});
