import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { record } from "../e2e/attacks/record";
import { Fault } from "../src/base/fault";
import { writeAttackTable } from "./attack-table";
import { root, runTool } from "./command";
import { around, attacks, controls, links } from "./firefox/attacks";
import { bombs } from "./firefox/bombs";
import { journey } from "./firefox/journey";
import type { Stage } from "./firefox/page";
import { prepare } from "./prepare";
import { serveFolder } from "./serve";

/**
 * `npm run e2e:firefox`: the main journey and the attack suite in the Firefox of this machine, against the built app. It says
 * what it does a line each, fails at the first that is not as it is in Chromium, and at the end writes the table of
 * docs/security.md. Without a Firefox it says so.
 */
const PLACES = [process.env.POLYTAB_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** `npm run e2e:firefox -- bombs links` runs these two. */
const parts: Record<string, (stage: Stage) => Promise<void>> = { journey, attacks, controls, bombs, links, around };

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const wanted = asked.length > 0 ? asked : Object.keys(parts);
  for (const name of wanted)
    if (!Object.hasOwn(parts, name))
      throw new Fault("usage", `There is no part "${name}"`, {
        hint: `The parts are ${Object.keys(parts).join(", ")}.`,
      });
  const path = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!path) return console.log("firefox: none found (POLYTAB_FIREFOX names one); nothing was tried");
  await prepare("build");
  const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim().replace("Mozilla ", "");
  console.log(`firefox: ${version}`);
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: path, headless: true });
  const served = await serveFolder({ folder: join(root, "dist") });
  try {
    const keep: Stage["keep"] = (group, outcomes) => record("firefox", version, group, outcomes);
    for (const name of wanted) await parts[name]({ browser, url: served.url, keep });
  } finally {
    await browser.close();
    await served.close();
  }
  writeAttackTable();
}

await runTool(main);
