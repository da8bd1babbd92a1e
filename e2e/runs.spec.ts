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

test("one notebook runs on every task of its track, stops, resumes, and is shared", async ({ page, visitor }) => {
  test.setTimeout(120_000);
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(notebook("length: row.name.length"));
  await page.getByRole("button", { name: "Run on every task of this track" }).click();
  const table = page.getByRole("table", { name: "Scores by task" });
  const line = (task: string) => table.getByRole("row", { name: new RegExp(`^${task}`) });
  await expect(line("emoji-aisle")).toContainText("guessing alone", { timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: /Resume/ }).click();
  await expect(page.getByText(/over 4 of 4 tasks; 2 failed tasks counted as 0/)).toBeVisible({ timeout: 90_000 });
  await expect(line("smart-home-type")).toContainText('There is no "name" in the rows of train');
  await expect(line("icon-topic")).toContainText("without baseline");

  // What is finished is not run again: the same answer comes at once.
  const started = Date.now();
  const results = await app.runAcrossTasks();
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(results.map(({ task, score }) => [task, score !== undefined]).sort()).toEqual([
    ["emoji-aisle", true],
    ["icon-topic", true],
    ["smart-home-type", false],
    ["word-sense", false],
  ]);

  const link = await app.shareLink();
  const reader = await visitor();
  await reader.goto(link);
  await reader.getByRole("button", { name: "Run on every task of this track" }).click();
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
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Compare two runs" }).click();
  await expect(page.getByText(/The later run is better/)).toBeVisible();
  const fixed = page.getByRole("grid", { name: "Fixed rows" });
  await expect(fixed).toContainText("before");
  await fixed.getByRole("row").nth(1).getByRole("gridcell").first().click();
  await expect(page.getByRole("complementary").filter({ hasText: "Before:" }).getByRole("img").first()).toBeVisible();
  await page.goBack();
  await table.getByRole("button", { name: "Score" }).click();
  await table.getByRole("button", { name: "Open the notebook that made it" }).last().click();
  await expect(page).toHaveURL(/#\/notebook\//);
  expect(await app.notebook()).toContain("length: row.name.length");
});
