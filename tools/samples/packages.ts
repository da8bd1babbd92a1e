import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A file of an installed package. Read by path: `exports` of several packages hide their data files. */
export function packageFile(name: string, file: string): string {
  return join(ROOT, "node_modules", name, file);
}

/** A package's JSON file as the type that the caller vouches for: these are pinned versions, not input. */
export function packageJson<T>(name: string, file: string): T {
  return JSON.parse(readFileSync(packageFile(name, file), "utf8")) as T;
}

export function packageVersion(name: string): string {
  return packageJson<{ version: string }>(name, "package.json").version;
}
