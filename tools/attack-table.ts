import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS, type Group, recorded } from "../e2e/attacks/record";
import { Fault } from "../src/base/fault";
import { root } from "./command";

const PAGE = join(root, "docs/security.md");
/** The tables stand between these headings. */
const BETWEEN = /(?<=\n## What was tried\n[\s\S]*?\n\n)### [\s\S]*?(?=\n## Limits of the proof\n)/;

/** Writes what became of every attempt in both browsers into docs/security.md. */
export function writeAttackTable(): void {
  const browsers = (["chromium", "firefox"] as const).map((kind) => {
    const found = recorded(kind);
    if (found) return found;
    throw new Fault("attacks-unrecorded", `The attempts have not run in ${kind} in this checkout`, {
      hint: "Run `npm run e2e -- attacks`, then `npm run e2e:firefox`.",
    });
  });
  const table = (group: Group): string => {
    const head = `| attempt | ${browsers.map(({ browser }) => browser).join(" | ")} |\n|---|---|---|`;
    const rows = GROUPS[group].map(
      (name) =>
        `| ${[name, ...browsers.map(({ groups }) => cell(groups[group]?.[name] ?? "not tried"))].join(" | ")} |`,
    );
    return `### ${group}\n\n${[head, ...rows].join("\n")}\n`;
  };
  const text = readFileSync(PAGE, "utf8");
  if (!BETWEEN.test(text)) throw new Fault("attacks-place", `${PAGE} has no place for the tables`);
  writeFileSync(
    PAGE,
    text.replace(BETWEEN, () => (Object.keys(GROUPS) as Group[]).map(table).join("\n")),
  );
}

const LONGEST = 90;

/** An outcome as a table's cell: one line, no port of the day, no markup. */
function cell(outcome: string): string {
  const line = outcome
    .replace(/http:\/\/127\.0\.0\.1:\d+\/\S*/g, "…")
    .replace(/\s+/g, " ")
    .replace(/[|<>`]/g, "");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
