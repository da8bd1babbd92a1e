import type { Page } from "@playwright/test";
import { expect, polytab, test } from "./fixtures";

const TEXT = `---
polytab: 1
title: Shapes
task: emoji-aisle
---

# Shapes

\`\`\`sql counts
select label, count(*) as n from train group by all
\`\`\`

\`\`\`sql most
select counts.label from counts order by n desc limit 1
\`\`\`

\`\`\`chart drawn
source: counts
x: label
y: n
\`\`\`
`;

const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });
const names = async (page: Page) => (await polytab(page).cells()).map((report) => report.name);

test("the notebook is written from the keyboard: cells, find and replace, renames, undo, versions", async ({
  page,
}) => {
  await page.goto("");
  await polytab(page).openNotebook(TEXT);
  await cell(page, "counts").getByText("SQL", { exact: true }).click();

  await test.step("cells are added, joined, split, moved and deleted by Jupyter's keys", async () => {
    await page.keyboard.press("j");
    await expect(cell(page, "most")).toBeFocused();
    await page.keyboard.press("k");
    await page.keyboard.press("b");
    const editor = page.locator(".cell .monaco-editor");
    await expect(editor).toBeVisible();
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("select 1 as one\nselect 2 as two");
    await page.keyboard.press("Home");
    await page.keyboard.press("ControlOrMeta+Shift+-");
    expect(await names(page)).toEqual(["counts", "query", "query_2", "most", "drawn"]);
    await expect(cell(page, "query_2").locator(".monaco-editor")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(cell(page, "query_2")).toBeFocused();
    await page.keyboard.press("Alt+ArrowUp");
    expect(await names(page)).toEqual(["counts", "query_2", "query", "most", "drawn"]);
    await page.keyboard.press("Shift+M");
    await expect(cell(page, "query_2")).toContainText("select 1 as one");
    await page.keyboard.press("d");
    await page.keyboard.press("d");
    expect(await names(page)).toEqual(["counts", "most", "drawn"]);
    for (let undone = 0; undone < 3; undone++) await page.keyboard.press("z");
    expect(await names(page)).toEqual(["counts", "query", "query_2", "most", "drawn"]);
    for (let redone = 0; redone < 3; redone++) await page.keyboard.press("Shift+Z");
    expect(await names(page)).toEqual(["counts", "most", "drawn"]);
  });

  await test.step("Tab goes on from an editor after Esc, and the list of keys is a key away", async () => {
    await page.keyboard.press("Enter");
    await expect(page.locator(".cell .monaco-editor")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".monaco-editor"))).toBe(null);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Delete the cell");
    await page.keyboard.press("Escape");
  });

  await test.step("a renamed cell is renamed where it is read", async () => {
    await polytab(page).run();
    await cell(page, "counts")
      .getByRole("textbox", { name: /Name of this SQL cell/ })
      .click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("sizes");
    await page.keyboard.press("Enter");
    const text = await polytab(page).notebook();
    expect(text).toContain("select sizes.label from sizes order");
    expect(text).toContain("source: sizes");
    for (const report of await polytab(page).run()) expect(report.status).toBe("ready");
  });

  await test.step("what is found in all cells is replaced in all cells", async () => {
    await cell(page, "sizes").getByText("SQL", { exact: true }).click();
    await page.keyboard.press("f");
    await page.getByRole("textbox", { name: "Find", exact: true }).fill("label");
    await expect(page.getByRole("search")).toContainText("1 of 3");
    await page.getByRole("textbox", { name: "Replace by" }).fill("id");
    await page.getByRole("button", { name: "Replace all" }).click();
    await expect(page.getByRole("search")).toContainText("none");
    expect((await polytab(page).notebook()).match(/label/g)).toBe(null);
    await page.keyboard.press("Escape");
  });

  await test.step("the contents show every cell and lead to it; the earlier text is in the versions", async () => {
    const contents = page.getByRole("navigation", { name: "Contents" });
    await contents.getByRole("button", { name: /drawn/ }).click();
    await expect(cell(page, "drawn")).toBeFocused();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByPlaceholder("What to do?").fill("Versions");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Versions" });
    await expect(dialog).toContainText("from counts order by");
    await dialog.getByRole("button", { name: "Go back to this version" }).click();
    await expect(dialog).toBeHidden();
    expect(await polytab(page).notebook()).toBe(TEXT);
  });

  await test.step("a notebook is deleted for good", async () => {
    await page.getByRole("button", { name: "More for Shapes" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("link", { name: /Shapes/ })).toHaveCount(0);
  });
});

