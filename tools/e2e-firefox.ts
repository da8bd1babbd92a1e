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
import { journeys } from "./firefox/journeys";
import type { Stage } from "./firefox/page";
import { prepare } from "./prepare";
import { serveFolder } from "./serve";

/**
 * `npm run e2e:firefox`: the attack suite and the journeys in the Firefox of this machine, against the built app. It says
 * what it does a line each, fails where something is not as it is in Chromium, and writes the tables of docs/security.md
 * and docs/browsers.md. Without a Firefox it says so.
 */
const PLACES = [process.env.POLYTAB_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** `npm run e2e:firefox -- bombs links` runs these two, `-- journeys share docs` the journeys of these files. */
const parts: Record<string, (stage: Stage) => Promise<void>> = { attacks, controls, bombs, links, around };
const JOURNEYS = "journeys";

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const at = asked.indexOf(JOURNEYS);
  const [names, files] = at < 0 ? [asked, []] : [asked.slice(0, at), asked.slice(at + 1)];
  for (const name of names)
    if (!Object.hasOwn(parts, name))
      throw new Fault("usage", `There is no part "${name}"`, {
        hint: `The parts are ${[...Object.keys(parts), JOURNEYS].join(", ")}.`,
      });
  const path = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!path) return console.log("firefox: none found (POLYTAB_FIREFOX names one); nothing was tried");
  await prepare("build");
  const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim().replace("Mozilla ", "");
  console.log(`firefox: ${version}`);
  const all = asked.length === 0;
  if (all || names.length > 0) await attack(path, version, all ? Object.keys(parts) : names);
  if (all || at >= 0) await journeys(path, version, files);
}

async function attack(path: string, version: string, names: readonly string[]): Promise<void> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: path, headless: true });
  const served = await serveFolder({ folder: join(root, "dist") });
  try {
    const keep: Stage["keep"] = (group, outcomes) => record("firefox", version, group, outcomes);
    for (const name of names) await parts[name]({ browser, url: served.url, keep });
  } finally {
    await browser.close();
    await served.close();
  }
  writeAttackTable();
}

await runTool(main);
