import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expect, polytab, test } from "./fixtures";

const NOTEBOOK = `---
polytab: 1
title: Short & <i>sweet</i>
task: emoji-aisle
---

# Names only <script>alert(1)</script>

\`\`\`sql class_balance
select label, count(*) as n
from train
group by all
order by n desc
\`\`\`

\`\`\`chart balance
source: class_balance
type: bar
x: label
y: n
\`\`\`

\`\`\`ts features
import { defineFeatures } from "polytab";

export default defineFeatures((row) => ({ letters: row.name?.length ?? 0, flag: (row.name ?? "").startsWith("flag") }));
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features]
seed: 7
\`\`\`

\`\`\`score result
predictions: [mine]
\`\`\`
`;

async function openAndRun(page: Page): Promise<void> {
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  const reports = await polytab(page).run();
  expect(reports.map(({ status }) => status)).toEqual(["ready", "ready", "ready", "ready", "ready"]);
}

test("a link is read before it runs, says same, and its changes are taken one by one", async ({ page, visitor }) => {
  test.setTimeout(180_000);
  await openAndRun(page);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitem", { name: "Share a link…" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this notebook" });
  const link = await dialog.getByRole("textbox", { name: /Link/ }).inputValue();
  expect(link.length).toBeLessThan(600);
  await expect(dialog).toContainText("a check of 5 results");
  await expect(dialog.getByRole("row", { name: /Discord/ })).toContainText("2,000");
  await expect(dialog.getByRole("img", { name: "The link as a QR code" })).toBeVisible();

  const reader = await visitor();
  await test.step("before the click: all code readable, no worker, no frame, nothing run", async () => {
    await reader.goto(link);
    await expect(reader.getByText("Nothing has run")).toBeVisible();
    for (const line of ["group by all", "learner: linear", "startsWith"])
      await expect(reader.getByText(line).first()).toBeVisible();
    expect(reader.workers()).toEqual([]);
    expect(await reader.locator("iframe").count()).toBe(0);
    expect((await polytab(reader).cells()).map(({ status }) => status)).toEqual(new Array(5).fill("idle"));
  });
  await test.step("the click's dialog says what it reads and runs", async () => {
    await reader.getByRole("button", { name: "Run all" }).click();
    const asked = reader.getByRole("dialog", { name: "Run this notebook?" });
    await expect(asked).toContainText("The task emoji-aisle: all three splits");
    await expect(asked).toContainText("name (1 of 10)");
    await expect(asked).toContainText("features");
    expect(reader.workers()).toEqual([]);
    await reader.getByRole("button", { name: "Run the notebook" }).click();
    await expect(reader.getByText("Same scores as the author's, to the last digit")).toBeVisible({ timeout: 90_000 });
  });
  await test.step("the comparison outlives a reload, and an edit is named as the first that differs", async () => {
    await reader.reload();
    await expect(reader.getByText("Run all to compare")).toBeVisible();
    const changed = (await polytab(reader).notebook()).replace('startsWith("flag")', 'includes("face")');
    await reader.getByRole("button", { name: "Edit features" }).click();
    const editor = reader.locator(".monaco-editor").first();
    await editor.click();
    await reader.keyboard.press("ControlOrMeta+a");
    await reader.keyboard.insertText(/```ts features\n([\s\S]*?)\n```/.exec(changed)![1]);
    await reader.keyboard.press("Escape");
    await reader.getByRole("button", { name: "Run all" }).click();
    await expect(reader.getByText("The first result that differs is that of “features”, whose text you")).toBeVisible({
      timeout: 90_000,
    });
  });

  await test.step("the author compares with the reader's link, and takes one difference", async () => {
    const theirs = await polytab(reader).shareLink();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("menuitem", { name: "Compare…" }).click();
    const compare = page.getByRole("dialog", { name: "Compare" });
    await compare.getByRole("combobox").selectOption({ label: "A link or a file…" });
    await compare.getByRole("textbox", { name: "A link to a notebook" }).fill(theirs);
    await expect(compare.getByRole("row", { name: /mine/ })).toContainText(/[+−]0\.\d{3}/);
    const row = compare.getByRole("listitem", { name: "ts features, changed" });
    await expect(row).toContainText('includes("face")');
    await expect(compare.getByText("1 difference", { exact: true })).toBeVisible();
    await row.getByRole("button", { name: "Keep mine" }).click();
    await expect(compare.getByRole("button", { name: "Take over" })).toBeDisabled();
    await row.getByRole("button", { name: "Take", exact: true }).click();
    await compare.getByRole("button", { name: "Take over 1 difference" }).click();
    expect(await polytab(page).notebook()).toBe(await polytab(reader).notebook());
    await page.locator("body").press("ControlOrMeta+z");
    await expect.poll(() => polytab(page).notebook()).toBe(NOTEBOOK);
  });
});

