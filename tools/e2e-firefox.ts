import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { BOMBS, PROSE, RESULTS, SQL } from "../e2e/attacks/attempts";
import { openListener } from "../e2e/attacks/listener";
import { attackNotebook, bombNotebook, linkOf, NO_TRACES, TRACES } from "../e2e/attacks/notebook";
import { LINKS } from "../e2e/attacks/packed";
import { type Group, type Outcomes, record } from "../e2e/attacks/record";
import { Fault } from "../src/base/fault";
import { writeAttackTable } from "./attack-table";
import { root, runTool, seconds } from "./command";
import { prepare } from "./prepare";
import { serveFolder } from "./serve";

/**
 * `npm run e2e:firefox`: the main journey and the attack suite in the Firefox of this machine, against the built app. It says
 * what it does a line each, fails at the first that is not as it is in Chromium, and at the end writes the table of
 * docs/security.md. Without a Firefox it says so.
 */
const PLACES = [process.env.POLYTAB_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const BUDGET_MS = 180_000;

/** A cell, as `window.polytab` tells of it. */
interface Report {
  name: string;
  status: string;
  fault?: { code: string };
}

/** What a part of the run has at hand. */
interface Stage {
  browser: Browser;
  url: string;
  keep: (group: Group, outcomes: Outcomes) => void;
}

/** `npm run e2e:firefox -- bombs links` runs these two. */
const parts: Record<string, (stage: Stage) => Promise<void>> = { journey, attacks, bombs, links };

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

async function step(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const said = await work();
  console.log(`  ${name}: ${said} (${seconds(performance.now() - started)})`);
}

/** Calls `window.polytab` of the page. */
function call<T>(page: Page, method: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    async (name, given) => {
      const api = Reflect.get(window, "polytab");
      return Reflect.apply(Reflect.get(api, name), api, given);
    },
    method,
    args,
  ) as Promise<T>;
}

