import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeServiceWorker } from "../tools/vite/service-worker";

/**
 * Turns a copy of the built site into its next build, as a host has it after an update: every script has another content,
 * and so another name, and the names of before are gone. The page says which it is.
 */
export async function becomeSecondBuild(folder: string): Promise<void> {
  const assets = join(folder, "assets");
  const scripts = readdirSync(assets).filter((name) => /-[\w-]{8}\.m?js$/.test(name));
  const next = new Map(scripts.map((name) => [name, name.replace(/\.(m?js)$/, "2.$1")]));
  const names = new RegExp([...next.keys()].map((name) => name.replaceAll(".", "\\.")).join("|"), "g");
  const renewed = (text: string): string => text.replace(names, (name) => next.get(name) ?? name);
  for (const [old, name] of next) {
    const file = join(assets, old);
    writeFileSync(file, `${renewed(readFileSync(file, "utf8"))}\n/* the second build */\n`);
    renameSync(file, join(assets, name));
  }
  const page = join(folder, "index.html");
  writeFileSync(page, renewed(readFileSync(page, "utf8")).replace("<title>", '<meta name="second-build" /><title>'));
  await writeServiceWorker(folder);
}
