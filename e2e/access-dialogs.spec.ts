import type { Page } from "@playwright/test";
import { axeInBothSchemes } from "./axe";
import { onnxModel } from "./engines/tiny-onnx";
import { expect, fileArgument, needsChromium, polytab, test } from "./fixtures";
import { THINGS } from "./things";

/** The pages and dialogs that something has to be done for first; the others are in access.spec.ts. */
test.describe("no serious or critical axe finding, in light and in dark,", () => {
  const found: string[] = [];
  const look = async (page: Page, what: string): Promise<void> =>
    void found.push(...(await axeInBothSchemes(page, what)));
  const palette = async (page: Page, command: string): Promise<void> => {
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: command }).first().click();
  };
  const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });
  const notebook = (title: string, ...cells: string[]): string =>
    `---\npolytab: 1\ntitle: ${title}\ntask: emoji-aisle\n---\n\n${cells.join("\n\n")}\n`;
  const model = "```model mine\nlearner: linear\ninputs: columns(vendor)\nseed: 7\n```";
  const score = "```score result\npredictions: mine\n```";

  test.beforeEach(() => {
    needsChromium("Firefox 153 itself dies (signal 11) while axe reads whole pages");
    test.setTimeout(180_000);
    found.length = 0;
  });
  test.afterEach(() => expect(found).toEqual([]));

  test("in a notebook's dialogs: versions, keys, compare, find, delete, the form of a cell, a model's files", async ({
    page,
  }) => {
    const dialog = page.getByRole("dialog");
    await page.goto("./");
    await polytab(page).openNotebook(notebook("One", model, score));
    await polytab(page).run();
    await cell(page, "mine")
      .getByRole("button", { name: /Download the model/ })
      .click();
    await expect(dialog.getByRole("button", { name: /^Save / }).first()).toBeVisible({ timeout: 30_000 });
    await look(page, "a model's files");
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Notebook title" }).fill("Two");
    await page.getByRole("textbox", { name: "Notebook title" }).press("Enter");
    await palette(page, "Versions");
    await expect(dialog.getByRole("region", { name: "What would change" })).toBeVisible();
    await look(page, "versions");
    await page.keyboard.press("Escape");
    await palette(page, "List of keys");
    await expect(dialog).toBeVisible();
    await look(page, "keys");
    await page.keyboard.press("Escape");
    await palette(page, "Find and replace");
    await look(page, "find");
    await page.keyboard.press("Escape");
    await polytab(page).openNotebook(notebook("Three", model.replace("7", "8"), score));
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("menuitem", { name: "Compare…" }).click();
    await expect(dialog.getByText("learner: linear").first()).toBeVisible();
    await look(page, "compare notebooks");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More for Three" }).click();
    await look(page, "notebook menu");
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await expect(dialog).toBeVisible();
    await look(page, "delete a notebook");
    await page.keyboard.press("Escape");
    await cell(page, "mine").getByRole("button", { name: "Edit mine" }).click();
    await expect(cell(page, "mine").getByLabel("Learner")).toBeVisible();
    await look(page, "the form of a cell");
  });

  test("in bringing: the columns, candidate pairs, a task's folder, removing it, an ONNX model, a task from elsewhere", async ({
    page,
  }) => {
    const dialog = page.getByRole("dialog");
    const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    const records = (from: number): string =>
      [
        "code,name",
        ...Array.from({ length: 120 }, (_, i) => `${from + i},${["lamp", "bulb", "plug"][i % 3]} model ${i}`),
      ].join("\n");
    await page.goto("#/import");
    const files = page.locator("input[type=file]").first();
    await files.setInputFiles([
      csv("left.csv", records(0)),
      csv("right.csv", records(1000)),
      csv("matches.csv", ["left_id,right_id", ...Array.from({ length: 100 }, (_, i) => `${i},${1000 + i}`)].join("\n")),
    ]);
    await expect(page.getByText(/known matches found/)).toBeVisible({ timeout: 30_000 });
    await look(page, "candidate pairs");
    await page.getByRole("button", { name: "Discard" }).click();
    await files.setInputFiles([csv("things.csv", `${THINGS}\n60,too,few`)]);
    await expect(page.getByText(/Cannot read 1 line/).first()).toBeVisible();
    await look(page, "columns and a torn line");

    const id = await polytab(page).importTask(
      { train: fileArgument("things.csv", Buffer.from(THINGS)) },
      { title: "My things", track: "classification", label: "kind" },
    );
    await page.goto(`#/task/${id}`);
    await page.getByRole("button", { name: "Make a task folder" }).click();
    await page.getByRole("button", { name: "Make the folder" }).click();
    await expect(page.getByText("The task has no licence")).toBeVisible();
    await look(page, "a task's folder, refused");
    await page.getByLabel("Licence", { exact: true }).fill("CC-BY-4.0");
    await page.getByLabel("Made by", { exact: true }).fill("The shop");
    await page.getByRole("button", { name: "Make the folder" }).click();
    await expect(dialog.getByRole("button", { name: /\.zip/ })).toBeVisible();
    await look(page, "a task's folder, made");
    await page.keyboard.press("Escape");
    await page.goto("#/");
    await page.getByRole("button", { name: "Remove My things" }).click();
    await look(page, "remove a task");
    await page.keyboard.press("Escape");

    await polytab(page).openNotebook(notebook("Mine", model));
    const chooser = page.waitForEvent("filechooser");
    await palette(page, "Bring an ONNX model");
    const net = onnxModel({
      inputs: [["colours", 1, ["n", 1]]],
      outputs: [["scores", 1, ["n", 2]]],
      constants: { w: { dims: [1, 2], floats: [8, -8] } },
      nodes: [{ op: "MatMul", inputs: ["colours", "w"], outputs: ["scores"] }],
    });
    await (await chooser).setFiles({
      name: "net.onnx",
      mimeType: "application/octet-stream",
      buffer: Buffer.from(net),
    });
    await expect(dialog.getByRole("button", { name: "Add to the notebook" })).toBeVisible({ timeout: 30_000 });
    await look(page, "an ONNX model's form");
    await page.keyboard.press("Escape");
    await page.goto(`#task=${encodeURIComponent("http://elsewhere.test/task.json")}`);
    await expect(page.getByRole("button", { name: "Open it" })).toBeVisible();
    await look(page, "a task from elsewhere");
  });

  test("on the pages of scores: challenge, all tasks, two runs, diagnostics, what is behind a score", async ({
    page,
  }) => {
    await page.goto("./#/challenge");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await look(page, "challenge");
    await page.goto("#/diagnostics");
    await page.getByRole("button", { name: "Run it" }).click();
    await expect(page.getByText("Everything works here.")).toBeVisible({ timeout: 60_000 });
    await look(page, "diagnostics");
    const explain = "```explain why\npredictions: mine\nrounds: 2\nseconds: 20\n```";
    await polytab(page).openNotebook(notebook("One", model, score, explain));
    await polytab(page).run();
    await cell(page, "result").getByText("Suggested slices").click();
    const mistakes = cell(page, "result").getByRole("button", { name: /predicted as .*Show these rows/ });
    await mistakes.first().click();
    const rows = cell(page, "result").getByRole("region", { name: /predicted as/ });
    await rows.getByRole("grid").getByRole("row").nth(1).getByRole("gridcell").first().click();
    await expect(page.getByRole("complementary").filter({ hasText: "vendor" }).first()).toBeVisible();
    await look(page, "what is behind a score");
    await polytab(page).openNotebook(notebook("Two", model.replace("vendor", "colours"), score));
    await polytab(page).run();
    await page.goto("#/board");
    const boxes = page.getByRole("checkbox", { name: /^Compare / });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await look(page, "board");
    await page.getByRole("button", { name: "Compare two runs" }).click();
    await expect(page.getByRole("grid", { name: "Fixed rows" })).toBeVisible();
    await look(page, "two runs");
    await polytab(page).openNotebook(notebook("Two", model.replace("vendor", "name"), score));
    await page.getByRole("button", { name: "Run on every task of this track" }).click();
    await expect(page.getByText(/over 4 of 4 tasks/)).toBeVisible({ timeout: 90_000 });
    await look(page, "all tasks");
  });

  test("of a task's rows, profiles and gallery, and at a phone's width: sheets, menu, row, explored result", async ({
    page,
  }) => {
    await page.goto("#/task/emoji-aisle");
    await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
    await page.locator(".profile-more").first().click();
    const grid = page.getByRole("grid", { name: "emoji-aisle, train" });
    await grid.locator("[data-row='0'] [data-column='1']").click();
    await expect(page.getByRole("complementary").last()).toBeVisible();
    await look(page, "a profile and a row");
    await page.keyboard.press("Escape");

    await page.setViewportSize({ width: 390, height: 844 });
    await grid.locator("[data-row='0'] [data-column='1']").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, "a row's sheet");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show tasks and notebooks" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, "the left sheet");
    await page.keyboard.press("Escape");
    await polytab(page).openNotebook(notebook("Rows", "```sql rows\nselect * from train\n```"));
    await polytab(page).run();
    await cell(page, "rows").getByRole("button", { name: "Explore" }).click();
    await expect(cell(page, "rows").locator(".profile[data-ready]").first()).toBeVisible({ timeout: 30_000 });
    await look(page, "an explored result");
    await page.getByRole("button", { name: "Show the details" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(page, "the right sheet");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await look(page, "the menu");
  });
});
