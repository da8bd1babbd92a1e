import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AROUND, BOMBS, CODE, LEAVING, PROSE, RESULTS, SQL } from "./attempts";
import { ARCHIVES, LINKS } from "./packed";

/** Every attempt by its group: the tables of docs/security.md. */
export const GROUPS = {
  "Code of a cell": [...Object.keys(CODE), ...Object.keys(LEAVING)],
  "Text of a notebook": Object.keys(PROSE),
  SQL: Object.keys(SQL),
  Results: Object.keys(RESULTS),
  "Loops and bombs": Object.keys(BOMBS),
  "Links and archives": [...Object.keys(LINKS), ...Object.keys(ARCHIVES)],
  "Around the page": AROUND,
} satisfies Record<string, readonly string[]>;

export type Group = keyof typeof GROUPS;
export type Outcomes = Record<string, string>;
export interface Recorded {
  browser: string;
  groups: Partial<Record<Group, Outcomes>>;
}

const fileOf = (kind: "chromium" | "firefox"): string => join(import.meta.dirname, `../../.cache/attacks/${kind}.json`);

/** Keeps what became of a group's attempts in a browser, beside what was kept of the other groups. */
export function record(kind: "chromium" | "firefox", browser: string, group: Group, outcomes: Outcomes): void {
  const file = fileOf(kind);
  mkdirSync(join(file, ".."), { recursive: true });
  const groups = { ...recorded(kind)?.groups, [group]: outcomes };
  writeFileSync(file, JSON.stringify({ browser, groups } satisfies Recorded, null, 2));
}

/** What the last runs kept, or undefined where none has run here. */
export function recorded(kind: "chromium" | "firefox"): Recorded | undefined {
  const file = fileOf(kind);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
