import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GROUPS } from "../../e2e/attacks/record";
import { root } from "../command";

it("docs/security.md names what the attack suite tries, and nothing else (if not: npm run e2e:firefox)", () => {
  const text = readFileSync(join(root, "docs/security.md"), "utf8");
  const named = [...text.matchAll(/^### (.+)\n\n\| attempt [^\n]*\n\|[-|]+\n((?:\|.*\n)+)/gm)].map(
    ([, group, rows]) => [
      group,
      rows
        .trimEnd()
        .split("\n")
        .map((row) => row.split(" | ")[0].slice(2)),
    ],
  );
  expect(Object.fromEntries(named)).toEqual(GROUPS);
});
