import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readAs, z } from "../../src/base";
import { root } from "../command";

/** A package whose code or files the built app may carry. */
export interface Licensed {
  name: string;
  version: string;
  /** As the package states it: an SPDX expression, or the name of a file. */
  licence: string;
  /** The texts that its authors ask to be passed on: licence, notice, third parties' notices. */
  texts: string[];
}

/** Licences that allow to pass the code on, with their notice, in an app of another licence. */
export const ALLOWED = new Set(["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "OFL-1.1"]);

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/**
 * Everything that `dependencies` of package.json bring along, by the lock file: a superset of what is bundled, so that
 * no notice is left out.
 */
export function licensedPackages(): Licensed[] {
  const file = join(root, "package-lock.json");
  const { packages } = readAs(lockSchema, JSON.parse(readFileSync(file, "utf8")), file);
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path !== "" && !dev && !devOptional && !optional)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version: version ?? "",
      ...statedBy(join(root, path), license),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function statedBy(folder: string, stated: string | undefined): Pick<Licensed, "licence" | "texts"> {
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|third-?party)/i.test(name) && !/\.(js|ts|json)$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").trim());
  return { licence: nameOf(stated ?? "", texts), texts };
}

/** What `SEE LICENSE IN …` and a missing field mean, by the text's own first words. */
function nameOf(stated: string, texts: readonly string[]): string {
  if (stated !== "" && !stated.startsWith("SEE LICENSE")) return stated;
  const text = texts.join("\n");
  if (/Permission is hereby granted, free of charge/.test(text)) return "MIT";
  if (/Apache License\s+Version 2\.0/.test(text)) return "Apache-2.0";
  return stated || "not stated";
}

/** Whether one choice that an SPDX expression offers is made of allowed licences only. */
export function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, " ");
  return bare.split(/\sOR\s/).some((choice) => choice.split(/\sAND\s/).every((name) => ALLOWED.has(name.trim())));
}

/** One text for readers of the app: every package, and each licence text once, with the packages that it goes with. */
export function noticeText(packages: readonly Licensed[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, texts } of packages) {
    const text = texts.join("\n\n") || `${licence} (the package brings no text along)`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}`);
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  return [
    "Polytab is made with the packages below. Their licences ask that these notices go with them.",
    ...parts,
  ].join(rule);
}
