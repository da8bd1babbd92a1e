import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { serveFolder } from "../tools/serve";
import { writeServiceWorker } from "../tools/vite/service-worker";
import { polytab } from "./polytab";

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
  const served = await serveFolder({ folder, base: "/some/path/", isolated: false });
  const foot = page.getByText(/^Works offline · \d of \d tasks kept$/);
  await page.goto(served.url);
  await polytab(page).openTask("emoji-aisle");
  await expect(foot).toHaveText(/1 of \d tasks kept/, { timeout: 60_000 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);

  await served.close();
  const failed: string[] = [];
  const wrong: string[] = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
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

test("a new version waits: the open page keeps its own files, and a reload brings the new one", async ({
  page,
  folder,
}) => {
  const served = await serveFolder({ folder });
  await page.goto(served.url);
  await expect(page.getByText(/^Works offline/)).toBeVisible({ timeout: 60_000 });

  // The next build: another page, and another name for a script that the open page has not asked for yet.
  const assets = join(folder, "assets");
  const old = readdirSync(assets).find((name) => /^NotebookPage-.*\.js$/.test(name))!;
  const next = old.replace("NotebookPage-", "NotebookPage-2");
  for (const name of readdirSync(assets).filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(join(assets, name), "utf8");
    if (text.includes(old)) writeFileSync(join(assets, name), text.replaceAll(old, next));
  }
  renameSync(join(assets, old), join(assets, next));
  const html = readFileSync(join(folder, "index.html"), "utf8");
  writeFileSync(join(folder, "index.html"), html.replace("<title>", '<meta name="second-build" /><title>'));
  await writeServiceWorker(folder);

  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText("A new version is ready: reload when you like")).toBeVisible({ timeout: 30_000 });
  await page.goto(`${served.url}#/task/emoji-aisle`);
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(page.getByRole("region", { name: / cell features$/ })).toBeVisible();
  await expect(page.locator('meta[name="second-build"]')).toHaveCount(0);

  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(page.locator('meta[name="second-build"]')).toHaveCount(1);
  await expect(page.getByRole("region", { name: / cell features$/ })).toBeVisible();
  await served.close();
});
