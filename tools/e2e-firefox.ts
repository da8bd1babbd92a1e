import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { BOMBS, CODE, LEAVING, PROSE, RESULTS, SQL, tryAll } from "../e2e/attacks/attempts";
import { openListener } from "../e2e/attacks/listener";
import { Fault } from "../src/base/fault";
import { encodeLink } from "../src/share";
import { root, runTool, seconds } from "./command";
import { prepare } from "./prepare";
import { serveFolder } from "./serve";

/**
 * `npm run e2e:firefox`: the main journey and the attack suite in the Firefox of this machine, against the built app. It says
 * what it does a line each, and fails at the first that is not as it is in Chromium. Without a Firefox it says so.
 */
const PLACES = [process.env.POLYTAB_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const BUDGET_MS = 180_000;

interface Report {
  name: string;
  status: string;
  fault?: { code: string };
}

async function main(): Promise<void> {
  const path = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!path) return console.log("firefox: none found (POLYTAB_FIREFOX names one); nothing was tried");
  await prepare("build");
  console.log(`firefox: ${execFileSync(path, ["--version"], { encoding: "utf8" }).trim()}`);
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: path, headless: true });
  const served = await serveFolder({ folder: join(root, "dist") });
  try {
    await journey(browser, served.url);
    await attacks(browser, served.url);
  } finally {
    await browser.close();
    await served.close();
  }
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
        (button) => !button.disabled && (button.getAttribute("aria-label") ?? button.innerText).trim() === wanted,
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

async function journey(browser: Browser, url: string): Promise<void> {
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
    const scores = await page.evaluate(() => document.body.innerText.includes("accuracy"));
    expectThat(scores, "the score is not to be seen");
    return `${reports.length} cells ready`;
  });
  const link = await call<string>(page, "shareLink");
  await step("its link, opened as a stranger", async () => {
    const context = await browser.createBrowserContext();
    const other = await context.newPage();
    await other.goto(link);
    await other.waitForFunction(() => document.body.innerText.includes("Nothing has run"), { timeout: 60_000 });
    expectThat((await other.$$("iframe")).length === 0, "there is a frame before the click");
    await click(other, "Run all");
    await click(other, "Run the notebook");
    await other.waitForFunction(() => /Same (scores|results) as the author/.test(document.body.innerText), {
      timeout: BUDGET_MS,
    });
    await context.close();
    return "the same scores, to the last digit";
  });
  await page.close();
}

const block = (kind: string, name: string, source: string): string => `\`\`\`${kind} ${name}\n${source}\n\`\`\`\n`;

async function attacks(browser: Browser, url: string): Promise<void> {
  const listener = await openListener();
  const armed = (text: string): string => text.replaceAll("URL", `${listener.url}x`).replaceAll("PWN", "top.pwned=1");
  const markdown = [
    "---\npolytab: 1\ntitle: From a stranger\ntask: emoji-aisle\n---\n",
    ...Object.values(PROSE).map((attempt) => `${armed(attempt.markdown)}\n`),
    block("sql", "fine", "select count(*) as n from train"),
    block(
      "ts",
      "code",
      `const scope = globalThis as any, home = "${url}";\nexport default ${tryAll({ ...CODE, ...LEAVING }, listener.url)};`,
    ),
    ...Object.values(SQL).map((sql, index) => block("sql", `sql_${index}`, armed(sql))),
    ...Object.values(RESULTS).map(({ kind, source }, index) => block(kind, `result_${index}`, armed(source))),
    ...Object.values(BOMBS).map(({ kind, source }, index) => block(kind, `bomb_${index}`, source)),
  ].join("\n");
  const page = await browser.newPage();
  const outcome = async (cells: string[]): Promise<Map<string, Report>> => {
    const reports = await call<Report[]>(page, "run", { cells });
    return new Map(reports.map((report) => [report.name, report]));
  };
  await step("attacks from a stranger's link: agreed to", async () => {
    await page.goto(`${url}#nb=${encodeLink({ markdown })}`);
    await page.waitForFunction(() => document.body.innerText.includes("Nothing has run"), { timeout: 60_000 });
    await page.evaluate(() => void Reflect.get(window, "polytab").run({ cells: ["fine"] }));
    await click(page, "Run the notebook");
    await page.waitForFunction(
      () =>
        Reflect.get(window, "polytab")
          .cells()
          .some(({ name, status }: Report) => name === "fine" && status === "ready"),
      { timeout: BUDGET_MS },
    );
    return "nothing ran before";
  });
  await step("attacks by code", async () => {
    expectThat((await outcome(["code"])).get("code")?.status === "ready", "the attempts did not run");
    const said = await call<{ name: string; outcome: string }[]>(page, "table", "code");
    const through = said.filter((each) => each.outcome === "IT WORKED");
    expectThat(through.length === 0, `these got through: ${through.map(({ name }) => name).join(", ")}`);
    return `${said.length} refused`;
  });
  await step("attacks by SQL", async () => {
    const reports = await outcome(Object.keys(SQL).map((_, index) => `sql_${index}`));
    const wrong = Object.keys(SQL).filter((_, index) => reports.get(`sql_${index}`)?.fault?.code !== "sql-refused");
    expectThat(wrong.length === 0, `these were not refused: ${wrong.join(", ")}`);
    return `${Object.keys(SQL).length} refused`;
  });
  await step("attacks by results", async () => {
    const reports = await outcome(Object.keys(RESULTS).map((_, index) => `result_${index}`));
    const wrong = Object.entries(RESULTS).filter(
      ([, { status }], index) => reports.get(`result_${index}`)?.status !== status,
    );
    expectThat(wrong.length === 0, `these ended otherwise: ${wrong.map(([name]) => name).join(", ")}`);
    return `${Object.keys(RESULTS).length} as expected`;
  });
  for (const [index, [name, { ends }]] of Object.entries(BOMBS).entries()) {
    await step(name, async () => {
      const cell = `bomb_${index}`;
      await page.evaluate((wanted) => void Reflect.get(window, "polytab").run({ cells: [wanted] }), cell);
      const of = async (): Promise<string | undefined> =>
        (await call<Report[]>(page, "cells")).find((each) => each.name === cell)?.status;
      if (ends === "stop") await new Promise((late) => setTimeout(late, 1_000));
      const started = performance.now();
      if (ends === "stop") await call(page, "stop");
      while (/running/.test((await of()) ?? "")) {
        expectThat(performance.now() - started < 60_000, `${name} does not end`);
        await new Promise((late) => setTimeout(late, 50));
      }
      const took = performance.now() - started;
      expectThat((await outcome(["fine"])).get("fine")?.status === "ready", `after ${name} no cell runs`);
      return `ended after ${took.toFixed(0)} ms`;
    });
  }
  await step("the page is whole", async () => {
    const found = await page.evaluate(() => [Reflect.get(window, "pwned"), Reflect.get({}, "polluted")]);
    expectThat(
      found.every((each) => each === undefined || each === null),
      `a stranger's script ran: ${JSON.stringify(found)}`,
    );
    expectThat(listener.heard.length === 0, `the listener heard ${listener.heard.join(", ")}`);
    return "and the listener silent";
  });
  await listener.close();
}

await runTool(main);
