import type { Browser, Page } from "puppeteer-core";
import { BOMBS } from "../../e2e/attacks/attempts";
import { bombNotebook, linkOf } from "../../e2e/attacks/notebook";
import type { Outcomes } from "../../e2e/attacks/record";
import { Fault } from "../../src/base/fault";
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

export async function bombs({ browser, url, keep }: Stage): Promise<void> {
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
