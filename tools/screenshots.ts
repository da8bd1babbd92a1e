import { mkdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { polytab } from "../e2e/polytab";
import { Fault } from "../src/base/fault";
import { chromiumFlags, findChromium } from "./chromium";
import { cache, root, runTool } from "./command";
import { prepare } from "./prepare";
import { serveFolder } from "./serve";

/** A picture of the built app: what to open, what to wait for, where it goes. */
interface Shot {
  file: string;
  width: number;
  height: number;
  scheme: "light" | "dark";
  /** The route in the fragment. */
  route: string;
  prepare?: (page: Page) => Promise<void>;
}

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const pages: Record<string, Pick<Shot, "route" | "prepare">> = {
  home: { route: "#/" },
  task: { route: "#/task/emoji-aisle", prepare: (page) => polytab(page).openTask("emoji-aisle") },
  notebook: { route: "#/task/emoji-aisle", prepare: runStarter },
};

/** The one in the README; `--all` takes every page in both sizes and schemes, to be looked at. */
const readme: Shot = { file: "docs/screenshot.png", ...sizes.desktop, scheme: "light", ...pages.notebook };
const all: Shot[] = Object.entries(pages).flatMap(([name, page]) =>
  Object.entries(sizes).flatMap(([size, box]) =>
    (["light", "dark"] as const).map((scheme) => ({
      file: relative(root, join(cache, "screenshots", `${name}-${size}-${scheme}.png`)),
      ...box,
      scheme,
      ...page,
    })),
  ),
);

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
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { width, height, scheme } = shot;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(url + shot.route);
  await polytab(page).ready();
  await shot.prepare?.(page);
  await page.evaluate(async () => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState("networkidle");
  mkdirSync(dirname(join(root, shot.file)), { recursive: true });
  await page.screenshot({ path: join(root, shot.file), animations: "disabled" });
  await page.context().close();
  console.log(`${shot.file}  ${width} x ${height}  ${(statSync(join(root, shot.file)).size / 1024).toFixed(0)} KB`);
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
    for (const shot of process.argv.includes("--all") ? [readme, ...all] : [readme])
      await take(browser, served.url, shot);
  } finally {
    await browser.close();
    await served.close();
  }
});
