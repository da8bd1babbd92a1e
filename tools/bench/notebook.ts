import type { Page } from "@playwright/test";
import type { Measured } from "./main";
import { longest, watchLongTasks } from "./quiet";
import { createRows, type FoundChromium, fence, inBrowser, notebookOf, openApp, runNotebook } from "./tab";

const TASK = "emoji-aisle";
const CELLS = 200;
const KEYS = 120;
const ROWS = 1_000_000;

/** What editing feels like in a long notebook, and what a very large result does to the page. */
export function notebook(found: FoundChromium): Promise<Measured[]> {
  return inBrowser(found, async (browser, url) => {
    const rows = createRows();
    const page = await openApp(browser, url);
    await keystrokes(page, rows.add);
    await previews(page, rows.add);
    await largeTable(page, rows.add);
    return rows.all();
  });
}

type Add = ReturnType<typeof createRows>["add"];

const FEATURE =
  'import { defineFeatures } from "polytab";\nexport default defineFeatures((row) => ({ size: row.name?.length ?? 0, fixed }));\nconst fixed = 100';

/** From a key to the picture that shows it, as the browser tells it (in steps of 8 ms, 16 at the least). */
async function keystrokes(page: Page, add: Add): Promise<void> {
  const cells = Array.from({ length: CELLS }, (_, i) =>
    fence(`sql q${i}`, `select label, count(*) as n\nfrom train\nwhere length(name) > ${i}\ngroup by all`),
  );
  await runNotebook(page, notebookOf(TASK, ...cells), ["q0", "q1", "q2"]);
  await edit(page, "q1");
  await page.keyboard.press("ControlOrMeta+End");
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, "keyTimes", seen);
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "keydown") seen.push(duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.keyboard.type(` -- ${"words to type ".repeat(20)}`.slice(0, KEYS), { delay: 50 });
  await page.waitForTimeout(500);
  const slow: number[] = await page.evaluate(() => Reflect.get(window, "keyTimes"));
  const all = [...slow, ...Array.from({ length: Math.max(0, KEYS - slow.length) }, () => 16)].sort((a, b) => a - b);
  add(`key to paint in a notebook of ${CELLS} cells, 95th percentile`, "ms", all[Math.floor(0.95 * all.length)], 50);
  add(`key to paint in a notebook of ${CELLS} cells, median`, "ms", all[Math.floor(0.5 * all.length)]);
}

/** From the last key of an edit to its value beside the code. */
async function previews(page: Page, add: Add): Promise<void> {
  await runNotebook(page, notebookOf(TASK, fence("ts features", FEATURE)));
  await edit(page, "features");
  await page.locator(".preview-values td").first().waitFor();
  await page.keyboard.press("ControlOrMeta+End");
  for (let digit = 0; digit < 10; digit++) {
    if (digit > 0) await page.keyboard.press("Backspace");
    await page.waitForTimeout(800);
    // Set up before the key goes: what is still on its way to the page would miss it.
    const seen = await page.evaluateHandle((value) => {
      const shown = new Promise<number>((resolve) => {
        let pressed = 0;
        document.addEventListener("keydown", () => (pressed = performance.now()), { capture: true, once: true });
        const look = (): void => {
          const there = [...document.querySelectorAll(".preview-values td")].some(
            (cell) => cell.textContent?.replaceAll(",", "") === value, // 1,000
          );
          if (there && pressed > 0) resolve(performance.now() - pressed);
          else requestAnimationFrame(look);
        };
        look();
      });
      return { shown };
    }, `100${digit}`);
    await page.keyboard.press(String(digit));
    add("last key to the new values beside the code (20 rows)", "ms", await seen.evaluate(({ shown }) => shown), 150);
  }
}

/** A million rows of 200 columns: what a jump of the scroll bar and a smooth scroll cost, and a chart of all of them. */
async function largeTable(page: Page, add: Add): Promise<void> {
  const columns = [
    ...Array.from({ length: 150 }, (_, i) => `((i + ${i}) % 100)::utinyint as n${i}`),
    ...Array.from({ length: 40 }, (_, i) => `(i % ${1_000 + i})::float / 7 as f${i}`),
    ...Array.from({ length: 8 }, (_, i) => `'word ' || ((i + ${i}) % 50) as w${i}`),
  ];
  const wide = `select i::integer as id, sqrt(i) as root, ${columns.join(", ")} from range(${ROWS}) t(i)`;
  const scatter = fence("chart dots", "source: wide\ntype: scatter\nx: f1\ny: root\ncolor: w0");
  await runNotebook(
    page,
    notebookOf(TASK, fence("sql wide", wide), scatter).replace("\n---\n", "\nbudget: 600\n---\n"),
    ["wide"],
  );
  await page.locator(".grid-scroll").first().waitFor();
  await page.waitForTimeout(1_000);
  await watchLongTasks(page);
  for (const share of [0.1, 0.5, 0.9, 0.3, 0.7])
    add("jump in 1M rows x 200 columns, to the values on screen", "ms", await jump(page, share));
  add("longest task while jumping (0: under 50)", "ms", await longest(page), 50);
  const frames: number[] = await page.evaluate(async () => {
    const scroll = document.querySelector(".grid-scroll");
    const times: number[] = [];
    let last = performance.now();
    for (let i = 0; i < 120 && scroll; i++) {
      scroll.scrollTop += 60;
      scroll.scrollLeft += i < 60 ? 40 : -40;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  add("frame while scrolling it both ways, median", "ms", frames[60]);
  add("frame while scrolling it both ways, 95th percentile", "ms", frames[114]);
  add("longest task while scrolling (0: under 50)", "ms", await longest(page), 50);
  const [tookMs] = await page.evaluate(async () => {
    const started = performance.now();
    await window.polytab.run({ cells: ["dots"] });
    return [performance.now() - started];
  });
  await page.locator(".plot path").first().waitFor();
  add("scatter of 1M rows, asked to drawn", "ms", tookMs);
  add("longest task while it is drawn (0: under 50)", "ms", await longest(page), 50);
}

async function jump(page: Page, share: number): Promise<number> {
  return page.evaluate(async (share) => {
    const scroll = document.querySelector(".grid-scroll");
    const started = performance.now();
    if (scroll) scroll.scrollTop = share * scroll.scrollHeight;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    while (document.querySelector(".grid-skeleton")) await new Promise(requestAnimationFrame);
    return performance.now() - started;
  }, share);
}

async function edit(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
  await page.locator(".monaco-editor").waitFor();
  await page.waitForTimeout(1_000);
}
