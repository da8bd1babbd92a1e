import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

const NOTEBOOK = `---
polytab: 1
title: Own words
task: web-features
---

\`\`\`model mine
learner: linear
inputs: ["columns(left_title, right_title)"]
seed: 7
\`\`\`
`;

const labelsFile = (task: string): Buffer =>
  readFileSync(join(import.meta.dirname, "../private", task, "test-labels.csv"));

const labelsOf = (task: string): [id: string, label: string][] =>
  labelsFile(task)
    .toString()
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",") as [string, string]);

/** A team's file: right but for every so many pairs. */
function made(task: string, wrongEvery: number): Buffer {
  const lines = labelsOf(task).map(([id, label], row) => {
    const match = (label === "1") !== (row % wrongEvery === 0);
    return `${id},${Number(match)},${match ? 0.25 : 0.75},${match ? 0.75 : 0.25}`;
  });
  return Buffer.from(["id,prediction,p_0,p_1", ...lines].join("\n"));
}

/** F1 of a file's column \`prediction\`. */
function f1(csv: string, task: string): number {
  const labels = new Map(labelsOf(task));
  const rows = csv.trim().split("\n").slice(1);
  const counts = { hit: 0, said: 0, same: 0 };
  for (const [id, prediction] of rows.map((line) => line.split(","))) {
    counts.said += Number(prediction);
    counts.same += Number(labels.get(id));
    counts.hit += Number(prediction) * Number(labels.get(id));
  }
  return (2 * counts.hit) / (counts.said + counts.same);
}

async function give(page: Page, files: Record<string, Buffer>): Promise<void> {
  const list = Object.entries(files).map(([name, buffer]) => ({ name, mimeType: "application/octet-stream", buffer }));
  await page.getByLabel("Cards, prediction files and labels").setInputFiles(list);
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

test("teams' prediction files become the final board once the labels are dropped", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("./");
  await polytab(page).openNotebook(NOTEBOOK);
  await polytab(page).run();
  const saved = async (format: string): Promise<Download> => {
    const download = page.waitForEvent("download");
    await page
      .getByRole("region", { name: /cell mine$/ })
      .getByRole("button", { name: format, exact: true })
      .click();
    return download;
  };
  const csv = await saved("CSV");
  expect(csv.suggestedFilename()).toBe("Own words.web-features.csv");
  const own = await bytesOf(csv);
  const parquet = await bytesOf(await saved("Parquet"));

  await page.getByRole("link", { name: "Challenge" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Challenge" })).toBeVisible();
  await give(page, {
    "Own words.web-features.csv": own,
    "Packed.web-features.parquet": parquet,
    "comets.web-features.csv": made("web-features", 10),
    "comets.smart-home-variants.csv": made("smart-home-variants", 4),
    "rockets.web-features.csv": made("web-features", 3),
    "sparrows.web-features.csv": Buffer.from(made("web-features", 2).toString().replace(/0\.75/, "0.5")),
  });
  await expect(page.getByText(/comets on web-features: 626 predictions, checked; its score waits/)).toBeVisible();
  await expect(
    page.getByText(/The predictions in sparrows.web-features.csv cannot be used: .* sum to 0.75/),
  ).toBeVisible();

  await give(page, {
    "web-features.test-labels.csv": labelsFile("web-features"),
    "smart-home-variants.test-labels.csv": labelsFile("smart-home-variants"),
  });
  const board = page.getByRole("table", { name: "Matching" });
  const line = (team: string) => board.getByRole("row", { name: new RegExp(team) });
  await expect(line("comets")).toContainText("1, gold medal");
  await expect(line("comets")).toContainText("2 tasks missing, as 0");
  await expect(line("rockets")).toContainText("reproduced here");
  const score = f1(own.toString(), "web-features").toFixed(3);
  for (const team of ["Own words", "Packed"]) {
    await expect(line(team)).toContainText(score);
    await expect(line(team)).toContainText("tied");
  }
  await expect(board.getByRole("row")).toHaveCount(5);
  await expect(page.getByText("No team has a score yet")).toHaveCount(1); // in the other track
});
