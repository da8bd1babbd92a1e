import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, polytab, test } from "./fixtures";

/** A starter at quick settings: its own features alone, and a linear model over them. */
function quick(id: string): string {
  const text = readFileSync(join(import.meta.dirname, "../public/samples", id, "notebook.md"), "utf8");
  return text
    .replace("learner: gbdt", "learner: linear")
    .replace("inputs: [features, columns]", "inputs: [features]\nepochs: 2");
}

test("a starter runs on every task of its track, and guesses better than nothing on each", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("./");
  await polytab(page).openNotebook(quick("smart-home-variants"));
  await page.getByRole("button", { name: "Run on every task of this track" }).click();
  await expect(page.getByText(/over 4 of 4 tasks/)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText(/counted as 0/)).toHaveCount(0);
  const results = await polytab(page).runAcrossTasks();
  expect(results.map(({ task }) => task).sort()).toEqual([
    "emoji-languages",
    "icon-styles",
    "smart-home-variants",
    "web-features",
  ]);
  for (const { task, score, fault } of results) {
    expect(fault, task).toBeUndefined();
    expect(score?.primary.value, task).toBeGreaterThan(0.2);
  }
});
