import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages";
import { type Places, sha256Of } from "./publish";

/** SHA-256 of each task's data files, by name, and of its test labels: what every machine has to make. */
export type Digests = Record<string, Record<string, string>>;

/** Committed, so that a fresh clone tells whether it makes the very rows that everyone else has. */
export const DIGESTS = join(ROOT, "tools/samples/digests.json");

export function readDigests(): Digests {
  return JSON.parse(readFileSync(DIGESTS, "utf8")) as Digests;
}

/** The digests of a task as it lies there; `files` are those that are served. */
export function digestsOf({ served, unserved }: Places, files: readonly string[]): Record<string, string> {
  const data = files.filter((file) => /\.(parquet|csv)$/.test(file)).sort();
  return Object.fromEntries([
    ...data.map((file) => [file, sha256Of(join(served, file))]),
    ["test labels", sha256Of(join(unserved, "test-labels.csv"))],
  ]);
}
