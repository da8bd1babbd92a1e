import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { openGallery } from "./serve";

/**
 * What only a browser can say of the components, tried on the built gallery: the grid at its ends, keys, the editor
 * under the page's CSP, axe. `npx vite build tools/gallery && npx tsx tools/gallery/check.ts`.
 */
const { url, browser, close } = await openGallery();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const only = process.argv[2];
let failures = 0;

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

async function check(name: string, view: string, run: (page: Page) => Promise<void>, width = 1440): Promise<void> {
  if (only && !name.includes(only)) return;
  const phone = width < 500;
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    hasTouch: phone,
    isMobile: phone,
    bypassCSP: false,
  });
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text().slice(0, 300)));
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    await page.goto(`${url}${view}`);
    await run(page);
    assert.deepEqual(errors, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n      ${error instanceof Error ? error.message : error}`);
  }
  await page.close();
}

const rowNumbers = (page: Page) =>
  page.$$eval(".grid-row", (rows) => rows.map((row) => Number((row as HTMLElement).dataset.row)).sort((a, b) => a - b));

await check("a million rows: End reaches the very last one, Home the first", "?theme=light#task", async (page) => {
  const grid = page.getByRole("grid", { name: "A million rows" });
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+End");
  await page.waitForTimeout(500);
  assert.equal((await rowNumbers(page)).at(-1), 999_999);
  assert.match((await grid.getAttribute("aria-activedescendant")) ?? "", /-999999-199$/);
  assert.match((await page.locator("[aria-selected=true]").textContent()) ?? "", /^−?\d/);
  await page.keyboard.press("Control+Home");
  await page.waitForTimeout(400);
  assert.equal((await rowNumbers(page))[0], 0);
});

await check(
  "a million rows: the wheel moves pixel by pixel far from the top, and the bar follows",
  "?theme=light#task",
  async (page) => {
    const scroller = page.locator(".grid-scroll");
    await scroller.scrollIntoViewIfNeeded();
    await scroller.evaluate((node) => {
      node.scrollTop = 9_000_000;
    });
    await page.waitForTimeout(600);
    const before = (await rowNumbers(page))[0];
    assert.ok(before > 500_000 && before < 700_000, `row ${before}`);
    await scroller.hover();
    await page.mouse.wheel(0, 104);
    await page.waitForTimeout(60);
    await page.waitForTimeout(600);
    assert.equal((await rowNumbers(page))[0], before + 2);
    assert.ok((await page.locator(".grid-row .grid-text").count()) > 10, "rows are filled");
  },
);

await check("scrolling a million rows keeps every frame short", "?theme=light#task", async (page) => {
  await page.locator(".grid-scroll").scrollIntoViewIfNeeded();
  const walk = (steps: number, by: number) =>
    page.evaluate(
      async ([count, step]) => {
        const node = document.querySelector(".grid-scroll") as HTMLElement;
        const frames: number[] = [];
        const long: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) long.push(entry.duration);
        });
        observer.observe({ type: "longtask" });
        let last = performance.now();
        for (let taken = 0; taken < count; taken++) {
          node.scrollTop += step;
          await new Promise(requestAnimationFrame);
          frames.push(performance.now() - last);
          last = performance.now();
        }
        observer.disconnect();
        frames.sort((a, b) => a - b);
        return {
          median: frames[Math.floor(count / 2)],
          p95: frames[Math.floor(count * 0.95)],
          long: long.length,
          longest: Math.max(0, ...long),
        };
      },
      [steps, by],
    );
  const wheel = await walk(120, 120);
  const jumps = await walk(40, 90_000);
  for (const [name, times] of Object.entries({ wheel, jumps }))
    console.log(
      `      ${name}: frames ${times.median.toFixed(0)} ms, 95 % ${times.p95.toFixed(0)} ms; ${times.long} long tasks, longest ${times.longest.toFixed(0)} ms`,
    );
  assert.ok(wheel.p95 < 120, "a wheel's frame is short even on a busy machine");
});

await check("Enter shows a value whole, Escape brings the focus back", "?theme=light#task", async (page) => {
  const grid = page.getByRole("grid", { name: "A million rows" });
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(400);
  await page.keyboard.press("Enter");
  const detail = page.locator(".grid-detail");
  await detail.waitFor();
  assert.match((await detail.textContent()) ?? "", /without any text in it\./);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(200);
  assert.equal(await detail.count(), 0);
  assert.ok(await grid.evaluate((node) => node === document.activeElement));
});

/** The two editors of the notebook, open and quiet: the second takes the focus when it is ready. */
async function editorsReady(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll(".cell .monaco-editor .view-line").length > 8, undefined, {
    timeout: 30_000,
  });
  await page.waitForTimeout(3000);
}

await check(
  "the editor: types from the libraries, no false faults, no DOM",
  "?theme=light&edit#notebook",
  async (page) => {
    const editor = page.locator(".cell[data-kind=ts] .monaco-editor").first();
    await editorsReady(page);
    assert.equal(await page.locator(".cell[data-kind=ts] .squiggly-error").count(), 0, "clean code has no squiggle");
    await editor.click({ position: { x: 300, y: 190 } });
    await page.keyboard.press("Control+End");
    await page.keyboard.type("document.title;\nexport const late = await Promise.resolve(1);\n");
    await page.locator(".squiggly-error").first().waitFor({ timeout: 15_000 });
    await page.waitForTimeout(800);
    assert.equal(await page.locator(".cell[data-kind=ts] .squiggly-error").count(), 1, "only document is unknown");
  },
);

await check(
  "the editor: completion of the row, leaving by Escape and Tab",
  "?theme=light&edit#notebook",
  async (page) => {
    const editor = page.locator(".cell[data-kind=ts] .monaco-editor").first();
    await editorsReady(page);
    await editor.click({ position: { x: 200, y: 110 } });
    await page.keyboard.press("Control+End");
    await page.keyboard.type('import { similarity as s } from "polytab";\ns.');
    assert.match(
      ((await page.locator(".cell[data-kind=ts] .view-lines").first().textContent()) ?? "").replaceAll("\u00a0", " "),
      /import \{ similarity as s \} from "polytab";/,
      "what is typed fast stays as typed",
    );
    await page.keyboard.press("Control+Space");
    await page
      .getByRole("option", { name: /jaccard/ })
      .first()
      .waitFor({ timeout: 15_000 });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByText("Tab leaves the editor").waitFor();
    await page.keyboard.press("Tab");
    await page.waitForTimeout(200);
    assert.ok(!(await page.evaluate(() => document.activeElement?.closest(".cell-text .monaco-editor"))), "Tab left");
  },
);

await check("the editor: columns after a table's name in SQL", "?theme=light&edit#notebook", async (page) => {
  const editor = page.locator(".cell[data-kind=sql] .monaco-editor").first();
  await editorsReady(page);
  await editor.click({ position: { x: 300, y: 60 } });
  await page.keyboard.press("Control+End");
  await page.keyboard.type(", class_balance.");
  await page
    .getByRole("option", { name: /^label/ })
    .first()
    .waitFor({ timeout: 10_000 });
});

for (const [view, width] of [
  ["notebook", 1440],
  ["task", 1440],
  ["board", 1440],
  ["scores", 1440],
  ["notebook", 390],
  ["board", 390],
  ["scores", 390],
] as const) {
  for (const theme of ["light", "dark"]) {
    const dialog = view === "board" && width === 390 ? "&dialog" : "";
    await check(
      `axe: ${view} at ${width}, ${theme}`,
      `?theme=${theme}${dialog}#${view}`,
      async (page) => {
        await page.waitForTimeout(1500);
        // Evaluated by the debugger, which no CSP holds back.
        await page.evaluate(axe);
        const found = await page.evaluate(() =>
          (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run().then((results) =>
            results.violations
              .filter((each) => each.impact === "serious" || each.impact === "critical")
              .map(
                (each) =>
                  `${each.id}: ${each.nodes
                    .slice(0, 3)
                    .map((node) => node.html.slice(0, 160))
                    .join(" | ")}`,
              ),
          ),
        );
        assert.deepEqual(found, []);
      },
      width,
    );
  }
}
await close();
process.exit(failures > 0 ? 1 : 0);
