import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { Look, SIZES, type Size } from "./look";
import { PARTS } from "./parts";

/** Walks the app and leaves a picture of each page and dialog, in both sizes and schemes, to be looked at. */
export async function takeTour(browser: Browser, url: string, folder: string, wanted: readonly string[]) {
  const sizes = (Object.keys(SIZES) as Size[]).filter((size) => !wanted.some(isSize) || wanted.includes(size));
  const names = Object.keys(PARTS).filter((name) => wanted.every(isSize) || wanted.includes(name));
  for (const name of names)
    for (const size of sizes) {
      const phone = size === "phone" ? { hasTouch: true, isMobile: true } : {};
      const context = await browser.newContext({
        viewport: SIZES[size],
        reducedMotion: "reduce",
        serviceWorkers: "block",
        ...phone,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const look = new Look(page, size, folder, name);
      page.on("pageerror", (error) => look.remarks.push(`page error: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") look.remarks.push(`console: ${message.text()}`);
      });
      const started = Date.now();
      try {
        await page.goto(`${url}#/`);
        await polytab(page).ready();
        await PARTS[name](look);
      } catch (error) {
        look.remarks.push(`stopped: ${error instanceof Error ? error.message.slice(0, 600) : error}`);
        await page.screenshot({ path: join(folder, `${name}-stopped.${size}.png`) }).catch(() => undefined);
      }
      console.log(`${name} ${size} ${((Date.now() - started) / 1000).toFixed(0)} s`);
      for (const remark of new Set(look.remarks)) console.log(`  ${remark}`);
      await context.close();
    }
}

const isSize = (word: string): boolean => word in SIZES;
