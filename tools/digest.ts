import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * SHA-256 (hex) over the names and contents of files, so that a copy or a checkout that touches only times is not a
 * change. `paths` are files or folders relative to `root`; one that does not exist counts as absent, which differs from
 * empty. `skip` leaves out files by their path; `extra` is anything else that the outcome hangs on.
 */
export function digestOf(
  root: string,
  paths: readonly string[],
  options: { skip?: (path: string) => boolean; extra?: readonly string[] } = {},
): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    if (!existsSync(join(root, path))) hash.update(`absent ${path}\n`);
    for (const file of filesUnder(root, path)) {
      if (options.skip?.(file)) continue;
      const bytes = readFileSync(join(root, file));
      hash.update(`${file} ${bytes.length}\n`).update(bytes);
    }
  }
  for (const text of options.extra ?? []) hash.update(`extra ${text.length}\n${text}`);
  return hash.digest("hex");
}

/** Files at or under `path` (relative to `root`, with forward slashes), in order of name. */
export function filesUnder(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/** Whether `file` says that what it stands for was made from inputs with this digest. */
export function isStamped(file: string, digest: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8") === digest;
}

export function stamp(file: string, digest: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, digest);
}
