import { expect, polytab, test } from "./fixtures";

test("the diagnostics say what is here, test every engine, and copy as text", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("");
  await polytab(page).openNotebook(
    "---\npolytab: 1\ntitle: Mine\ntask: emoji-aisle\n---\n\n```sql mine\nselect 1 as a\n```\n",
  );
  await polytab(page).run();
  await page.getByRole("link", { name: "Diagnostics" }).click();
  await expect(page.getByRole("region", { name: "This browser" })).toContainText("Isolation");
  await expect(page.getByRole("region", { name: "Data" })).toContainText(/emoji-aisle\s*[0-9a-f]{12}/);
  await expect(page.getByText(/none to another host, none failed/)).toBeVisible();

  await page.getByRole("button", { name: "Run it" }).click();
  await expect(page.getByText("Everything works here.")).toBeVisible({ timeout: 60_000 });
  const test = page.getByRole("region", { name: "Self-test" });
  await expect(test.getByRole("listitem")).toHaveCount(6);
  await expect(test).toContainText(/DuckDB v0\.9/);
  await expect(test).toContainText(/on wasm/);
  await expect(test).toContainText(/fitted: accuracy 0\.\d{4}, shipped: accuracy 0\.\d{4}/);
  expect(await polytab(page).table("mine")).toEqual([{ a: 1 }]); // the open notebook noticed nothing

  await page.getByRole("button", { name: "Copy as text" }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    "# Polytab diagnostics",
    "## Self-test",
    "One score: passed",
    "## Requests",
    "samples/index.json 200",
  ])
    expect(text).toContain(part);
  expect(text).not.toContain("select 1 as a");

  await page.goto("#/");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("self-test");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Diagnostics" })).toBeVisible();
});

test("the self-test runs in a tab that has opened no notebook", async ({ page }) => {
  await page.goto("#/diagnostics");
  await page.getByRole("button", { name: "Run it" }).click();
  await expect(page.getByText("Everything works here.")).toBeVisible({ timeout: 60_000 });
  // Turning the device changes the layout, and not what it shows.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByText("Everything works here.")).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByText("Everything works here.")).toBeVisible();
});
