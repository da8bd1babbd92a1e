import type { Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });

const NOTEBOOK = `---
polytab: 1
title: Where it is wrong
task: emoji-aisle
---

\`\`\`ts features
import { defineFeatures } from "polytab";
export default defineFeatures((row) => ({ letters: row.name.length, heavy: row.svg_bytes > 2000 }));
\`\`\`

\`\`\`model plain
learner: linear
inputs: [features, columns(vendor, colours, paths)]
seed: 7
\`\`\`

\`\`\`model majority
learner: majority
\`\`\`

\`\`\`score result
predictions: [plain, majority]
\`\`\`
`;

test("errors: from a mark to its rows, to a slice that SQL reads and the score counts", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(new Array(4).fill("ready"));
  const result = cell(page, "result");
  const rows = await polytab(page).predictions("plain", "validation");
  const confused = (await polytab(page).table("result", { limit: 10_000 }))
    .filter((row) => row.part === "confusion" && row.predictions === "plain" && row.class !== row.prediction)
    .sort((a, b) => Number(b.rows) - Number(a.rows))[0];
  const [label, prediction, count] = [String(confused.class), String(confused.prediction), Number(confused.rows)];

  await test.step("a cell of the confusion shows its rows, with what each model says of them", async () => {
    await result
      .getByRole("button", { name: `${label} predicted as ${prediction}: ${count}. Show these rows` })
      .click();
    const picked = result.getByRole("region", { name: `${label} predicted as ${prediction}` });
    await expect(picked).toContainText(`${count} row`);
    const grid = picked.getByRole("grid");
    await expect(grid).toHaveAttribute("aria-rowcount", String(count + 1));
    await expect(grid.getByRole("columnheader", { name: "majority: p(true)" })).toBeAttached();
    await grid.getByRole("row").nth(1).getByRole("gridcell").first().click();
    const panel = picked.getByRole("complementary");
    await expect(panel).toContainText(`plain says ${prediction}; it is ${label}`);
    await expect(panel.getByRole("img").first()).toBeVisible();
    await panel.getByText("Features of features").click();
    await expect(panel.getByText("letters")).toBeVisible();
  });

  await test.step("it is saved as a cell, whose rows are those, and the score counts them", async () => {
    await result.getByRole("button", { name: "Save as slice" }).click();
    await result.getByLabel("Name of the slice").fill("mix_up");
    await result.getByRole("button", { name: "Save", exact: true }).click();
    const slices = result.getByRole("table", { name: /^By slice/ });
    await expect(slices.getByRole("row", { name: new RegExp(`mix_up ${count} 0\\.000`) })).toBeVisible({
      timeout: 30_000,
    });
    const ids = (await polytab(page).table("mix_up")).map((row) => row.id);
    expect(ids).toHaveLength(count);
    const wrong = new Set(rows.filter((row) => row.prediction === prediction).map((row) => row.id));
    expect(ids.every((id) => wrong.has(String(id)))).toBe(true);
    await expect(polytab(page).notebook()).resolves.toContain("slices: [ mix_up ]");
  });

  await test.step("a TypeScript and a SQL cell read the slice by its name", async () => {
    const text = await polytab(page).notebook();
    const reader = "export default mix_up.map(({ id, name }) => ({ id, letters: name.length }));";
    const query = "select label, count(*)::int as n from mix_up group by all";
    await polytab(page).openNotebook(
      `${text}\n\`\`\`ts letters\n${reader}\n\`\`\`\n\n\`\`\`sql counted\n${query}\n\`\`\`\n`,
    );
    expect((await polytab(page).run()).map(({ fault, status }) => fault?.message ?? status)).toEqual(
      new Array(7).fill("ready"),
    );
    expect(await polytab(page).table("counted")).toEqual([{ label, n: count }]);
    const names = new Map((await polytab(page).table("mix_up")).map((row) => [row.id, String(row.name).length]));
    const lengths = await polytab(page).table("letters");
    expect(new Map(lengths.map((row) => [row.id, Number(row.letters)]))).toEqual(names);
    expect(lengths).toHaveLength(count);
  });

  await test.step("so do a class, a bin of the reliability and a part of the curve", async () => {
    await result.getByRole("button", { name: `${label}. Show its errors` }).click();
    await expect(result.getByRole("region", { name: `Errors of ${label}` })).toBeVisible();
    const reliability = result.getByRole("figure", { name: "Reliability" }).locator(".plot svg");
    const box = (await reliability.boundingBox()) ?? { width: 0, height: 0 };
    await reliability.click({ position: { x: box.width * 0.7, y: box.height / 2 } });
    await expect(result.getByRole("region", { name: /% sure$/ })).toBeVisible();
    const curve = result.getByRole("figure", { name: "Precision and recall" }).locator(".plot svg");
    await curve.click({ position: { x: box.width * 0.5, y: box.height / 2 } });
    await expect(result.getByRole("region", { name: /^p\(.*from .* on$/ })).toBeVisible();
  });
});

