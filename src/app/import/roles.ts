import type { FileRole } from "../../tasks";

/** What files are called by what they hold; the tables of records before the splits, since `tableA` says more. */
const NAMES: readonly (readonly [FileRole, RegExp])[] = [
  ["left", /(?:^|[^a-z])(?:table_?a|left|source_?a)(?:[^a-z]|$)/i],
  ["right", /(?:^|[^a-z])(?:table_?b|right|source_?b)(?:[^a-z]|$)/i],
  ["validation", /(?:^|[^a-z])(?:valid|validation|val|dev)(?:[^a-z]|$)/i],
  ["test", /(?:^|[^a-z])(?:test|testing|holdout)(?:[^a-z]|$)/i],
  ["train", /(?:^|[^a-z])(?:train|training|labell?ed)(?:[^a-z]|$)/i],
];

/** Gives files without a role one: by their names, else the first that is free of train, validation and test. */
export function guessRoles<T extends { role: FileRole | undefined; file: { name: string } }>(files: readonly T[]): T[] {
  const taken = new Set(files.flatMap(({ role }) => role ?? []));
  const named = files.map((file): T => {
    if (file.role) return file;
    const role = NAMES.find(([, pattern]) => pattern.test(file.file.name))?.[0];
    if (!role || taken.has(role)) return file;
    taken.add(role);
    return { ...file, role };
  });
  return named.map((file): T => {
    if (file.role) return file;
    const role = (["train", "validation", "test"] as const).find((each) => !taken.has(each));
    if (role) taken.add(role);
    return { ...file, role };
  });
}
