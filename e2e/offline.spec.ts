import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { serveFolder } from "../tools/serve";
import { test as base } from "./browser";
import { polytab } from "./polytab";
import { becomeSecondBuild } from "./second-build";

const dist = join(import.meta.dirname, "../dist");
const test = base.extend<{ folder: string }>({
  folder: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "polytab-site-"));
    cpSync(dist, folder, { recursive: true, filter: (path) => !path.endsWith(".csv") });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});
test.use({ serviceWorkers: "allow" });

test("after one visit a plain host's page works, isolated, when the host is gone", async ({ page, folder }) => {
  test.setTimeout(180_000);
  const served = await serveFolder({ folder, base: "/some/path/", isolated: false });
  const foot = page.getByText(/^Works offline · \d of \d tasks kept$/);
  await page.goto(served.url);
  await polytab(page).openTask("emoji-aisle");
  await expect(foot).toHaveText(/1 of \d tasks kept/, { timeout: 60_000 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);

  await served.close();
  const failed: string[] = [];
  const wrong: string[] = [];
  page.on("requestfailed", (request) => {
    // What the reload below cancels is aborted; what lacks a host is refused.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") failed.push(request.url());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  await page.goto(served.url);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const [{ id }] = (await polytab(page).tasks()).filter((task) => task.id === "emoji-aisle");
  await page.goto(`${served.url}#/task/${id}`);
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(page.getByRole("region", { name: / cell features$/ })).toBeVisible();
  const reports = await polytab(page).run();
  expect(reports.filter(({ status }) => status !== "ready")).toEqual([]);
  const scored = reports.find(({ kind }) => kind === "score")!;
  expect((await polytab(page).score(scored.name)).primary.value).toBeGreaterThan(0.6);
  // Two are the browser's own, past every service worker: the page's icon, and the look for a newer worker.
  expect(failed.filter((url) => !/\/(icon\.svg|sw\.js)$/.test(url))).toEqual([]);
  expect(wrong).toEqual([]);
});

test("an update never breaks an open notebook: it goes on with its own files, and a reload brings the new ones", async ({
  page,
  folder,
}) => {
  test.setTimeout(180_000);
  const served = await serveFolder({ folder, base: "/some/path/", isolated: false });
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(served.url);
  await expect(page.getByText(/^Works offline/)).toBeVisible({ timeout: 90_000 });
  await page.goto(`${served.url}#/task/emoji-aisle`);
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  const query = page.getByRole("region", { name: / cell class_balance$/ });
  await expect(query).toBeVisible();

  await becomeSecondBuild(folder);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText("A new version is ready: reload when you like")).toBeVisible({ timeout: 30_000 });

  // What the open page has not asked for yet is no longer on the host: the editor, the sandbox, the engines, a page.
  await query.getByRole("button", { name: "Edit class_balance" }).click();
  await expect(query.locator(".monaco-editor")).toBeVisible();
  await query.locator(".monaco-editor").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("select 42 as answer");
  const reports = await polytab(page).run();
  expect(reports.map(({ name, status }) => [name, status])).toContainEqual(["features", "ready"]);
  expect(await polytab(page).table("class_balance")).toEqual([{ answer: 42 }]);
  const address = page.url();
  await page.goto(`${served.url}#/board`);
  await expect(page.getByRole("heading", { level: 1, name: /Board/ })).toBeVisible();
  await page.goto(address);
  await expect(page.locator('meta[name="second-build"]')).toHaveCount(0);

  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(page.locator('meta[name="second-build"]')).toHaveCount(1);
  await expect(query).toContainText("select 42 as answer");
  await polytab(page).run({ cells: ["class_balance"] });
  expect(await polytab(page).table("class_balance")).toEqual([{ answer: 42 }]);
  expect(wrong).toEqual([]);
  await served.close();
});