test("suggested slices: counted, with intervals, opened to their rows, and saved under a name that is free", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  await polytab(page).run();
  const result = cell(page, "result");
  await result.getByText("Suggested slices", { exact: true }).click();
  const line = result
    .locator("details", { hasText: "Suggested slices" })
    .getByRole("row")
    .filter({ has: page.getByRole("button") })
    .first();
  await expect(line).toBeVisible();
  const [rows, wrong, , elsewhere] = await line.getByRole("cell").allTextContents();
  const count = Number(rows);
  expect(count).toBeGreaterThanOrEqual(20);
  expect(Number.parseFloat(wrong)).toBeGreaterThan(Number.parseFloat(elsewhere));
  await expect(line).toContainText(/0\.\d+ – 0\.\d+/);
  const title = (await line.getByRole("button").textContent()) ?? "";
  await line.getByRole("button").click();
  const picked = result.getByRole("region", { name: title, exact: true });
  await expect(picked.getByRole("grid")).toHaveAttribute("aria-rowcount", String(count + 1));

  // The task's tables have the name that is asked for.
  await picked.getByRole("button", { name: "Save as slice" }).click();
  await picked.getByLabel("Name of the slice").fill("train");
  await picked.getByRole("button", { name: "Save", exact: true }).click();
  const slices = result.getByRole("table", { name: /^By slice/ });
  await expect(slices.getByRole("row", { name: new RegExp(`train_2 ${count} `) })).toBeVisible({ timeout: 30_000 });
  const predictions = await polytab(page).predictions("plain", "validation");
  const said = new Map(predictions.map(({ id, prediction }) => [id, prediction]));
  const saved = await polytab(page).table("train_2", { limit: 1_000 });
  expect(saved).toHaveLength(count);
  const errors = saved.filter((row) => said.get(String(row.id)) !== row.label).length;
  expect(`${Math.round((100 * errors) / count)} %`).toBe(wrong);
});

const PAIRS = `---
polytab: 1
title: Pairs
task: smart-home-variants
---

\`\`\`model mine
learner: linear
inputs: columns
seed: 7
\`\`\`

\`\`\`score result
predictions: mine
\`\`\`
`;

