import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { placesOf } from "../samples/suite";
import { watchHeaps } from "./heaps";
import type { Measured } from "./main";
import { createRows, type Effort, type FoundChromium, inBrowser, openApp } from "./tab";

const RUNS = 20;
const TASK = "emoji-aisle";

/**
 * What a tab holds after one run of a starter notebook, and after twenty: JavaScript's heap and the memory of buffers,
 * WebAssembly's included, of the page and of every worker, each after a collection of garbage. Every run computes anew: by
 * an edit of the features in the editor, as in an evening's work, or by opening a changed notebook.
 */
export function memory(found: FoundChromium, { brief }: Effort): Promise<Measured[]> {
  const runs = brief ? 10 : RUNS;
  return inBrowser(found, async (browser, url) => {
    const rows = createRows();
    const text = readFileSync(`${placesOf(TASK).served}/notebook.md`, "utf8");
    const ways = [
      ["features edited", edit],
      ["notebook opened again", open],
    ] as const;
    for (const [way, next] of ways.slice(0, brief ? 1 : 2)) {
      const page = await openApp(browser, url);
      const heaps = await watchHeaps(page);
      const held = async (): Promise<number> => {
        const { heap, buffers } = await heaps();
        return (heap + buffers) / 1e6;
      };
      await open(page, text, 0);
      rows.add(`${way}: opened, nothing run`, "MB", await held());
      await runAll(page);
      rows.add(`${way}: run as it came`, "MB", await held());
      let first = 0;
      for (let run = 1; run <= runs; run++) {
        await next(page, text, run);
        await runAll(page);
        if (run !== 1 && run % 5 !== 0) continue;
        const { heap, buffers, workers } = await heaps();
        const both = (heap + buffers) / 1e6;
        console.log(`${way}, ${run}: ${megabytes(heap)} + ${megabytes(buffers)} MB, ${workers} workers`);
        rows.add(`${way}: heap after ${run}`, "MB", heap / 1e6);
        rows.add(`${way}: buffers and WebAssembly after ${run}`, "MB", buffers / 1e6);
        rows.add(`${way}: both after ${run}`, "MB", both);
        first ||= both;
        if (run === runs) rows.add(`${way}: after ${runs} runs / after one`, "x", both / first, 1.1);
      }
      await page.evaluate(() => {
        location.hash = "#/";
      });
      rows.add(`${way}: back on the start page`, "MB", await held());
      await page.context().close();
    }
    return rows.all();
  });
}

const changed = (text: string, run: number): string => text.replace("words.length;", `words.length + ${run};`);

const featuresOf = (markdown: string): string => /```ts features\n([\s\S]*?)\n```/.exec(markdown)?.[1] ?? "";

async function open(page: Page, text: string, run: number): Promise<void> {
  await page.evaluate((markdown) => window.polytab.openNotebook(markdown), changed(text, run));
}

async function edit(page: Page, text: string, run: number): Promise<void> {
  const cell = page.getByRole("region", { name: /cell features$/ });
  const opener = cell.getByRole("button", { name: "Edit features" });
  if (await opener.isVisible()) await opener.click();
  await cell.locator(".monaco-editor").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(featuresOf(changed(text, run)));
  await page.waitForFunction((wanted) => window.polytab.notebook().includes(wanted), `words.length + ${run};`);
}

async function runAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const { name, status, fault } of await window.polytab.run())
      if (status !== "ready") throw new Error(`${name} is ${status}: ${fault?.message ?? "no fault given"}`);
  });
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
