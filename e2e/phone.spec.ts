import { expect, polytab, test } from "./fixtures";

test("on a phone: read, run, score, edit as plain text, share; nothing scrolls sideways", async ({ page }) => {
  const fits = async (): Promise<void> =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.goto("");
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await fits();
  await page.waitForLoadState("networkidle");
  expect(page.workers(), "no engine takes a phone's memory before a task is wanted").toEqual([]);
  await page.getByRole("link", { name: /Which aisle/ }).tap();
  await expect(page.getByRole("heading", { level: 1, name: /Which aisle/ })).toBeVisible();
  await fits();
  await page.getByRole("button", { name: "Open the starter notebook" }).tap();
  const cell = (name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });
  await expect(cell("class_balance")).toBeVisible();
  await page.getByRole("button", { name: /^Run/ }).first().tap();
  await expect(
    cell("result")
      .getByRole("row", { name: /majority/ })
      .first(),
  ).toBeAttached({ timeout: 90_000 });
  await fits();
  await cell("class_balance").getByRole("button", { name: "Edit class_balance" }).tap();
  await cell("class_balance").getByRole("textbox", { name: "Source of class_balance" }).fill("select 1 as one");
  expect((await polytab(page).cells())[0].status).toBe("stale");
  await page.getByRole("button", { name: "More", exact: true }).tap();
  await page.getByRole("menuitem", { name: "Share a link…" }).tap();
  await expect(page.getByRole("textbox", { name: /Link/ })).toHaveValue(/#nb=3\./);
  await fits();
});
