import type { Page } from "@playwright/test";
import { axeFindings } from "./axe";
import { expect, polytab, test } from "./fixtures";

const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });

const NOTEBOOK = `---
polytab: 1
title: Where a match is declared
task: smart-home-variants
---

\`\`\`model mine
learner: linear
inputs: columns
seed: 7
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [mine, majority]
\`\`\`

\`\`\`sql parts
select part, count(*) as n from result where predictions = 'mine' group by all order by part
\`\`\`

\`\`\`sql curve
select threshold, precision, recall from result where part = 'curve' and predictions = 'mine' order by recall
\`\`\`

\`\`\`sql counted
select label, prediction, count(*) as n from mine where split = 'validation' group by all
\`\`\`

\`\`\`sql confused
select class as label, prediction, rows as n from result where part = 'confusion' and predictions = 'mine'
\`\`\`
`;

test("a score of matches: one threshold everywhere, four drawings, and their data in SQL", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  const reports = await polytab(page).run();
  expect(reports.map(({ name, status, fault }) => ({ name, status, fault }))).toEqual(
    reports.map(({ name }) => ({ name, status: "ready", fault: undefined })),
  );

  await test.step("the score, the model's table and the automation count the same matches", async () => {
    const byLabel = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      `${a.label}${a.prediction}`.localeCompare(`${b.label}${b.prediction}`);
    const counted = (await polytab(page).table("counted")).map((row) => ({ ...row, n: Number(row.n) })).sort(byLabel);
    const confused = (await polytab(page).table("confused")).map((row) => ({ ...row, n: Number(row.n) })).sort(byLabel);
    expect(confused).toEqual(counted);
    const rows = await polytab(page).predictions("mine", "validation");
    const matches = rows.filter((row) => row.prediction === "1");
    const sum = counted
      .filter((row) => (row as { prediction?: unknown }).prediction === "1")
      .reduce((n, row) => n + row.n, 0);
    expect(matches.length).toBe(sum);
    const others = rows.filter((row) => row.prediction === "0");
    expect(Math.min(...matches.map((row) => row.probabilities["1"]))).toBeGreaterThan(
      Math.max(...others.map((row) => row.probabilities["1"])),
    );
    const parts = Object.fromEntries((await polytab(page).table("parts")).map((row) => [row.part, Number(row.n)]));
    expect(parts).toMatchObject({ classes: 2, comparisons: 1, metrics: 11 });
    expect(parts.curve).toBeGreaterThan(10);
    const curve = await polytab(page).table("curve");
    expect(curve[0]).toMatchObject({ recall: 0, precision: 1, threshold: null });
    expect(curve.at(-1)).toMatchObject({ recall: 1 });
  });

  const result = cell(page, "result");
  await test.step("the verdict, the threshold and where it came from are said", async () => {
    await expect(result.getByText(/mine is better than majority/)).toBeVisible();
    await expect(result.getByText(/A match from 0\.\d+, chosen for the best F1 on \d+ training folds/)).toBeVisible();
    for (const title of ["Confusion", "By class", "Precision and recall", "Reliability"])
      await expect(result.getByRole("figure", { name: title })).toBeVisible();
    await expect(result.getByRole("figure", { name: "Precision and recall" })).toContainText(
      /Average precision 0\.\d+/,
    );
  });

  await test.step("by keys alone: a drawing's data, and a SQL cell that reads it", async () => {
    await result.getByRole("button", { name: "Data of Reliability" }).focus();
    await page.keyboard.press("Enter");
    await expect(result.getByRole("grid", { name: "Data of Reliability" })).toContainText("confidence");
    await result.getByRole("button", { name: "SQL cell of Precision and recall" }).focus();
    await page.keyboard.press("Enter");
    await expect(cell(page, "result_curve").getByRole("grid")).toContainText("threshold");
    expect(await polytab(page).notebook()).toContain(
      "```sql result_curve\nselect class, threshold, precision, recall\n",
    );
  });

  await test.step("another threshold in the score cell is a what-if that says so", async () => {
    const before = await polytab(page).score("result");
    await polytab(page).openNotebook(NOTEBOOK.replace("[mine, majority]", "[mine, majority]\nthreshold: 0.95"));
    await polytab(page).run({ cells: ["result"] });
    await expect(
      cell(page, "result").getByText(/A match from 0\.950, set in this cell; the model's own is/),
    ).toBeVisible();
    const after = await polytab(page).score("result");
    expect(after.metrics.recall).toBeLessThan(before.metrics.recall);
    expect(after.metrics.average_precision).toBe(before.metrics.average_precision);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page, ".score", { every: true }), colorScheme).toEqual([]);
  }
});
