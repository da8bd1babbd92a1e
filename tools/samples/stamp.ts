import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packageVersion, ROOT } from "./packages";
import { NOTEBOOK, notebookText, type Places, sha256Of } from "./publish";
import type { SampleTask } from "./task";

/** Packages that shape the bytes beside those whose data a task takes. */
const TOOLS = ["@duckdb/node-api", "@resvg/resvg-js", "fflate"];

/** What a task was made from (`made`), and the digest of each served file but the notebook as it was written. */
export interface Stamp {
  made: string;
  files: Record<string, string>;
}

/**
 * A digest of all that decides a task's bytes: its file in `tasks/` with everything that it and the generator import,
 * the licence texts and the versions of its packages. Not its notebook, which is copied whenever it differs.
 */
export function madeFrom(task: SampleTask, entry: string): string {
  const hash = createHash("sha256");
  const sources = new Set([...sourcesOf(entry), ...sourcesOf(join(ROOT, "tools/samples/make.ts"))]);
  const licences = join(ROOT, "tools/samples/licences");
  const files = [...sources, ...readdirSync(licences).map((file) => join(licences, file))].sort();
  for (const file of files)
    hash
      .update(`${relative(ROOT, file)}\n`)
      .update(readFileSync(file))
      .update("\n");
  for (const name of [...TOOLS, ...task.sources.map((source) => source.package)])
    hash.update(`${name} ${packageVersion(name)}\n`);
  return hash.digest("hex");
}

/** The TypeScript files that a file imports from this repository, and theirs, itself included. */
export function sourcesOf(entry: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, target] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*"(\.[^"]*)"/g)) {
      const path = join(dirname(file), target);
      const source = [`${path}.ts`, join(path, "index.ts"), path].find(
        (candidate) => /\.ts$/.test(candidate) && existsSync(candidate),
      );
      if (source === undefined) throw new Error(`${relative(ROOT, file)} imports "${target}", which is no file.`);
      visit(source);
    }
  };
  visit(entry);
  return found;
}

/** Why a task has to be made again; undefined when its files are what the stamp says. */
export function staleReason(places: Places, made: string): string | undefined {
  const file = stampFile(places);
  if (!existsSync(file) || !existsSync(join(places.unserved, "test-labels.csv"))) return "missing";
  const stamp = JSON.parse(readFileSync(file, "utf8")) as Stamp;
  if (stamp.made !== made) return "its sources changed";
  for (const [name, sha256] of Object.entries(stamp.files)) {
    const served = join(places.served, name);
    if (!existsSync(served)) return `${name} is missing`;
    if (sha256Of(served) !== sha256) return `${name} was changed`;
  }
  return undefined;
}

/** Brings the served notebook up to date, without making the task again. Tells whether it had to. */
export function refreshNotebook(task: SampleTask, places: Places): boolean {
  const file = join(places.served, NOTEBOOK);
  const text = notebookText(task);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  writeFileSync(file, text);
  return true;
}

export function writeStamp(places: Places, made: string): void {
  const files = Object.fromEntries(
    readdirSync(places.served)
      .filter((name) => name !== NOTEBOOK)
      .sort()
      .map((name) => [name, sha256Of(join(places.served, name))]),
  );
  mkdirSync(places.unserved, { recursive: true });
  writeFileSync(stampFile(places), JSON.stringify({ made, files } satisfies Stamp, null, 2));
}

function stampFile(places: Places): string {
  return join(places.unserved, "stamp.json");
}
