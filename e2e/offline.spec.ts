import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { serveFolder } from "../tools/serve";
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
