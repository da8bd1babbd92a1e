import { beforeAll, describe, expect, it } from "vitest";
import { namesRead } from "./names";
import { loadParsers } from "./parsers";
import { renameRead } from "./rename";

beforeAll(loadParsers);

describe("a name that a module reads is renamed", () => {
  it.each([
    ["const x: number = sizes.rows + sizes [0];", "const x: number = areas.rows + areas [0];"],
    ["display({ sizes, other: sizes });", "display({ sizes: areas, other: areas });"],
    [`const t = \`a \${sizes.length} sizes\`; // sizes`, `const t = \`a \${areas.length} sizes\`; // sizes`],
    ["row.sizes; x = { sizes: 1 };", "row.sizes; x = { sizes: 1 };"],
    [
      "const f = (sizes: number[]) => sizes.length;\nf(sizes as any);",
      "const f = (sizes: number[]) => sizes.length;\nf(areas as any);",
    ],
    ["{ const sizes = 1; use(sizes); }\nuse(sizes);", "{ const sizes = 1; use(sizes); }\nuse(areas);"],
    [
      "const a: Array<string> = sizes;\nconst b = a as string[];\n\nexport default b ?? sizes;",
      "const a: Array<string> = areas;\nconst b = a as string[];\n\nexport default b ?? areas;",
    ],
    ["this does not parse (sizes", "this does not parse (sizes"],
    ["const { sizes: mine } = sizes; mine;", "const { sizes: mine } = areas; mine;"],
  ])("%s", (source, expected) => {
    expect(renameRead(source, "sizes", "areas")).toBe(expected);
    if (source !== expected) expect(namesRead(expected, ["sizes", "areas"])).toEqual(["areas"]);
  });
});