test("pairs: the hardest first, a threshold that moves the counts, and blind labelling with agreement", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("");
  await polytab(page).openNotebook(PAIRS);
  const reports = await polytab(page).run();
  expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(["ready", "ready"]);
  const result = cell(page, "result");
  const rows = await polytab(page).predictions("mine", "validation");
  await result.getByText("Pairs", { exact: true }).click();

  await test.step("the threshold moves the counts, and the reported score stays", async () => {
    const count = (name: string) =>
      result
        .locator(".bench-counts div")
        .filter({ hasText: new RegExp(`^${name}`) })
        .locator("dd");
    const { metrics } = await polytab(page).score("result");
    await expect(count("F1")).toHaveText(metrics.f1.toFixed(3));
    const slider = result.getByRole("slider", { name: /A match from/ });
    await slider.fill("0.9");
    const found = rows.filter((row) => row.probabilities["1"] >= 0.9).length;
    const sum = Number(await count("found").textContent()) + Number(await count("declared wrongly").textContent());
    expect(sum).toBe(found);
    await expect(result).toContainText("The reported score keeps its threshold of 0.");
    await result.getByRole("button", { name: "Back to the reported threshold" }).click();
    await expect(count("F1")).toHaveText(metrics.f1.toFixed(3));
  });

  await test.step("the hardest pair stands first, face to face, and keys lead on", async () => {
    const pairs = result.getByRole("region", { name: "Pairs, the hardest first" });
    await expect(pairs).toContainText(`1 of ${rows.length}`);
    await expect(pairs).toContainText("which is wrong");
    await expect(pairs.getByText("left", { exact: true })).toBeVisible();
    await pairs.getByRole("button", { name: "Next" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(pairs).toContainText(`2 of ${rows.length}`);
  });

  await test.step("blind labels hide what is known, are kept, compared and exported", async () => {
    await result.getByRole("button", { name: "blind labelling" }).click();
    const blind = result.getByRole("region", { name: "Blind labelling" });
    await blind.getByRole("button", { name: "10", exact: true }).click();
    await expect(blind.getByText("label held back")).toBeVisible();
    await blind.focus();
    for (let n = 0; n < 10; n++) {
      await expect(blind.getByRole("button", { name: /^Match/ })).toBeEnabled();
      await expect(blind).toContainText(`${n} of 10 labelled`);
      await page.keyboard.press(n % 2 === 0 ? "m" : "n");
    }
    await expect(blind.getByRole("row", { name: /You and the labels \d+ % / })).toBeVisible();
    await expect(blind.getByRole("row", { name: /You and mine \d+ % / })).toBeVisible();
    const downloading = page.waitForEvent("download");
    await blind.getByRole("button", { name: "Labels as CSV" }).click();
    const csv = await (await (await downloading).createReadStream()).toArray();
    const lines = Buffer.concat(csv).toString().trim().split("\r\n");
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => line.endsWith(",1"))).toHaveLength(5);
    const known = new Set(rows.map((row) => row.id));
    expect(lines.slice(1).every((line) => known.has(line.slice(0, -2)))).toBe(true);
  });
});

test("what matters: from a score to a cell that explains it, by column, modality and rows, and back into SQL", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  await polytab(page).run();
  await cell(page, "result").getByText("What matters", { exact: true }).click();
  await cell(page, "result").getByRole("button", { name: "Explain plain" }).click();
  const why = cell(page, "why_plain");

  await test.step("it shuffles, fits again and looks for leaks, off the page, and can be stopped", async () => {
    await why.getByRole("button", { name: /^Stop/ }).click();
    await expect(why.getByRole("button", { name: /^Run/ })).toBeVisible();
    expect(await polytab(page).cells()).toContainEqual(expect.objectContaining({ name: "why_plain", status: "idle" }));
    const text = await polytab(page).notebook();
    expect(text).toContain("```explain why_plain\npredictions: plain\nseconds: 90");
    // Less of it, and without a hurry: what a slow machine leaves out would be another result.
    await polytab(page).openNotebook(text.replace("seconds: 90", "rounds: 2\nseconds: 600"));
    const reports = await polytab(page).run();
    expect(reports.map(({ status, fault }) => fault?.message ?? status)).toEqual(new Array(5).fill("ready"));
  });

  await test.step("columns reach the model through its features too", async () => {
    const leans = why.getByRole("figure", { name: "What it leans on" });
    await expect(leans.getByRole("rowheader", { name: "name", exact: true })).toBeVisible();
    await leans.getByRole("button", { name: "by feature" }).click();
    await expect(leans.getByRole("rowheader", { name: "features.letters" })).toBeVisible();
    for (const title of ["What each modality adds", "Would more rows help?", "Too good to be true?"])
      await expect(why.getByRole("figure", { name: title })).toBeVisible();
  });

  await test.step("its numbers are a table, and the same again for the same seed", async () => {
    const rows = await polytab(page).table("why_plain", { limit: 1000 });
    expect(new Set(rows.map((row) => row.part))).toEqual(new Set(["importance", "ablation", "curve"]));
    // What the model does not read, and no feature is made of, loses nothing.
    expect(rows.find((row) => row.level === "column" && row.name === "skin")).toMatchObject({
      value: 0,
      low: 0,
      high: 0,
    });
    await why.getByRole("button", { name: "SQL cell of Would more rows help?" }).click();
    await expect(cell(page, "why_plain_curve").getByRole("grid")).toHaveAttribute("aria-rowcount", "5", {
      timeout: 30_000,
    });
  });
});
