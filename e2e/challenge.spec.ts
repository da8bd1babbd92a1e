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

/** As a user does who drags files onto the page. */
async function drop(page: Page, files: Record<string, Buffer>): Promise<void> {
  const list = Object.entries(files).map(([name, bytes]) => [name, bytes.toString("base64")] as const);
  const transfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, base64] of given)
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    return transfer;
  }, list);
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await expect(page.getByText("Drop run cards, predictions or labels")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
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

const SCORED = `${NOTEBOOK}
\`\`\`score result
predictions: mine
\`\`\`
`;

test("cards are claimed until they are run here; challenge.json lists teams, and what cannot be read is told", async ({
  page,
  visitor,
  watch,
}) => {
  test.setTimeout(120_000);
  const author = await visitor();
  await author.goto("./");
  await polytab(author).openNotebook(SCORED);
  await polytab(author).run();
  await author.getByRole("link", { name: /Board/ }).click();
  const download = author.waitForEvent("download");
  await author.getByRole("button", { name: "More about this run" }).click();
  await author.getByRole("menuitem", { name: "Export run card" }).click();
  const card = await bytesOf(await download);
  const claimed = JSON.parse(card.toString()).run.members[0].metrics.f1.value;

  // What an organiser puts beside the page.
  const host: Record<string, Buffer | string> = {
    "challenge.json": JSON.stringify({
      format: "polytab-challenge/1",
      title: "Autumn challenge",
      teams: [
        {
          name: "Rockets",
          cards: ["teams/rockets.run.json", "teams/edited.run.json"],
          predictions: { "web-features": "teams/rockets.csv", nowhere: "teams/elsewhere.csv" },
        },
        { name: "Sparrows", predictions: { "web-features": "teams/cut.parquet" } },
      ],
    }),
    "teams/rockets.run.json": card,
    "teams/edited.run.json": card.toString().replace("learner: linear", "learner: gbdt"),
    "teams/rockets.csv": made("web-features", 5),
    "teams/cut.parquet": "PAR1 and no more",
  };
  await page.route(/\/(challenge\.json|teams\/[^/]*)$/, (route) => {
    const path = /(challenge\.json|teams\/[^/]*)$/.exec(route.request().url())?.[0] ?? "";
    return path in host ? route.fulfill({ body: host[path] }) : route.fulfill({ status: 404 });
  });
  await page.goto("#/challenge");
  await expect(page.getByRole("heading", { level: 1, name: "Autumn challenge" })).toBeVisible();
  const board = page.getByRole("table", { name: "Matching" });
  const line = (team: string) => board.getByRole("row", { name: new RegExp(team) });
  const leftOut = page.getByRole("region", { name: "Left out" });
  await expect(line("Rockets")).toContainText(claimed.toFixed(3));
  await expect(line("Rockets")).toContainText("claimed");
  await expect(leftOut).toContainText("edited.run.json is not the one that its scores were made with");
  await expect(leftOut).toContainText('lists teams/elsewhere.csv for "nowhere", and there is no such task here');
  await expect(leftOut).toContainText("Cannot read teams/cut.parquet");

  await drop(page, { "own.run.json": card, "broken.run.json": Buffer.from("{"), "readme.pdf": Buffer.from("x") });
  await expect(line("Own words")).toContainText("claimed");
  await expect(line("Own words")).toContainText("tied");
  await expect(leftOut).toContainText("broken.run.json is not a run card");
  await expect(leftOut).toContainText("readme.pdf is neither CSV, Parquet nor a run card");

  // Whoever opens the card's notebook and runs it has the score; the claim is then no claim any more.
  await line("Own words").getByRole("button", { name: "Open the notebook of Own words" }).click();
  await expect(page.getByText("Nothing has run.", { exact: false })).toBeVisible();
  await polytab(page).openNotebook(SCORED);
  await polytab(page).run();
  await page.getByRole("link", { name: "Challenge" }).click();
  for (const team of ["Rockets", "Own words"]) await expect(line(team)).toContainText("reproduced here");

  // Labels of other rows are told; the right ones make it good.
  const wrong = labelsFile("web-features")
    .toString()
    .replace(/^[^,\n]+,/m, "id,")
    .replace(/\n[^,]+,/, "\nnobody,");
  await drop(page, { "web-features.test-labels.csv": Buffer.from(wrong) });
  await expect(leftOut).toContainText('"nobody" of 626 are missing');
  await drop(page, { "web-features.test-labels.csv": labelsFile("web-features") });
  await expect(line("Rockets")).toContainText(f1(made("web-features", 5).toString(), "web-features").toFixed(3));
  await expect(leftOut).not.toContainText("of 626 are missing");
  expect(watch.surprises).toEqual([]);
});
