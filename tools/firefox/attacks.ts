import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { PROSE, RESULTS, SQL, WITHOUT_CONTROL } from "../../e2e/attacks/attempts";
import {
  BARE_PAGE,
  codeControl,
  followLinks,
  runModule,
  silentCode,
  silentTexts,
  textsControl,
} from "../../e2e/attacks/controls";
import { FORGERY, pageAround, UNANSWERED } from "../../e2e/attacks/forgery";
import { openListener } from "../../e2e/attacks/listener";
import { attackNotebook, linkOf } from "../../e2e/attacks/notebook";
import { ARCHIVES, LINKS } from "../../e2e/attacks/packed";
import type { Outcomes } from "../../e2e/attacks/record";
import {
  agreeTo,
  call,
  ending,
  expectFine,
  expectThat,
  expectWhole,
  pause,
  type Report,
  type Stage,
  step,
} from "./page";

export async function attacks({ browser, url, keep }: Stage): Promise<void> {
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

export async function links({ browser, url, keep }: Stage): Promise<void> {
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
  const folder = mkdtempSync(join(tmpdir(), "polytab-firefox-"));
  for (const [name, make] of Object.entries(ARCHIVES))
    await step(name, async () => {
      const file = join(folder, "bomb.zip");
      writeFileSync(file, make());
      await page.goto(`${url}#/`);
      await page.goto(`${url}#/import`);
      const input = await page.waitForSelector('input[type="file"]', { timeout: 60_000 });
      await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
      await page.waitForFunction(() => document.body.textContent.includes("larger than 400 MB"), { timeout: 60_000 });
      opened[name] = "larger than 400 MB";
      await expectWhole(page);
      return opened[name];
    });
  rmSync(folder, { recursive: true });
  keep("Links and archives", opened);
  await page.close();
}

/** What Firefox does not have, so that nobody can try it there. */
const NOT_THERE: readonly string[] = ["WebSocketStream"];

export async function controls({ browser }: Stage): Promise<void> {
  const listener = await openListener();
  const page = await browser.newPage();
  await step("the same code where nothing holds it", async () => {
    listener.page = BARE_PAGE;
    await page.goto(`${listener.url}page`);
    const tried = await page.evaluate(runModule, codeControl(listener));
    const silent = silentCode(tried, listener).sort().join(", ");
    const expected = [...WITHOUT_CONTROL, ...NOT_THERE].sort().join(", ");
    expectThat(silent === expected, `nobody heard ${silent}, where it should be ${expected}`);
    expectThat(listener.heard.includes("udp"), "no datagram was heard");
    return `${tried.length - WITHOUT_CONTROL.length - NOT_THERE.length} heard`;
  });
  await step("the same texts where nothing holds them", async () => {
    listener.page = textsControl(listener);
    await page.goto(`${listener.url}page?prose`);
    let silent: string[] = [];
    for (let tries = 0; tries < 50; tries++) {
      silent = silentTexts(await page.evaluate(followLinks), listener);
      if (silent.length === 0) return `${Object.keys(PROSE).length} heard`;
      await pause(100);
    }
    expectThat(false, `these are heard of nobody: ${silent.join(", ")}`);
    return "";
  });
  await page.close();
  await listener.close();
}

export async function around({ browser, url, keep }: Stage): Promise<void> {
  await step("DNS prefetch", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    const forbids = await page.$$('meta[http-equiv="x-dns-prefetch-control"][content="off"]');
    const hints = await page.$$('link[rel~="dns-prefetch"], link[rel~="preconnect"]');
    expectThat(forbids.length === 1 && hints.length === 0, "the page lets the browser look names up ahead");
    await page.close();
    return "the page forbids it";
  });
  const listener = await openListener();
  const page = await browser.newPage();
  await step("messages forged from a page around the app", async () => {
    listener.page = pageAround(url);
    await page.goto(`${listener.url}page`);
    const frame = await (await page.waitForSelector("#app"))?.contentFrame();
    const shows = async (): Promise<void> => {
      await frame?.waitForFunction(() => document.body.textContent.includes("Which aisle"), { timeout: 60_000 });
    };
    await shows();
    const answers = JSON.stringify(await page.evaluate(FORGERY));
    expectThat(frame !== null && answers === JSON.stringify(UNANSWERED), `somebody answered: ${answers}`);
    await shows();
    expectThat((await frame?.$$('[role="dialog"]'))?.length === 0, "the app opened a dialog");
    return "no answer";
  });
  keep("Around the page", {
    "DNS prefetch": "the page forbids it",
    "messages forged from a page around the app": "no answer",
  });
  await page.close();
  await listener.close();
}
