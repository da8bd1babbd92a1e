import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, chromium, expect, type Page } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { Fault } from "../../src/base/fault";
import { chromiumFlags, findChromium } from "../chromium";
import { cache, root, runTool } from "../command";
import { prepare } from "../prepare";
import { serveFolder } from "../serve";
import { SIZES } from "./look";
import { takeTour } from "./tour";

/** A picture of the README: where it goes, what to open and to wait for. */
const README: readonly { file: string; prepare: (page: Page) => Promise<void> }[] = [
  {
    file: "docs/start-page.png",
    prepare: (page) => expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible(),
  },
  { file: "docs/screenshot.png", prepare: runStarter },
];

/** Opens the sample task with its starter notebook and runs it, so that the picture shows real results. */
async function runStarter(page: Page): Promise<void> {
  await polytab(page).openTask("emoji-aisle");
  await polytab(page).openNotebook(
    await page.evaluate(async () => (await fetch("samples/emoji-aisle/notebook.md")).text()),
  );
  for (const cell of await polytab(page).run())
    if (cell.status !== "ready")
      throw new Fault(
        "shot-failed",
        `The starter notebook's cell "${cell.name}" is ${cell.status}: ${cell.fault?.message ?? "no fault given"}`,
        {
          hint: "Open the app with `npm start`, mend the notebook, and take the pictures again.",
        },
      );
  const result = page.getByRole("region", { name: / cell result$/ });
  await result.evaluate((cell) => cell.scrollIntoView({ block: "start" }));
}

async function take(browser: Browser, url: string): Promise<void> {
  for (const { file, prepare } of README) {
    const page = await browser.newPage({ viewport: SIZES.desktop, colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(`${url}#/`);
    await polytab(page).ready();
    await prepare(page);
    await page.evaluate(async () => document.fonts.ready.then(() => undefined));
    // Not until the network is quiet: the service worker keeps the app for later in the meantime.
    await page.waitForTimeout(500);
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path, animations: "disabled" });
    await page.context().close();
    console.log(`${file}  ${(statSync(path).size / 1024).toFixed(0)} KB`);
  }
}

await runTool(async () => {
  await prepare("samples");
  await prepare("encoders");
  await prepare("build");
  const served = await serveFolder({ folder: join(root, "dist") });
  const found = await findChromium();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env },
  });
  try {
    const [command, ...wanted] = process.argv.slice(2);
    if (command === "tour") await takeTour(browser, served.url, join(cache, "screenshots"), wanted);
    else await take(browser, served.url);
  } finally {
    await browser.close();
    await served.close();
  }
});