async function click(page: Page, label: string): Promise<void> {
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

async function settled(page: Page): Promise<Report[]> {
  await page.waitForFunction(
    () =>
      Reflect.get(window, "polytab")
        .cells()
        .every(({ status }: { status: string }) => !/idle|running/.test(status)),
    { timeout: BUDGET_MS, polling: 300 },
  );
  return call<Report[]>(page, "cells");
}

function expectThat(holds: boolean, message: string): void {
  if (!holds) throw new Fault("firefox", message);
}

async function journey({ browser, url }: Stage): Promise<void> {
  const page = await browser.newPage();
  await step("the gallery", async () => {
    await page.goto(url);
    await page.waitForFunction(() => "polytab" in window);
    const tasks = await call<{ id: string }[]>(page, "tasks");
    expectThat(tasks.length > 0, "the gallery has no task");
    return `${tasks.length} tasks`;
  });
  await step("a starter notebook runs", async () => {
    await page.goto(`${url}#/task/emoji-aisle`);
    await click(page, "Open the starter notebook");
    await page.waitForFunction(() => location.hash.startsWith("#/notebook/"), { timeout: 60_000 });
    await click(page, "Run all");
    const reports = await settled(page);
    const failed = reports.filter(({ status }) => status !== "ready");
    expectThat(failed.length === 0, `these cells did not run: ${JSON.stringify(failed)}`);
    const scores = await page.evaluate(() => document.body.textContent.includes("accuracy"));
    expectThat(scores, "the score is not to be seen");
    return `${reports.length} cells ready`;
  });
  const link = await call<string>(page, "shareLink");
  await step("its link, opened as a stranger", async () => {
    const context = await browser.createBrowserContext();
    const other = await context.newPage();
    await other.goto(link);
    await other.waitForFunction(() => document.body.textContent.includes("Nothing has run"), { timeout: 60_000 });
    expectThat((await other.$$("iframe")).length === 0, "there is a frame before the click");
    await click(other, "Run all");
    await click(other, "Run the notebook");
    await other.waitForFunction(() => /Same (scores|results) as the author/.test(document.body.textContent), {
      timeout: BUDGET_MS,
    });
    await context.close();
    return "the same scores, to the last digit";
  });
  await page.close();
}

async function attacks({ browser, url, keep }: Stage): Promise<void> {
  const listener = await openListener();
  const page = await browser.newPage();
  const outcomesOf = async (prefix: string, attempts: Record<string, { ends: string }>): Promise<Outcomes> => {
    const names = Object.keys(attempts);
    const reports = await call<Report[]>(page, "run", { cells: names.map((_, index) => `${prefix}_${index}`) });
    const ended = names.map((name, index) => [name, ending(reports, `${prefix}_${index}`)]);
    const wrong = ended.filter(([name, end]) => end !== attempts[name].ends);
    expectThat(wrong.length === 0, `these ended otherwise: ${wrong.map((pair) => pair.join(": ")).join(", ")}`);
    return Object.fromEntries(ended);
  };
  await step("a stranger's link, agreed to", async () => {
    await page.goto(`${url}${linkOf(attackNotebook(listener.url, url))}`);
    await agreeTo(page);
    expectThat(listener.heard.length === 0, `before the click the listener heard ${listener.heard.join(", ")}`);
    return "nothing ran before";
  });
  await step("attacks by code", async () => {
    await call(page, "run", { cells: ["code"] });
    const said = await call<{ name: string; outcome: string }[]>(page, "table", "code");
    const through = said.filter((each) => each.outcome === "IT WORKED");
    expectThat(said.length > 0, "the attempts did not run");
    expectThat(through.length === 0, `these got through: ${through.map(({ name }) => name).join(", ")}`);
    keep("Code of a cell", Object.fromEntries(said.map(({ name, outcome }) => [name, outcome])));
    return `${said.length} refused`;
  });
  await step("attacks by SQL", async () => {
    keep("SQL", await outcomesOf("sql", SQL));
    return `${Object.keys(SQL).length} refused`;
  });
  await step("attacks by results", async () => {
    await call(page, "run", { cells: ["marked"] });
    keep("Results", await outcomesOf("result", RESULTS));
    return `${Object.keys(RESULTS).length} as expected`;
  });
  await step("the page after them", async () => {
    await expectWhole(page);
    expectThat(listener.heard.length === 0, `the listener heard ${listener.heard.join(", ")}`);
    const held = Object.keys(PROSE).map((name) => [name, "nothing ran, nothing was asked for"]);
    keep("Text of a notebook", Object.fromEntries(held));
    await expectFine(page, "the attacks");
    return "whole, and the listener silent";
  });

  await page.close();
  await listener.close();
}

async function bombs({ browser, url, keep }: Stage): Promise<void> {
  const outcomes: Outcomes = {};
  let page = await bombPage(browser, url);
  for (const [index, [name, bomb]] of Object.entries(BOMBS).entries())
    await step(name, async () => {
      const started = performance.now();
      const ended = await explode(page, `bomb_${index}`, bomb).catch((error: unknown) => {
        if (bomb.takesProcess && !(error instanceof Fault)) return TAB_ENDED;
        throw error;
      });
      const took = performance.now() - started;
      if (bomb.takesProcess) {
        await page.close().catch(() => {}); // it may be gone
        page = await bombPage(browser, url);
      } else expectThat(ended === (bomb.ends === "stop" ? STOPPED : bomb.ends), `it ended otherwise: ${ended}`);
      await expectFine(page, name);
      await expectWhole(page);
      outcomes[name] = ended;
      return `${ended} after ${took.toFixed(0)} ms`;
    });
  keep("Loops and bombs", outcomes);
  await page.close();
}

const STOPPED = "stopped";
const TAB_ENDED = "the tab ends; opened again it computes";

async function bombPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${url}${linkOf(bombNotebook())}`);
  await agreeTo(page);
  return page;
}

/** Runs the cell until it ends by itself, or is stopped a second after its start. */
async function explode(page: Page, cell: string, { ends, takesProcess }: (typeof BOMBS)[string]): Promise<string> {
  const patience = takesProcess ? 20_000 : 60_000;
  const of = async (): Promise<string> => ending(await call<Report[]>(page, "cells"), cell);
  await page.evaluate((wanted) => void Reflect.get(window, "polytab").run({ cells: [wanted] }), cell);
  if (ends === "stop") await pause(1_000);
  const started = performance.now();
  while (ends !== "stop" && (await of()) === "running" && performance.now() - started < patience) await pause(50);
  if ((await of()) !== "running") return of();
  expectThat(ends === "stop" || takesProcess === true, "it does not end");
  const asked = performance.now();
  await call(page, "stop");
  while ((await of()) === "running") {
    expectThat(performance.now() - asked < 3_000, "Stop does not end it"); // a second where nothing else is going on
    await pause(50);
  }
  return STOPPED;
}

async function links({ browser, url, keep }: Stage): Promise<void> {
  const page = await browser.newPage();
  const opened: Outcomes = {};
  for (const [name, { fragment, says }] of Object.entries(LINKS))
    await step(name, async () => {
      await page.goto(`${url}#/`);
      await page.goto(`${url}${fragment()}`);
      await page.waitForFunction((text) => document.body.textContent.includes(text), { timeout: 60_000 }, says);
      opened[name] = says;
      await expectWhole(page);
      return says;
    });
  keep("Links and archives", opened);
  await page.close();
}

const pause = (ms: number): Promise<void> => new Promise((late) => setTimeout(late, ms));

const ending = (reports: readonly Report[], cell: string): string => {
  const report = reports.find(({ name }) => name === cell);
  return report?.fault?.code ?? report?.status ?? "not there";
};

async function expectFine(page: Page, after: string): Promise<void> {
  const reports = await call<Report[]>(page, "run", { cells: ["fine"] });
  expectThat(ending(reports, "fine") === "ready", `after ${after} no cell runs`);
}

async function agreeTo(page: Page): Promise<void> {
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

async function expectWhole(page: Page): Promise<void> {
  const found = JSON.stringify(await page.evaluate(TRACES));
  expectThat(found === JSON.stringify(NO_TRACES), `a stranger left something in the page: ${found}`);
}

await runTool(main);
