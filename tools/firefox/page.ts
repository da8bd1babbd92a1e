import type { Browser, Page } from "puppeteer-core";
import { NO_TRACES, TRACES } from "../../e2e/attacks/notebook";
import type { Group, Outcomes } from "../../e2e/attacks/record";
import { Fault } from "../../src/base/fault";
import { seconds } from "../command";

/** The longest that anything of a notebook may take here. */
export const BUDGET_MS = 180_000;

/** A cell, as `window.polytab` tells of it. */
export interface Report {
  name: string;
  status: string;
  fault?: { code: string };
}

/** What a part of the run has at hand. */
export interface Stage {
  browser: Browser;
  url: string;
  keep: (group: Group, outcomes: Outcomes) => void;
}

export async function step(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const said = await work();
  console.log(`  ${name}: ${said} (${seconds(performance.now() - started)})`);
}

/** Calls `window.polytab` of the page. */
export function call<T>(page: Page, method: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    async (name, given) => {
      const api = Reflect.get(window, "polytab");
      return Reflect.apply(Reflect.get(api, name), api, given);
    },
    method,
    args,
  ) as Promise<T>;
}

export async function click(page: Page, label: string): Promise<void> {
  const handle = await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("button")].find(
        (button) => !button.disabled && (button.getAttribute("aria-label") ?? button.textContent).trim() === wanted,
      ),
    { timeout: 60_000, polling: 200 },
    label,
  );
  await handle.asElement()?.evaluate((button) => (button as HTMLElement).click());
}

export function expectThat(holds: boolean, message: string): void {
  if (!holds) throw new Fault("firefox", message);
}

export const pause = (ms: number): Promise<void> => new Promise((late) => setTimeout(late, ms));

export const ending = (reports: readonly Report[], cell: string): string => {
  const report = reports.find(({ name }) => name === cell);
  return report?.fault?.code ?? report?.status ?? "not there";
};

export async function expectFine(page: Page, after: string): Promise<void> {
  const reports = await call<Report[]>(page, "run", { cells: ["fine"] });
  expectThat(ending(reports, "fine") === "ready", `after ${after} no cell runs`);
}

export async function agreeTo(page: Page): Promise<void> {
  await page.waitForFunction(() => document.body.textContent.includes("Nothing has run"), { timeout: 60_000 });
  expectThat((await page.$$("iframe")).length === 0, "there is a frame before the click");
  await page.evaluate(() => void Reflect.get(window, "polytab").run({ cells: ["fine"] }));
  await click(page, "Run the notebook");
  await page.waitForFunction(
    () =>
      Reflect.get(window, "polytab")
        .cells()
        .some(({ name, status }: Report) => name === "fine" && status === "ready"),
    { timeout: BUDGET_MS },
  );
}

export async function expectWhole(page: Page): Promise<void> {
  const found = JSON.stringify(await page.evaluate(TRACES));
  expectThat(found === JSON.stringify(NO_TRACES), `a stranger left something in the page: ${found}`);
}