test("two tabs on one notebook: the second is told, takes over, and nothing is overwritten", async ({
  page,
  context,
}) => {
  await page.goto("");
  await polytab(page).openNotebook(TEXT);
  const address = page.url();
  const second = await context.newPage();
  await second.goto(address);
  await expect(second.getByText("open in another tab")).toBeVisible();
  await expect(page.getByText("open in another tab")).toBeHidden();
  await second.getByRole("button", { name: "Edit most" }).click();
  await expect(second.locator(".monaco-editor")).toHaveCount(0);

  await page.bringToFront();
  await page.getByRole("textbox", { name: "Notebook title" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("From the first tab");
  await page.keyboard.press("Enter");
  await second.bringToFront();
  await second.getByRole("button", { name: "Edit it here" }).click();
  await expect(second.getByRole("textbox", { name: "Notebook title" })).toHaveValue("From the first tab");
  await expect(second.getByText("open in another tab")).toBeHidden();
  await expect(page.getByText("open in another tab")).toBeVisible();

  await page.bringToFront();
  await page.getByRole("button", { name: "Make a copy" }).click();
  await expect(page.getByRole("textbox", { name: "Notebook title" })).toHaveValue("From the first tab (copy)");
  await expect(page).not.toHaveURL(address);
  await second.bringToFront();
  await second.getByRole("button", { name: "Edit most" }).click();
  await expect(second.locator(".monaco-editor")).toBeVisible();
});

test("tabs that cannot hear each other: the one that writes later is told, and overwrites nothing", async ({
  page,
  context,
}) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, "BroadcastChannel"));
  await page.goto("");
  await polytab(page).openNotebook(TEXT);
  const second = await context.newPage();
  await second.goto(page.url());
  const title = (tab: Page) => tab.getByRole("textbox", { name: "Notebook title" });
  const rename = async (tab: Page, name: string) => {
    await tab.bringToFront();
    await title(tab).click();
    await tab.keyboard.press("ControlOrMeta+a");
    await tab.keyboard.insertText(name);
    await tab.keyboard.press("Enter");
  };
  await expect(second.getByText("open in another tab")).toBeHidden();
  await rename(second, "From the second tab");
  await expect(second.getByRole("link", { name: /From the second tab/ })).toBeVisible();
  await rename(page, "From the first tab");
  await expect(page.getByText("changed in another tab, so what you typed last is not stored")).toBeVisible();
  await page.getByRole("button", { name: "Edit it here" }).click();
  await expect(title(page)).toHaveValue("From the second tab");
  // What could not be written is not lost: it is a version of the notebook.
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder("What to do?").fill("Versions");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Versions" })).toContainText("From the first tab");
});

test("of a long notebook, a cell far down is drawn when it is chosen, and all of them in the end", async ({ page }) => {
  const blocks = Array.from({ length: 150 }, (_, at) => `\`\`\`sql far_${at}\nselect ${at} as a\n\`\`\`\n`);
  await page.goto("");
  await polytab(page).openNotebook(`---\npolytab: 1\ntitle: Long\n---\n\n${blocks.join("\n")}`);
  await expect(cell(page, "far_0")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Contents" })
    .getByRole("button", { name: /far_149/ })
    .click();
  await expect(cell(page, "far_149")).toBeFocused();
  await expect(cell(page, "far_149")).toBeInViewport();
  await expect.poll(() => page.locator(".cell").count(), { timeout: 30_000 }).toBe(150);
});
