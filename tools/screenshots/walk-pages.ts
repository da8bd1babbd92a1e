import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { root } from "../command";
import type { Look } from "./look";
import { cell, palette, ran, sample, share } from "./notebooks";

export async function home(look: Look): Promise<void> {
  const { page } = look;
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await look.shot("first");
  await look.shot("all", { tall: true });
  await page.keyboard.press("Control+k");
  await look.shot("palette");
  await page.keyboard.press("Escape");
  for (const route of ["import", "board", "challenge", "nowhere"]) {
    await page.goto(`${page.url().split("#")[0]}#/${route}`);
    await page.waitForTimeout(300);
    await look.shot(`empty-${route}`);
  }
  await page.goto(`${page.url().split("#")[0]}#/diagnostics`);
  await page.waitForTimeout(500);
  await look.shot("diagnostics");
  await page.getByRole("button", { name: "Run it" }).click();
  await page.waitForTimeout(12_000);
  await look.shot("diagnostics-tested", { tall: true });
}

export async function docs(look: Look): Promise<void> {
  const { page } = look;
  const base = page.url().split("#")[0];
  for (const name of ["", "/toolbox", "/metrics", "/learners", "/starters"]) {
    await page.goto(`${base}#/docs${name}`);
    await page.waitForTimeout(400);
    await look.shot(name.slice(1) || "list", { tall: name === "" });
  }
  for (const track of ["classification", "matching"]) {
    await ran(look, readFileSync(join(root, `docs/tutorial-${track}.md`), "utf8"));
    await look.shot(`tutorial-${track}`, { tall: true, dark: false });
  }
}

export async function task(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("emoji-aisle");
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
  await look.shot("first");
  await page.waitForTimeout(4000);
  await look.shot("all", { tall: true });
  const grid = page.getByRole("grid", { name: "emoji-aisle, train" });
  await grid.scrollIntoViewIfNeeded();
  await grid.locator("[data-row='0'] [data-column='1']").click();
  await page.waitForTimeout(500);
  await look.shot("row");
  await page.keyboard.press("Escape");
  await page.locator(".profile-more").first().click();
  await page.waitForTimeout(800);
  await look.shot("profile-open", { at: page.locator(".profile").first() });
}

export async function pairs(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("web-features");
  await expect(page.locator(".profile[data-ready]").first()).toBeVisible({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await look.shot("all", { tall: true });
  const grid = page.getByRole("grid", { name: "web-features, train" });
  await grid.scrollIntoViewIfNeeded();
  await grid.locator("[data-row='0'] [data-column='1']").click();
  await page.waitForTimeout(700);
  await look.shot("row");
}

export async function starter(look: Look): Promise<void> {
  const { page } = look;
  await polytab(page).openTask("emoji-aisle");
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(cell(page, "features")).toBeVisible();
  await look.shot("before");
  await look.shot("before-all", { tall: true, dark: false });
  await polytab(page).run();
  await look.shot("after");
  for (const name of ["class_balance", "features", "result", "mistakes"]) {
    await look.shot(`cell-${name}`, { at: cell(page, name) });
  }
  await look.shot("after-all", { tall: true });
  await cell(page, "mistakes").getByRole("button", { name: "Explore" }).click();
  await page.waitForTimeout(1500);
  await look.shot("explored", { at: cell(page, "mistakes") });
  await cell(page, "features").getByRole("button", { name: "Edit features" }).click();
  await page.waitForTimeout(1500);
  await look.shot("editing", { at: cell(page, "features") });
  if (look.isPhone) {
    await page
      .getByRole("button", { name: /Show|panel|about/i })
      .first()
      .click()
      .catch(() => undefined);
    await look.shot("sheet");
    await page.keyboard.press("Escape");
  }
}

export async function dialogs(look: Look): Promise<void> {
  const { page } = look;
  const text = readFileSync(sample("emoji-aisle", "notebook.md"), "utf8");
  await ran(look, text);
  await share(look, undefined);
  await look.shot("share-menu");
  await page.keyboard.press("Escape");
  await share(look, "Share a link…");
  await look.shot("share", { tall: look.isPhone });
  await page.keyboard.press("Escape");
  const link = await polytab(page).shareLink();
  await palette(look, "Versions");
  await page.waitForTimeout(500);
  await look.shot("versions");
  await page.keyboard.press("Escape");
  await palette(look, "List of keys");
  await look.shot("keys");
  await page.keyboard.press("Escape");
  await polytab(page).openNotebook(
    text.replace("letters", "signs").replace("seed: 7", "seed: 8").replace("title: ", "title: Mine, "),
  );
  await share(look, "Compare…");
  await page.waitForTimeout(500);
  await look.shot("compare", { tall: look.isPhone });
  await page.keyboard.press("Escape");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByText("Nothing has run")).toBeVisible();
  await look.shot("link");
  await page.getByRole("button", { name: "Run all" }).first().click();
  await look.shot("consent");
}
