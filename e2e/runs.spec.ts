import { expect, polytab, test } from "./fixtures";

/** Reads a column that two of the four classification tasks have. */
const notebook = (feature: string): string => `---
polytab: 1
title: Names only
task: emoji-aisle
---

\`\`\`ts features
import { defineFeatures, text } from "polytab";
export default defineFeatures((row) => ({ ${feature} }));
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features]
seed: 7
\`\`\`

\`\`\`model baseline
model: emoji-aisle-fusion
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, baseline, majority]
\`\`\`
`;

test("one notebook runs on every task of its track, stops, resumes after a reload, and is shared", async ({
  page,
  context,
  visitor,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(notebook("length: row.name.length"));
  await page.getByRole("button", { name: "Run on every task of this track" }).click();
  const table = page.getByRole("table", { name: "Scores by task" });
  const line = (task: string) => table.getByRole("row", { name: new RegExp(`^${task}`) });
  await expect(line("emoji-aisle")).toContainText("guessing alone", { timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: /Resume/ })).toBeVisible();
  const known = await line("emoji-aisle").textContent();
  await page.reload();
  expect(await line("emoji-aisle").textContent()).toBe(known);
  await page.getByRole("button", { name: /Resume/ }).click();
  await expect(page.getByText(/over 4 of 4 tasks; 2 failed tasks counted as 0/)).toBeVisible({ timeout: 90_000 });
  await expect(line("smart-home-type")).toContainText('There is no "name" in the rows of train');
  await expect(line("icon-topic")).toContainText("without baseline");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  // What is finished is not run again: the same answer comes at once.
  await app.openNotebook(notebook("length: row.name.length"));
  const started = Date.now();
  const results = await app.runAcrossTasks();
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(results.map(({ task, score }) => [task, score !== undefined]).sort()).toEqual([
    ["emoji-aisle", true],
    ["icon-topic", true],
    ["smart-home-type", false],
    ["word-sense", false],
  ]);

  // The reader sees what the author had before anything runs; the notebook's own link says it too.
  const had = results.flatMap(({ task, score }) => (score ? [`${task} ${score.primary.value.toFixed(3)}`] : []));
  for (const each of [await app.shareLink(), link]) {
    const reader = await visitor();
    await reader.goto(each);
    await expect(reader.getByText(`On the tasks of its track the author had ${had.join(", ")}.`)).toBeVisible();
    await reader.close();
  }
  const reader = await visitor();
  await reader.goto(link);
  await reader.getByRole("button", { name: "Run on every task", exact: true }).click();
  await reader.getByRole("button", { name: "Run the notebook" }).click();
  await expect(reader.getByText("same as the author's, to the last digit")).toHaveCount(2, { timeout: 90_000 });
});

test("two runs stand on the board, are compared row by row, and open the notebook that made them", async ({ page }) => {
  test.setTimeout(90_000);
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(notebook("length: row.name.length"));
  await app.run();
  await app.openNotebook(notebook("name: text(row.name)"));
  await app.run();
  await page.getByRole("link", { name: /Board/ }).click();
  const table = page.getByRole("table", { name: "Runs", exact: true });
  const boxes = table.getByRole("checkbox", { name: /Compare Names only/ });
  await expect(boxes).toHaveCount(2);
  // Both are of one task, so their scores stand against their times.
  const pareto = page.getByRole("img", { name: "Score against time" });
  await expect(pareto.locator("circle")).toHaveCount(2);
  const scores = table.locator("tbody tr td:nth-of-type(2) strong");
  // One by one: Firefox 153 itself dies (signal 11) where Playwright works out a table's name in the page's own world, as
  // it does for `allTextContents`.
  const made = await Promise.all((await scores.all()).map(async (score) => (await score.textContent()) ?? ""));
  const rising = made.sort((a, b) => Number(a) - Number(b));
  await table.getByRole("button", { name: "Score" }).click();
  await expect(scores).toHaveText(rising.toReversed());
  await table.getByRole("button", { name: "Score" }).click();
  await expect(scores).toHaveText(rising);
  for (const row of await table.locator("tbody tr").all())
    await expect(row).toContainText(/\d – 0\.\d+.*[+−]0\.\d{3}emoji-aisle-fusion.*\d m?s.*\d m?s/);
  await table.getByRole("button", { name: "When" }).click();
  await page.getByRole("searchbox", { name: "Search the runs" }).fill("no such words");
  await expect(page.getByText("0 runs")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the runs" }).fill("names mine");
  await page.getByLabel("Learner", { exact: true }).selectOption("linear");
  await expect(page.getByText("2 runs")).toBeVisible();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Compare two runs" }).click();
  await expect(page.getByText(/The later run is better/)).toBeVisible();
  const fixed = page.getByRole("grid", { name: "Fixed rows" });
  await expect(fixed).toContainText("before");
  await fixed.getByRole("row").nth(1).getByRole("gridcell").first().click();
  await expect(page.getByRole("complementary").filter({ hasText: "Before:" }).getByRole("img").first()).toBeVisible();
  await expect(page.getByRole("grid", { name: "Broken rows" })).toContainText("after");
  await page.goBack();
  await table.getByRole("button", { name: "Score" }).click();
  await table.getByRole("button", { name: "Open the notebook that made it" }).last().click();
  await expect(page).toHaveURL(/#\/notebook\//);
  expect(await app.notebook()).toContain("length: row.name.length");
});