test("a reader of a link takes a cell of it into a notebook of their own", async ({ page, visitor }) => {
  await page.goto("");
  await polytab(page).openNotebook(NOTEBOOK);
  const link = await polytab(page).shareLink();
  const own = NOTEBOOK.replace("title: Short & <i>sweet</i>", "title: My own")
    .replace(/```chart balance[\s\S]*?```\n\n/, "")
    .replace("inputs: [features]", "inputs: [columns]");
  const reader = await visitor();
  await reader.goto("");
  await polytab(reader).openNotebook(own);
  await reader.goto(link);
  await reader.getByRole("status").getByRole("button", { name: "Compare" }).click();
  const compare = reader.getByRole("dialog", { name: "Compare" });
  await expect(compare.getByRole("combobox")).toContainText("My own (emoji-aisle)");
  await expect(compare.getByRole("listitem", { name: "chart balance, only here" })).toBeVisible();
  await compare.getByRole("button", { name: "Take into that one instead" }).click();
  await compare
    .getByRole("listitem", { name: "chart balance, only there" })
    .getByRole("button", { name: "Take" })
    .click();
  await compare
    .getByRole("listitem", { name: "model mine, changed" })
    .getByRole("button", { name: "Keep mine" })
    .click();
  await compare.getByRole("button", { name: "Take over 1 difference" }).click();
  await expect
    .poll(() => polytab(reader).notebook())
    .toBe(
      NOTEBOOK.replace("title: Short & <i>sweet</i>", "title: My own").replace(
        "inputs: [features]",
        "inputs: [columns]",
      ),
    );
  await reader.getByRole("link", { name: /Short/ }).click();
  await expect.poll(() => polytab(reader).notebook()).toBe(NOTEBOOK);
  await expect(reader.getByText("Nothing has run")).toBeVisible();
});

test("every export opens again", async ({ page, visitor }, info) => {
  test.setTimeout(180_000);
  await openAndRun(page);
  const saved = async (label: string, from = page, prefix = ""): Promise<string> => {
    await from.getByRole("button", { name: "Share" }).click();
    const coming: Promise<Download> = from.waitForEvent("download", { timeout: 60_000 });
    await from.getByRole("menuitem", { name: label }).click();
    const download = await coming;
    const path = info.outputPath(`${prefix}${download.suggestedFilename()}`);
    await download.saveAs(path);
    return path;
  };
  const files = {
    md: await saved("Notebook (.md)"),
    html: await saved("Page with results (.html)"),
    ipynb: await saved("Jupyter (.ipynb)"),
    zip: await saved("With the task’s data (.zip)"),
    python: await saved("Features for Python (.zip)"),
  };
  expect(readFileSync(files.md, "utf8")).toBe(NOTEBOOK);
  expect(JSON.parse(readFileSync(files.ipynb, "utf8"))).toMatchObject({ nbformat: 4, nbformat_minor: 5 });
  expect(Object.keys(unzipSync(readFileSync(files.python))).sort()).toEqual([
    "load.py",
    "notebook.md",
    "test.parquet",
    "train.parquet",
    "validation.parquet",
  ]);

  await test.step("the page reads without the app: results, no script, no request", async () => {
    const html = readFileSync(files.html, "utf8");
    expect(html).not.toMatch(/<script|alert\(1\)<\/script/i);
    const reader = await visitor();
    await reader.setContent(html);
    await expect(reader.getByRole("img", { name: /people-body/ })).toBeVisible();
    await expect(reader.getByRole("table").last()).toContainText("mine");
    await expect(reader.getByText("Made with Polytab")).toBeVisible();
  });

  for (const kind of ["md", "html", "ipynb", "zip"] as const)
    await test.step(`.${kind} opens as a copy that has run nothing`, async () => {
      const other = await visitor();
      await other.goto("#/import");
      const [chooser] = await Promise.all([
        other.waitForEvent("filechooser"),
        other.getByRole("button", { name: "Choose files" }).click(),
      ]);
      await chooser.setFiles(files[kind]);
      await expect(other.getByText("Nothing has run")).toBeVisible({ timeout: 30_000 });
      expect(await polytab(other).notebook()).toBe(NOTEBOOK);
      if (kind === "zip") {
        const again = unzipSync(readFileSync(await saved("With the task’s data (.zip)", other, "again-")));
        const first = unzipSync(readFileSync(files.zip));
        expect(Object.keys(again)).toEqual(Object.keys(first));
        for (const [name, bytes] of Object.entries(first))
          expect(Buffer.compare(again[name], bytes), `${name} came back equal`).toBe(0);
      }
      await other.close();
    });
});
