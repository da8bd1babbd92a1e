import { axeInBothSchemes } from "./axe";
import { expect, needsChromium, polytab, test } from "./fixtures";

const notebook = `---
polytab: 1
title: Everything at once
task: web-features
---

# Everything at once

\`\`\`sql pairs
select label, count(*) as n from train group by all
\`\`\`

\`\`\`chart drawn
source: pairs
type: bar
x: label
y: n
\`\`\`

\`\`\`ts features
import { defineFeatures, similarity } from "polytab";

export default defineFeatures(({ left, right }) => ({ words: similarity.jaccard(left.title, right.title) }));
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features]
\`\`\`

\`\`\`score result
predictions: mine
\`\`\`

\`\`\`sql wrong
select nothing from nowhere
\`\`\`
`;

test("no serious or critical axe finding on any page or dialog, in light and in dark", async ({ page }) => {
  needsChromium(
    "Firefox 153 itself dies (signal 11) while axe reads whole pages; scores and profiles are read in both",
  );
  test.setTimeout(180_000);
  const found: string[] = [];
  const look = async (what: string): Promise<void> => void found.push(...(await axeInBothSchemes(page, what)));
  const heading = (name: string | RegExp) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await page.goto("#/");
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await look("home");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("palette");
  await page.keyboard.press("Escape");

  for (const route of ["docs", "docs/toolbox", "import"]) {
    await page.goto(`#/${route}`);
    await heading(/./);
    await look(route);
  }

  await page.goto("#/task/web-features");
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
  await look("task");

  await polytab(page).openNotebook(notebook);
  await polytab(page).run();
  await expect(
    page
      .getByRole("region", { name: / cell wrong$/ })
      .getByText(/nowhere/)
      .first(),
  ).toBeVisible();
  await look("notebook");
  await page.getByRole("button", { name: "Share" }).click();
  await look("share menu");
  await page.getByRole("menuitem", { name: "Share a link…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("share dialog");
  const link = await polytab(page).shareLink();
  await page.keyboard.press("Escape");

  await page.goto("#/board");
  await heading(/./);
  await look("board");
  await page.goto("#/nowhere/at/all");
  await look("no such page");

  await page.goto(link);
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("consent dialog");

  expect(found).toEqual([]);
});

test("in forced colours the page keeps its edges: buttons, cells and the chosen are told apart", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("#/");
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  const edges = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".button[data-look='plain'], .task-card")].map((element) => {
      const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(element);
      return borderTopStyle !== "none" && Number.parseFloat(borderTopWidth) > 0
        ? "edge"
        : `${element.className} ${outlineStyle}`;
    }),
  );
  expect(edges.length).toBeGreaterThan(5);
  expect(edges.filter((each) => each !== "edge")).toEqual([]);
});
