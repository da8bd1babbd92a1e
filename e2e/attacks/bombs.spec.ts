import { BOMBS } from "./attempts";
import { browserOf, expect, test } from "./journey";
import { bombNotebook, linkOf, NO_TRACES, TRACES } from "./notebook";
import { ARCHIVES, LINKS } from "./packed";
import { type Outcomes, record } from "./record";

const IDLE = "window.polytab.cells().every(({ status }) => status !== 'running')";

test("loops and bombs end, by Stop within a second or by themselves, and the next cell runs", async ({
  page,
  watch,
}) => {
  // The frame's process dies by the last bomb, which Playwright takes for the page's. A session of the debugger's own
  // goes on with the page, and shows that it lives.
  watch.expectError(/the page crashed/);
  const session = await page.context().newCDPSession(page);
  const ask = async <T>(expression: string): Promise<T> => {
    const options = { expression, awaitPromise: true, returnByValue: true };
    return (await session.send("Runtime.evaluate", options)).result.value as T;
  };
  const outcome = (cell: string) =>
    ask<string>(
      `(({ status, fault }) => fault?.code ?? status)(window.polytab.cells().find(({ name }) => name === ${JSON.stringify(cell)}))`,
    );

  await page.goto(linkOf(bombNotebook()));
  await page
    .getByRole("region", { name: / cell fine$/ })
    .getByRole("button", { name: "Run this cell" })
    .click();
  await page.getByRole("button", { name: "Run the notebook" }).click();
  await expect.poll(() => outcome("fine"), { timeout: 30_000 }).toBe("ready");
  const ended: Outcomes = {};
  for (const [index, [name, { ends }]] of Object.entries(BOMBS).entries())
    await test.step(name, async () => {
      const cell = `bomb_${index}`;
      await ask(`void window.polytab.run({ cells: ["${cell}"] })`);
      if (ends === "stop") {
        await page.waitForTimeout(400);
        expect(await outcome(cell)).toBe("running");
        const started = Date.now();
        await page.getByRole("button", { name: "Stop" }).first().click();
        await expect.poll(() => outcome(cell), { intervals: [50] }).toBe("idle");
        expect(Date.now() - started).toBeLessThan(3_000); // a second where nothing else is going on
        ended[name] = "stopped";
      } else {
        await expect.poll(() => ask(IDLE), { timeout: 60_000, intervals: [100] }).toBe(true);
        ended[name] = await outcome(cell);
      }
      expect(await ask(TRACES)).toEqual(NO_TRACES);
      await ask('window.polytab.run({ cells: ["fine"] })');
      expect(await outcome("fine")).toBe("ready");
    });
  expect(ended).toEqual(
    Object.fromEntries(Object.entries(BOMBS).map(([name, { ends }]) => [name, ends === "stop" ? "stopped" : ends])),
  );
  record("chromium", browserOf(page), "Loops and bombs", ended);
});

test("links and archives that are bombs say so, and touch nothing", async ({ page }) => {
  const outcomes: Outcomes = {};
  for (const [name, { fragment, says }] of Object.entries(LINKS))
    await test.step(name, async () => {
      await page.goto("#/");
      const address = fragment();
      const started = Date.now();
      await page.goto(address);
      await expect(page.getByText(says).first()).toBeVisible();
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      expect(Date.now() - started).toBeLessThan(15_000); // two seconds where nothing else is going on
      outcomes[name] = says;
    });
  for (const [name, make] of Object.entries(ARCHIVES))
    await test.step(name, async () => {
      await page.goto("#/import");
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles({ name: "bomb.zip", mimeType: "application/zip", buffer: make() });
      const refused = page.getByText(/larger than 400 MB|damaged|no rows|empty/i).first();
      await expect(refused).toBeVisible({ timeout: 30_000 });
      outcomes[name] = /larger than 400 MB|damaged|no rows|empty/i.exec((await refused.textContent()) ?? "")?.[0] ?? "";
    });
  await page.goto("#/");
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  expect(await page.evaluate(TRACES)).toEqual(NO_TRACES);
  record("chromium", browserOf(page), "Links and archives", outcomes);
});
