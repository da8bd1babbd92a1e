import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readAs, z } from "../src/base";
import { root, runTool } from "./command";

const packageSchema = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), packageSchema) });
export type Lock = z.infer<typeof lockSchema>;

/** The same object and not a copy: a schema's copy has its keys in another order, and the file would be all changes. */
const sameLock = z.custom<Lock>(
  (value) => lockSchema.safeParse(value).success,
  "this is no lock file of npm 7 or newer",
);

/** A package for another platform that the lock file names as somebody's optional dependency and then leaves out. */
export interface Omission {
  name: string;
  version: string;
  isDev: boolean;
}

/**
 * npm leaves an optional package out of the lock file where the registry at hand does not have it (a mirror may lack
 * those of other platforms), and from npm 11 on `npm ci` then calls the lock file out of sync and installs nothing.
 */
export function omissionsOf(lock: Lock): Omission[] {
  const found = new Map<string, Omission>();
  for (const [path, { optionalDependencies, dev }] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(optionalDependencies ?? {}))
      if (!isResolved(lock, path, name)) found.set(name, { name, version, isDev: dev ?? false });
  return [...found.values()];
}

/** Node's own search: the folder of the package, then those of the packages around it. */
function isResolved(lock: Lock, path: string, name: string): boolean {
  const folder = "node_modules/";
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf(folder) - 1))) {
    if (`${at && `${at}/`}${folder}${name}` in lock.packages) return true;
    if (at === "") return false;
  }
}

/**
 * The lock file with an entry for each omission, which `npm install` then keeps. The platform is read off the name, so
 * that npm does not ask for it elsewhere; without an integrity, because the registry at hand cannot tell it.
 */
export function completeLock(lock: Lock): Lock {
  const packages = { ...lock.packages };
  for (const { name, version, isDev } of omissionsOf(lock)) {
    const { os, cpu, libc } = platformOf(name);
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(isDev && { dev: true }),
      ...(libc && { libc: [libc] }),
      optional: true,
      os: [os],
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function platformOf(name: string): { os: string; cpu: string; libc?: string } {
  const match = /-(android|darwin|freebsd|linux|win32)-(arm64|arm|ia32|x64)(?:-(musl))?$/.exec(name);
  if (!match) throw new Error(`${name} does not say its platform in its name: teach tools/lock.ts about it`);
  return { os: match[1], cpu: match[2], libc: match[3] };
}

export function readLock(): Lock {
  return readAs(sameLock, JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")), "package-lock.json");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await runTool(async () => {
    const lock = readLock();
    const names = omissionsOf(lock).map(({ name }) => name);
    if (names.length > 0)
      writeFileSync(join(root, "package-lock.json"), `${JSON.stringify(completeLock(lock), null, 2)}\n`);
    console.log(names.length > 0 ? `package-lock.json: added ${names.join(", ")}` : "package-lock.json: complete");
  });
