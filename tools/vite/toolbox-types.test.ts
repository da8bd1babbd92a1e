import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DECLARATIONS_FILE, toolboxDeclarations } from "./toolbox-types";

it("the toolbox's types in the editor are those of its sources (run `npx tsx tools/vite/toolbox-types.ts`)", () => {
  expect(readFileSync(DECLARATIONS_FILE, "utf8")).toBe(toolboxDeclarations());
});
