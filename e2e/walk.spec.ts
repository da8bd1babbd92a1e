import type { Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

/** A cell of the notebook by its name. */
const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });

/** The newest scores of a score cell, to the last digit. */
async function scores(page: Page, name: string): Promise<Record<string, number>> {
  const rows = await polytab(page).table(name, { limit: 1000 });
  return Object.fromEntries(
    rows.filter((row) => row.metric === "accuracy").map((row) => [String(row.predictions), Number(row.value)]),
  );
}

async function openStarter(page: Page): Promise<void> {
  await page.goto("#/task/emoji-aisle");
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(cell(page, "features")).toBeVisible();
}

async function typeInto(page: Page, name: string, source: string): Promise<void> {
  await cell(page, name)
    .getByRole("button", { name: `Edit ${name}` })
    .click();
  const editor = cell(page, name).locator(".monaco-editor");
  await expect(editor).toBeVisible();
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
}

test("from a task to a shared score", async ({ page, visitor }, info) => {
  test.setTimeout(180_000);
  await page.goto("");

  await test.step("the gallery leads to the task", async () => {
    await page.getByRole("link", { name: /Which aisle does this emoji belong to/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: /Which aisle/ })).toBeVisible();
    await expect(page.getByText("labels held back")).toBeVisible();
    await expect(page.getByRole("row", { name: /people-body/ }).first()).toBeVisible();
  });

  await test.step("real rows with their pictures, and the last ones after a jump", async () => {
    const grid = page.getByRole("grid", { name: "emoji-aisle, train" });
    await grid.scrollIntoViewIfNeeded();
    const picture = grid.locator("img").first();
    await expect(picture).toBeVisible();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete)).toBe(true);
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+End");
    await expect(grid.getByRole("row").last()).toHaveAttribute("aria-rowindex", /^11\d\d$/);
  });

  await test.step("the starter notebook has run nothing; one cell runs alone", async () => {
    await page.getByRole("button", { name: "Open the starter notebook" }).click();
    await expect(cell(page, "class_balance")).toBeVisible();
    expect((await polytab(page).cells()).map((report) => report.status)).toEqual(new Array(8).fill("idle"));
    await cell(page, "class_balance").getByRole("button", { name: "Run this cell" }).click();
    await expect(cell(page, "class_balance").getByRole("grid")).toContainText("people-body");
    expect(
      (await polytab(page).cells()).filter((report) => report.status === "ready").map((report) => report.name),
    ).toEqual(["class_balance"]);
  });

  await test.step("run all gives scores of the reader's model, the ONNX baseline and the majority side by side", async () => {
    const started = Date.now();
    await page.getByRole("button", { name: "Run all" }).click();
    await expect(
      cell(page, "result")
        .getByRole("row", { name: /baseline/ })
        .first(),
    ).toBeVisible({ timeout: 90_000 });
    info.annotations.push({ type: "from run all to the score, ms", description: String(Date.now() - started) });
    // The starter names no column: the picture is where the task has it, at the end.
    await cell(page, "mistakes").getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const wrong = cell(page, "mistakes").locator("img").first();
    await wrong.scrollIntoViewIfNeeded();
    await expect(wrong).toBeVisible();
    await expect(cell(page, "balance").getByRole("figure").locator("path, rect").first()).toBeAttached();
    const got = await scores(page, "result");
    info.annotations.push({ type: "accuracy", description: JSON.stringify(got) });
    expect(got.majority).toBeGreaterThan(0.15);
    expect(got.majority).toBeLessThan(0.25);
    expect(got.mine).toBeGreaterThan(0.7);
    expect(got.baseline).toBeGreaterThan(0.7);
    expect((await polytab(page).cells()).find((report) => report.name === "baseline")?.provider).toBe("wasm");
  });

  await test.step("an edited feature makes what depends on it stale, and only that runs again", async () => {
    await typeInto(
      page,
      "features",
      'import { defineFeatures, text } from "polytab";\nexport default defineFeatures((row) => ({ name: text(row.name ?? ""), letters: row.name?.length ?? null }));',
    );
    await expect(page.getByRole("region", { name: "Features of the first rows" })).toContainText("letters");
    const status = async () =>
      Object.fromEntries((await polytab(page).cells()).map((report) => [report.name, report.status]));
    expect(await status()).toMatchObject({
      features: "stale",
      mine: "stale",
      result: "stale",
      mistakes: "stale",
      baseline: "ready",
      majority: "ready",
      class_balance: "ready",
    });
    const before = await scores(page, "result");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect
      .poll(status, { timeout: 60_000 })
      .toMatchObject({ features: "ready", mine: "ready", result: "ready", mistakes: "ready" });
    const after = await scores(page, "result");
    expect(after.mine).not.toBe(before.mine);
    expect(after.baseline).toBe(before.baseline);
  });

  const authors = await scores(page, "result");
  const link = await test.step("share makes a link", async () => {
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("menuitem", { name: "Share a link…" }).click();
    const link = await page.getByRole("textbox", { name: /Link/ }).inputValue();
    info.annotations.push({ type: "link, characters", description: String(link.length) });
    expect(link).toContain("#nb=3.");
    await page.keyboard.press("Escape");
    return link;
  });

  await test.step("in a fresh profile the link has run nothing, and on the click gives the same scores to the last digit", async () => {
    const other = await visitor();
    await other.goto(link);
    await expect(other.getByText("Nothing has run")).toBeVisible();
    await expect(cell(other, "features")).toContainText("letters");
    expect((await polytab(other).cells()).map((report) => report.status)).toEqual(new Array(8).fill("idle"));
    expect(await other.locator("iframe").count()).toBe(0);
    await other.getByRole("button", { name: "Run all" }).click();
    await expect(other.getByRole("dialog")).toContainText("without network, storage");
    await other.getByRole("button", { name: "Run the notebook" }).click();
    await expect(other.getByText("Same scores as the author's, to the last digit")).toBeVisible({ timeout: 90_000 });
    expect(await scores(other, "result")).toEqual(authors);
  });
});

