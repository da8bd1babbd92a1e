import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, polytab, test } from "./fixtures";

const sample = (id: string, file: string): string =>
  readFileSync(join(import.meta.dirname, "../public/samples", id, file), "utf8");

/** A starter at quick settings: its own features alone, and a linear model over them. */
function quick(id: string): string {
  return sample(id, "notebook.md")
    .replace("learner: gbdt", "learner: linear")
    .replace("epochs: 3\n", "")
    .replace("inputs: [features, columns]", "inputs: [features]\nepochs: 2");
}

/** The labels of validation: the last column. A text may break a line; the count shows that no such line ends as a row does. */
function labelsOf(id: string): string[] {
  const { label, splits } = JSON.parse(sample(id, "task.json"));
  const classes = new Set<string>(label.classes ?? ["0", "1"]);
  const labels = sample(id, "validation.csv")
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.slice(line.lastIndexOf(",") + 1))
    .filter((name) => classes.has(name));
  expect(labels, id).toHaveLength(splits.validation.rows);
  return labels;
}

/** What one gets for the best answer that looks at no row: the largest class's share, or the F1 of calling every pair a match. */
function blind(id: string, track: string): number {
  const labels = labelsOf(id);
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const matches = counts.get("1") ?? 0;
  return track === "matching"
    ? (2 * matches) / (labels.length + matches)
    : Math.max(...counts.values()) / labels.length;
}

for (const [track, starter, tasks] of [
  ["classification", "word-sense", ["emoji-aisle", "icon-topic", "smart-home-type", "word-sense"]],
  ["matching", "icon-styles", ["emoji-languages", "icon-styles", "smart-home-variants", "web-features"]],
] as const)
  test(`a ${track} starter runs on every task of its track, far better than what looks at no row`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.goto("./");
    await polytab(page).openNotebook(quick(starter));
    await page.getByRole("button", { name: "Run on every task of this track" }).click();
    await expect(page.getByText(/over 4 of 4 tasks/)).toBeVisible({ timeout: 200_000 });
    await expect(page.getByText(/counted as 0/)).toHaveCount(0);
    const results = await polytab(page).runAcrossTasks();
    expect(results.map(({ task }) => task).sort()).toEqual(tasks);
    const table = page.getByRole("table", { name: "Scores by task" });
    const lines = results.map(({ task, score, fault }) => {
      const { value = 0, low = 0 } = score?.primary ?? {};
      return { task, value, low, fault, floor: blind(task, track) };
    });
    console.log(
      `${starter}: ${lines.map(({ task, value, floor }) => `${task} ${value.toFixed(3)} (${floor.toFixed(3)})`).join(", ")}`,
    );
    for (const { task, value, low, fault, floor } of lines) {
      expect(fault, task).toBeUndefined();
      expect(low, `${task}: the interval lies above ${floor}`).toBeGreaterThan(floor);
      expect(value - floor, `${task}: a fifth of what there is to gain`).toBeGreaterThan((1 - floor) / 5);
      await expect(table.getByRole("row", { name: new RegExp(`^${task}`) })).toContainText(value.toFixed(3));
    }
    const average = lines.reduce((sum, { value }) => sum + value, 0) / lines.length;
    await expect(page.getByText("Average", { exact: false }).locator("strong")).toHaveText(average.toFixed(3));
  });
