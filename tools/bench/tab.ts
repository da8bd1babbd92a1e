import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumFlags, type findChromium } from "../chromium";
import { root } from "../command";
import { serveFolder } from "../serve";
import type { Measured } from "./main";

export type FoundChromium = Awaited<ReturnType<typeof findChromium>>;

/** How much a bench does: `brief` where all of them run after one another, in under ten minutes together. */
export interface Effort {
  brief: boolean;
}

/** Runs of something that is measured `alone` times where its bench is run by itself. */
export function runsOf(alone: number, { brief }: Effort): number {
  return brief ? Math.min(2, alone) : alone;
}

/** The median; of an even number of values the mean of the two in the middle. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/** The built app on a local server and a browser to open it in; both end with `work`. */
export async function inBrowser<T>(
  found: FoundChromium,
  work: (browser: Browser, url: string) => Promise<T>,
  { isolated = true }: { isolated?: boolean } = {},
): Promise<T> {
  const served = await serveFolder({ folder: join(root, "dist"), isolated });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...chromiumFlags],
    env: { ...process.env, ...found.env } as Record<string, string>,
  });
  try {
    return await work(browser, served.url);
  } finally {
    await browser.close();
    await served.close();
  }
}

/** Without a GPU, moving things are drawn by the processor, half a core of it: a reader who wants none of it sees none. */
export const VISITOR = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" } as const;

/** What runs in a page was translated by esbuild, which calls this on every function that it names. */
export const KEEP_NAMES = "globalThis.__name = (named) => named";

/** A page of the app in a profile of its own, ready. */
export async function openApp(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext(VISITOR);
  const page = await context.newPage();
  await page.addInitScript(KEEP_NAMES);
  await page.goto(url);
  await page.waitForFunction(() => "polytab" in window);
  await page.evaluate(() => window.polytab.ready());
  return page;
}

/** Opens the notebook and runs these cells (all, unless said); throws what a cell's fault says. */
export async function runNotebook(page: Page, markdown: string, cells?: string[]): Promise<Record<string, number>> {
  await page.evaluate((markdown) => window.polytab.openNotebook(markdown), markdown);
  return runOpened(page, cells);
}

/** Runs these cells (all, unless said) of the notebook that is open; gives the milliseconds of each. */
export async function runOpened(page: Page, cells?: string[]): Promise<Record<string, number>> {
  return page.evaluate(async (cells) => {
    const reports = (await window.polytab.run(cells && { cells })).filter(({ name }) => cells?.includes(name) ?? true);
    for (const { name, status, fault } of reports)
      if (status !== "ready") throw new Error(`${name} is ${status}: ${fault?.message ?? "no fault given"}`);
    return Object.fromEntries(reports.map(({ name, tookMs }) => [name, tookMs ?? Number.NaN]));
  }, cells);
}

export function notebookOf(task: string, ...cells: string[]): string {
  return `---\npolytab: 1\ntitle: Bench\ntask: ${task}\n---\n\n${cells.join("\n\n")}\n`;
}

export function fence(info: string, source: string): string {
  return `\`\`\`${info}\n${source}\n\`\`\``;
}

/** Gathers values under what they measure, in the order of their first value. */
export function createRows(): {
  add(what: string, unit: string, value: number, goal?: number): void;
  all(): Measured[];
} {
  const rows = new Map<string, Measured>();
  return {
    add(what, unit, value, goal) {
      const row: Measured = rows.get(what) ?? { what, unit, values: [], ...(goal !== undefined && { goal }) };
      row.values.push(value);
      rows.set(what, row);
    },
    all: () => [...rows.values()],
  };
}

declare global {
  interface Window {
    polytab: import("../../src/app").Polytab;
  }
}
