import { BUDGET_MS, call, click, expectThat, type Stage, settled, step } from "./page";

export async function journey({ browser, url }: Stage): Promise<void> {
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