test("a killed tab loses nothing", async ({ page, context }) => {
  await openStarter(page);
  await typeInto(page, "class_balance", "select 42 as answer");
  await expect(cell(page, "class_balance").locator(".view-lines")).toContainText(/select.42.as.answer/);
  const address = page.url();
  // The tab goes without being asked: no unload handler runs.
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(address);
  await expect(cell(again, "class_balance")).toContainText("select 42 as answer");
  await expect(again.getByRole("link", { name: /First look at emoji/ })).toBeVisible();
});

test("a feature that loops for ever is stopped within a second, and the rest goes on", async ({ page }) => {
  await openStarter(page);
  await typeInto(
    page,
    "features",
    'import { defineFeatures } from "polytab";\nexport default defineFeatures((row) => {\n  for (;;) {}\n});',
  );
  await cell(page, "features").getByRole("button", { name: "Run this cell" }).click();
  await expect.poll(async () => (await polytab(page).cells())[2].status).toBe("running");
  await page.waitForTimeout(500);
  const started = Date.now();
  await page.getByRole("button", { name: "Stop" }).first().click();
  await expect.poll(async () => (await polytab(page).cells())[2].status, { intervals: [50] }).toBe("idle");
  expect(Date.now() - started).toBeLessThan(2000);
  const [report] = await polytab(page).run({ cells: ["class_balance"] });
  expect(report).toMatchObject({ name: "class_balance", status: "ready" });
});

test("faults name the cell, the place and the way out", async ({ page }) => {
  await openStarter(page);
  const text = await polytab(page).notebook();
  await polytab(page).openNotebook(
    [
      "---\npolytab: 1\ntitle: Faulty\ntask: emoji-aisle\n---\n",
      "```sql broken\nselect label\nform train\n```\n",
      "```sql misspelt\nselect nmae from train\n```\n",
      '```ts throws\nimport { defineFeatures } from "polytab";\nexport default defineFeatures((row) => {\n  return { n: (row as any).nme.length };\n});\n```\n',
      "```model unknown\nlearner: linear\ninputs: [throw]\n```\n",
      "```score forbidden\npredictions: [unknown]\nsplit: tset\n```\n",
      "```sql writes\ncopy train to 'x.csv'\n```\n",
      "```sql fine\nselect 1 as one\n```\n",
    ].join("\n"),
  );
  const reports = Object.fromEntries((await polytab(page).run()).map((report) => [report.name, report]));
  expect(reports.broken.fault).toMatchObject({ code: "sql-syntax", line: 2 });
  expect(reports.misspelt.fault).toMatchObject({ line: 1, column: 8 });
  expect(`${reports.misspelt.fault?.message} ${reports.misspelt.fault?.hint}`).toContain("name");
  expect(reports.throws.fault).toMatchObject({ line: 3 });
  expect(`${reports.throws.fault?.message} ${reports.throws.fault?.hint}`).toContain('"name"');
  expect(reports.unknown.fault).toMatchObject({ code: "missing-name", hint: 'Did you mean "throws"?' });
  expect(reports.writes.fault?.code).toBe("sql-refused");
  expect(reports.fine.status).toBe("ready");
  await expect(cell(page, "broken").getByRole("alert")).toBeVisible();
  expect(text).toContain("First look at emoji");
});

test("a damaged Parquet file is named, and the notebook stays", async ({ page }) => {
  await page.route("**/samples/emoji-aisle/train.parquet", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 5000) });
  });
  await openStarter(page);
  await polytab(page).run();
  await expect(page.getByText(/train\.parquet is damaged/).first()).toBeVisible();
  await expect(cell(page, "features")).toContainText("defineFeatures");
  await page.unroute("**/samples/emoji-aisle/train.parquet");
  const [report] = await polytab(page).run({ cells: ["class_balance"] });
  expect(report.status).toBe("ready");
});

test("a missing Parquet file is named", async ({ page, watch }) => {
  watch.expectError(/404/);
  await page.route("**/samples/emoji-aisle/validation.parquet", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("#/task/emoji-aisle");
  await expect(page.getByText(/validation\.parquet is missing/).first()).toBeVisible();
});

test("a model file that is not one fails its cell alone", async ({ page }) => {
  await page.route("**/models/emoji-aisle-fusion.onnx", (route) => route.fulfill({ body: "not a model" }));
  await openStarter(page);
  const reports = Object.fromEntries(
    (await polytab(page).run({ cells: ["baseline", "class_balance"] })).map((report) => [report.name, report]),
  );
  expect(reports.baseline.fault?.message).toContain("emoji-aisle-fusion.onnx");
  expect(reports.class_balance.status).toBe("ready");
});

test("a damaged link says so and touches nothing", async ({ page }) => {
  await openStarter(page);
  const link = await polytab(page).shareLink();
  await page.goto(link.slice(0, -12));
  await expect(page.getByText(/This link is (damaged|cut off)/)).toBeVisible();
  await page.getByRole("link", { name: /First look at emoji/ }).click();
  await expect(cell(page, "features")).toContainText("defineFeatures");
});
